import type { IExecuteFunctions } from 'n8n-workflow';

import type { Outcome } from '../../api/errors/failure';
import type { Operation } from '../../operation';
import { itemLines, type ItemText } from '../itemLines';
import type { ItemResult, PreparedItem } from '../items';
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
	const ofMoney = results.filter(({ item }) => !movesNothing(item));
	if (ofMoney.some(hasMovedMoney)) {
		hints.push('This manual run went to production: it moved real money.');
	} else if (ofMoney.some(mayHaveMovedMoney)) {
		hints.push('This manual run went to production: it may have moved real money.');
	}
	return hints;
}

/** An order alone moves nothing, as long as no instruction is added to it, and a cancellation never does. */
function movesNothing({ plan: { money } }: PreparedItem): boolean {
	return money === 'nothing' || money?.length === 0;
}

function hasMovedMoney(result: ItemResult): boolean {
	return result.ok && result.response.result !== 'alreadyExisted';
}

function mayHaveMovedMoney(result: ItemResult): boolean {
	return !result.ok && MAY_HAVE_MOVED.has(result.failure.outcome);
}

const MAY_HAVE_MOVED: ReadonlySet<Outcome> = new Set(['unknown', 'failed', 'timeout']);

/** The hints that came with the results. */
export function resultHints(results: readonly ItemResult[]): ItemText[] {
	return results.flatMap((result) => {
		const hints = result.ok ? (result.response.hints ?? []) : [];
		return hints.map((text) => ({ index: result.item.index, text }));
	});
}

/**
 * What is shown beside the output. Hints on the run come first and are all shown; of those on items
 * each is shown once, with all its items.
 */
export function hintLines(onRun: readonly string[], onItems: readonly ItemText[]): string[] {
	const { lines, rest } = itemLines(onItems, MOST_SHOWN);
	return [...onRun, ...lines, ...(rest > 0 ? [`And ${rest} more hints.`] : [])];
}
