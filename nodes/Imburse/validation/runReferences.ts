import { validateMetadataPairs, type Metadata } from './metadataPairs';
import { fieldPath } from './format';
import { valid, invalid, type ValidationResult } from './result';

/**
 * The metadata that names the run. It differs from run to run, so that it must be left out when an
 * order that exists is compared with what was asked for.
 */
export const RUN_REFERENCE_NAMES = {
	workflowId: 'n8nWorkflowId',
	workflowName: 'n8nWorkflowName',
	executionId: 'n8nExecutionId',
} as const;

export type RunReferences = { readonly [Name in keyof typeof RUN_REFERENCE_NAMES]?: string };

/**
 * Adds the workflow and the execution to metadata, so that a webhook can be traced back to the run
 * that caused it (Imburse's introduction, section "Metadata": returned in webhook responses). What
 * a run does not have, such as the ID of a workflow that was never saved, is left out. A key of the
 * user's own with such a name is refused, not overwritten; the added keys count towards the limit.
 * The user's own pairs were checked before: their hints are not given again.
 *
 * @param option display name of the option that asks for this
 */
export function addRunReferences(
	metadata: Metadata,
	run: RunReferences,
	field: string,
	option: string,
): ValidationResult<Metadata> {
	const added = Object.entries(RUN_REFERENCE_NAMES).flatMap(([name, key]) => {
		const value = run[name as keyof RunReferences];
		return value === undefined || value === '' ? [] : [[key, value] as const];
	});
	const taken = added.filter(([key]) => Object.hasOwn(metadata, key));
	if (taken.length === 0) {
		const result = validateMetadataPairs([...Object.entries(metadata), ...added], field);
		return result.ok ? valid(result.value) : result;
	}
	return invalid(
		...taken.map(([key]) => ({
			field: fieldPath(field, key),
			reason: `the option ${option} adds a key of the same name`,
			fix: 'Rename your key, or switch the option off.',
		})),
	);
}

const RUN_REFERENCE_KEYS: ReadonlySet<string> = new Set(Object.values(RUN_REFERENCE_NAMES));

/** Whether `addRunReferences` adds metadata under this key. */
export function isRunReference(key: string): boolean {
	return RUN_REFERENCE_KEYS.has(key);
}
