import type { IExecuteFunctions } from 'n8n-workflow';

import { DO_NOT_CLAIM_AGAIN, repeatAdvice } from '../../api/errors/messages';
import type { Operation } from '../../operation';
import { invalidFailure, failureWithoutResponse } from '../errors/itemFailures';
import {
	tenantOf,
	itemNumber,
	type RunValidation,
	type InvalidItem,
	type ItemFailure,
	type ItemResult,
	type PreparedItem,
} from '../items';
import { executionMemory, type SentItem } from './executionMemory';

/** What earlier tries of Retry On Fail have sent, of the items that this one is given again. */
export interface RetryHistory {
	/** Whether Retry On Fail is on. */
	isOn: boolean;
	/** Undefined for an item that was not sent, or certainly in vain. */
	sent(index: number): SentItem | undefined;
	/** All that was sent, as messages name it. */
	labels: string[];
}

/** Nothing as long as Retry On Fail is off: then whatever was sent was sent for other items. */
export function retryHistory(context: IExecuteFunctions): RetryHistory {
	if (context.getNode().retryOnFail !== true) {
		return { isOn: false, sent: () => undefined, labels: [] };
	}
	const turn = turnOf(context);
	const sent = executionMemory(context).sent.filter((entry) => entry.turn === turn);
	const byIndex = new Map(sent.map((entry) => [entry.index, entry]));
	return {
		isOn: true,
		sent: (index) => byIndex.get(index),
		labels: [...byIndex.values()].map(({ label }) => label),
	};
}

/**
 * Corrects what a try of Retry On Fail says of items that it did not come to: an earlier try of the
 * same run may have sent them, and only the last try is seen.
 *
 * @returns the results as they are true of all tries together
 */
export function applyRetryHistory(
	context: IExecuteFunctions,
	operation: Operation,
	results: ItemResult[],
): ItemResult[] {
	if (context.getNode().retryOnFail !== true && !operation.sendsOnce) return results;
	const { sent } = retryHistory(context);
	const corrected = results.map((result): ItemResult => {
		const before = sent(result.item.index);
		if (!before || result.ok || !leftNothing(result) || isDecided(result)) return result;
		return { ...result, failure: correctedFailure(before, result.item.index, result.failure) };
	});
	remember(context, operation, results);
	return corrected;
}

function remember(
	context: IExecuteFunctions,
	{ calls: [endpoint], sendsOnce, effect }: Operation,
	results: ItemResult[],
): void {
	if (effect === 'reads') return;
	const turn = turnOf(context);
	const advice = sendsOnce ? DO_NOT_CLAIM_AGAIN : repeatAdvice(endpoint);
	const sent = results
		.filter((result) => !leftNothing(result))
		.map(({ item: { index, plan, tenantId } }) => ({
			turn,
			index,
			tenantId,
			label: plan.label,
			advice,
		}));
	executionMemory(context).sent.push(...sent);
}

/** What the last try was told stays, but that nothing was changed is true of the last try alone. */
function correctedFailure(before: SentItem, index: number, failure: ItemFailure): ItemFailure {
	const wasReached = failure.outcome !== 'notSent';
	const what = wasReached ? `did not change that (${failure.message})` : 'stopped before it';
	const { message, description, outcome, retryable } = sentEarlierFailure(before, index, what);
	return { ...failure, message, description, outcome, retryable };
}

/** The failure of an item that breaks a rule; an earlier try may have sent it all the same. */
export function invalidItemFailure({ sent }: RetryHistory, invalid: InvalidItem): ItemFailure {
	const before = sent(invalid.index);
	const failure = invalidFailure(invalid);
	if (!before) return failure;
	return sentEarlierFailure(before, invalid.index, `did not (${failure.message})`);
}

/** @param lastTry what became of the last try, as the rest of a sentence on it */
export function sentEarlierFailure(
	{ label, advice }: SentItem,
	index: number,
	lastTry: string,
): ItemFailure {
	const message = `It is not known what became of ${label} (item ${itemNumber(index)}): an earlier try of this run sent it, and the last one ${lastTry}`;
	const retryable = advice !== DO_NOT_CLAIM_AGAIN;
	return { ...failureWithoutResponse('unknown', message, [advice]), retryable };
}

/**
 * Refuses items of an operation that must never be sent twice where this execution has sent them
 * before: in an earlier try of Retry On Fail, or in an earlier turn of a loop.
 */
export function refuseSecondSending(
	context: IExecuteFunctions,
	{ sendsOnce }: Operation,
	ownTenant: string,
	items: readonly PreparedItem[],
): RunValidation['errors'] {
	if (!sendsOnce) return [];
	const { sent } = executionMemory(context);
	const keyOf = (label: string, item: Pick<PreparedItem, 'tenantId'>) =>
		`${tenantOf(item, ownTenant)} ${label}`;
	const before = new Set(sent.map((one) => keyOf(one.label, one)));
	return items
		.filter((item) => before.has(keyOf(item.plan.label, item)))
		.map(({ index, plan }) => ({
			itemIndex: index,
			error: {
				field: 'Instruction Reference',
				reason: `this execution has sent a claim for ${plan.label} before, and it may have been carried out`,
				fix: DO_NOT_CLAIM_AGAIN,
			},
		}));
}

/** Which turn of a loop it is; the same for all tries of it. */
export function turnOf(context: IExecuteFunctions): number {
	return Number(context.evaluateExpression('{{ $runIndex }}', 0));
}

/** A create looks for what earlier tries made before it says that it was refused. */
function isDecided({ item, failure }: Extract<ItemResult, { ok: false }>): boolean {
	return item.plan.readBack !== undefined && failure.outcome !== 'notSent';
}

/** Only then it is certain that nothing became of it: it was not sent, or only read, or refused. */
function leftNothing(result: ItemResult): boolean {
	if (result.ok) return false;
	const { attempts, outcome } = result.failure;
	return attempts === 0 || outcome === 'notSent' || outcome === 'rejected';
}
