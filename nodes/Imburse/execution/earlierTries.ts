import type { IExecuteFunctions } from 'n8n-workflow';

import { RUN_AGAIN } from '../api/words';
import { memoryOf } from './executionMemory';
import { unsentFailure } from './nodeErrors';
import type { Result } from './sendAll';

/**
 * Corrects what a try of Retry On Fail says of items that it did not come to: an earlier try of the
 * same run may have sent them, and only the last try is seen.
 *
 * @returns the results as they are true of all tries together
 */
export function withEarlierTries(context: IExecuteFunctions, results: Result[]): Result[] {
	if (context.getNode().retryOnFail !== true) return results;
	const memory = memoryOf(context);
	const earlier = new Set(memory.sent);
	const corrected = results.map((result) =>
		isNotSent(result) && earlier.has(result.ready.plan.subject) ? sentEarlier(result) : result,
	);
	const sent = results.filter((result) => !isNotSent(result));
	memory.sent = [...new Set([...earlier, ...sent.map(({ ready }) => ready.plan.subject)])];
	return corrected;
}

function isNotSent(result: Result): boolean {
	return !result.ok && result.failure.outcome === 'notSent';
}

function sentEarlier({ ready }: Result): Result {
	const message = `It is not known whether ${ready.plan.subject} (item ${ready.item + 1}) was made: an earlier try of this run sent it, and the last one stopped before it`;
	return { ok: false, ready, failure: unsentFailure('unknown', message, [RUN_AGAIN]) };
}
