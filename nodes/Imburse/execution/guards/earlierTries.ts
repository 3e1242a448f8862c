import type { IExecuteFunctions } from 'n8n-workflow';

import { RUN_AGAIN } from '../../api/words';
import type { Operation } from '../../operation';
import type { BatchVerdict } from './batchChecks';
import { memoryOf } from './executionMemory';
import { unsentFailure } from '../output/nodeErrors';
import type { ReadyItem } from '../prepare/prepareItem';
import type { Result } from '../send/sendAll';

/**
 * Corrects what a try of Retry On Fail says of items that it did not come to: an earlier try of the
 * same run may have sent them, and only the last try is seen.
 *
 * @returns the results as they are true of all tries together
 */
export function withEarlierTries(
	context: IExecuteFunctions,
	{ sendsOnce }: Operation,
	results: Result[],
): Result[] {
	if (context.getNode().retryOnFail !== true && !sendsOnce) return results;
	const memory = memoryOf(context);
	const earlier = new Set(memory.sent);
	const corrected = results.map((result) =>
		isNotSent(result) && earlier.has(result.ready.plan.subject) ? sentEarlier(result) : result,
	);
	const sent = results.filter((result) => !isNotSent(result));
	memory.sent = [...new Set([...earlier, ...sent.map(({ ready }) => ready.plan.subject)])];
	return corrected;
}

/**
 * The items of an operation that must never be sent twice which were sent before in this execution:
 * by an earlier try of Retry On Fail, or by an earlier turn of a loop.
 */
export function sentBefore(
	context: IExecuteFunctions,
	{ sendsOnce }: Operation,
	ready: readonly ReadyItem[],
): BatchVerdict['violations'] {
	const sent = new Set(sendsOnce ? memoryOf(context).sent : []);
	return ready
		.filter(({ plan }) => sent.has(plan.subject))
		.map(({ item, plan }) => ({
			itemIndex: item,
			violation: {
				field: 'Instruction Reference',
				reason: `this execution has sent a claim for ${plan.subject} before, and it may have been carried out`,
				fix: 'Do not claim it again. Look the instruction up in the Tenant Portal.',
			},
		}));
}

function isNotSent(result: Result): boolean {
	return !result.ok && result.failure.outcome === 'notSent';
}

function sentEarlier({ ready }: Result): Result {
	const message = `It is not known whether ${ready.plan.subject} (item ${ready.item + 1}) was made: an earlier try of this run sent it, and the last one stopped before it`;
	return { ok: false, ready, failure: unsentFailure('unknown', message, [RUN_AGAIN]) };
}
