import type { IExecuteFunctions } from 'n8n-workflow';

import type { Outcome } from '../../api/errors/failure';
import type { Operation } from '../../operation';
import { itemNumber, type ItemResult, type PreparedItem } from '../items';
import { isProductionSession, type Session } from '../session';

/** More than these would hide the output that they speak of. */
const MOST_SHOWN = 10;

/** What a person should know of the whole run. */
export function runHints(
	context: IExecuteFunctions,
	{ effect }: Operation,
	session: Session,
	{ validated, results }: { validated: readonly PreparedItem[]; results: readonly ItemResult[] },
): string[] {
	const hints: string[] = [];
	if (validated.length > 0) {
		hints.push(`Nothing was sent for ${validated.length} items: Validate Only is on.`);
	}
	const isManual = context.getMode() === 'manual';
	if (effect !== 'movesMoney' || !isManual || !isProductionSession(session)) return hints;
	const ofMoney = results.filter(({ item }) => !isEmptyOrder(item));
	if (ofMoney.some(hasMovedMoney)) {
		hints.push('This manual run went to production: it moved real money.');
	} else if (ofMoney.some(mayHaveMovedMoney)) {
		hints.push('This manual run went to production: it may have moved real money.');
	}
	return hints;
}

/** An order alone moves nothing, as long as no instruction is added to it. */
function isEmptyOrder({ plan: { readBack, money } }: PreparedItem): boolean {
	return readBack !== undefined && money?.length === 0;
}

function hasMovedMoney(result: ItemResult): boolean {
	return result.ok && result.response.result !== 'alreadyExisted';
}

function mayHaveMovedMoney(result: ItemResult): boolean {
	return !result.ok && MAY_HAVE_MOVED.has(result.failure.outcome);
}

const MAY_HAVE_MOVED: ReadonlySet<Outcome> = new Set(['unknown', 'failed', 'timeout']);

/** The hints that came with the results. */
export function resultHints(results: readonly ItemResult[]): string[] {
	return results.flatMap((result) => {
		const hints = result.ok ? (result.response.hints ?? []) : [];
		return hints.map((hint) => numberedHint(result.item.index, hint));
	});
}

/** A hint on one item, with its number as a person counts. */
export function numberedHint(index: number, hint: string): string {
	return `Item ${itemNumber(index)}: ${hint}`;
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
