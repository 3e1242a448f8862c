import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PrepareContext } from '../../operation';
import { formKeyErrors } from '../../validation/formKeys';
import type { Metadata } from '../../validation/metadataPairs';
import { addRunReferences } from '../../validation/runReferences';
import { validateSensitiveData, type SensitiveDataMode } from '../../validation/sensitiveData';
import { invalid, valid, type ValidationResult } from '../../validation/result';

/** What happens to metadata that looks sensitive. */
export const SENSITIVE_DATA: INodeProperties = {
	displayName: 'Sensitive Data in Metadata',
	name: 'sensitiveData',
	type: 'options',
	options: [
		{ name: 'Hint', value: 'hint', description: 'Send it, and show a hint' },
		{ name: 'Off', value: 'off', description: 'Do not look' },
		{ name: 'Refuse', value: 'refuse', description: 'Send nothing' },
	],
	default: 'refuse',
	description:
		'What to do if metadata seems to hold a card number or an IBAN. Imburse asks you to send none.',
};

/** What becomes of chosen fields of the incoming item in which there is nothing. */
export const SKIP_EMPTY_FIELDS: INodeProperties = {
	displayName: 'Skip Empty Fields',
	name: 'skipEmptyMetadata',
	type: 'boolean',
	default: true,
	displayOptions: { show: { '/metadataInputMode': ['item'] } },
	description:
		'Whether to leave fields of the incoming item that are empty or missing out of the metadata. If off, a missing field is an error, and an empty one is sent as an empty text.',
};

/** Metadata that leads from a webhook back to the run. */
export const RUN_REFERENCES: INodeProperties = {
	displayName: 'Add Workflow and Execution ID',
	name: 'addRunReferences',
	type: 'boolean',
	default: false,
	description:
		'Whether to add the IDs of the workflow and the execution to the metadata, so that an event leads back to this run',
};

/** Looks for sensitive data in metadata that keeps the other rules, as the user's option says. */
export function withoutSensitiveData(
	metadata: ValidationResult<Metadata>,
	field: string,
	parameters: IDataObject,
): ValidationResult<Metadata> {
	if (!metadata.ok) return metadata;
	const { sensitiveData = 'refuse' } = optionsOf(parameters);
	const result = validateSensitiveData(
		metadata.value,
		field,
		sensitiveData as SensitiveDataMode,
		`set ${SENSITIVE_DATA.displayName} to Hint in the node's options`,
	);
	return result.ok ? valid(result.value, [...metadata.hints, ...result.hints]) : result;
}

/** Adds the run's own references where the user wants them. */
export function withRunReferences(
	metadata: ValidationResult<Metadata>,
	parameters: IDataObject,
	{ run }: PrepareContext,
): ValidationResult<Metadata> {
	if (!metadata.ok || optionsOf(parameters).addRunReferences !== true) return metadata;
	const added = addRunReferences(metadata.value, run, 'Metadata', RUN_REFERENCES.displayName);
	return added.ok ? valid(added.value, [...metadata.hints, ...added.hints]) : added;
}

/** Refuses keys that the credential's body format cannot carry. */
export function encodableMetadata(
	metadata: ValidationResult<Metadata>,
	{ bodyFormat }: PrepareContext,
): ValidationResult<Metadata> {
	if (!metadata.ok || bodyFormat !== 'form') return metadata;
	const errors = formKeyErrors(Object.keys(metadata.value), 'Metadata');
	return errors.length > 0 ? invalid(...errors) : metadata;
}

function optionsOf(parameters: IDataObject): IDataObject {
	return (parameters.options ?? {}) as IDataObject;
}
