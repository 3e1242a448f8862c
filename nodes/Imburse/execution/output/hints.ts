import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../operation';
import type { ReadyItem } from '../prepare/prepareItem';
import type { Session } from '../session';

/** More than these would hide the output that they speak of. */
const MOST_SHOWN = 10;

/** What a person should know of the whole run. */
export function runHints(
	context: IExecuteFunctions,
	{ effect }: Operation,
	{ environment }: Session,
	validated: readonly ReadyItem[],
): string[] {
	if (validated.length > 0) {
		return [`Nothing was sent for ${validated.length} items: Validate Only is on.`];
	}
	const isManual = context.getMode() === 'manual';
	if (effect !== 'movesMoney' || environment !== 'production' || !isManual) return [];
	return ['This manual run went to production: it moved real money.'];
}

/** Shows hints beside the output; they stop nothing. */
export function showHints(context: IExecuteFunctions, hints: readonly string[]): void {
	const shown = hints.slice(0, MOST_SHOWN);
	const rest = hints.length - shown.length;
	const messages = rest > 0 ? [...shown, `And ${rest} more hints.`] : shown;
	if (messages.length === 0) return;
	context.addExecutionHints(
		...messages.map((message) => ({ message, location: 'outputPane' as const })),
	);
}
