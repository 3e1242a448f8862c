import { mapConcurrently } from '../concurrency/mapConcurrently';
import { notSentFailure } from '../output/nodeErrors';
import { abortableDelay } from '../../n8n/abortableDelay';
import { sendItem, type Sent } from './sendItem';
import type { Session } from '../session';
import { createRateLimiter } from '../concurrency/rateLimiter';
import type { PreparedItem, ItemResult } from '../items';

/** What a run is to do when things go wrong, and what it tells of itself. */
export interface SendOptions {
	/** Whether it goes on after an item that failed. */
	continuesOnError: boolean;
	/** Most calls in flight at the same time. */
	maxConcurrency: number;
	/** Told when the user stops the run: nobody will see what it returns. */
	onStop: (progress: Progress) => void;
}

/** How far an item has come: where a call of it is under way, or what became of it. */
export type Stage = 'done' | 'failed' | 'unknown' | 'inFlight' | 'notSent';

/** How far each item of a run has come. */
export type Progress = ReadonlyMap<PreparedItem, Stage>;

/** Whatever is wrong then is not wrong with these items alone. */
const MOST_UNKNOWN_IN_A_ROW = 3;

/**
 * Sends the items, several at a time, as fast as Imburse takes them. Nothing more is sent once it
 * is clear that every further item would fail the same way, when the first failure is to end the
 * run, or when the user stops it. What is in flight then is brought to its end, unless n8n breaks
 * it off, as it does at a stop.
 *
 * @returns a result for each item, in their order
 */
export async function sendAll(
	session: Session,
	items: PreparedItem[],
	rules: SendOptions,
): Promise<ItemResult[]> {
	const { stopped } = session;
	const progress = new Map<PreparedItem, Stage>(items.map((ready) => [ready, 'notSent']));
	const ending = watchForTheEnd(rules.continuesOnError);
	const traffic = createRateLimiter(rules.maxConcurrency, {
		now: Date.now,
		sleep: async (milliseconds) => await abortableDelay(milliseconds, stopped),
		isStopped: () => stopped?.aborted === true,
		random: Math.random,
	});
	const tellOfStop = () => rules.onStop(progress);
	stopped?.addEventListener('abort', tellOfStop, { once: true });
	const results = await mapConcurrently(items, {
		acquireSlot: async () => await traffic.acquire(),
		releaseSlot: (lane) => lane.release(),
		run: async (ready, lane) => {
			progress.set(ready, 'inFlight');
			const sent = await sendItem(session, ready, lane);
			progress.set(ready, stageAfter(sent));
			ending.heard(sent);
			return sent;
		},
		serialKey: ({ plan }) => plan.serialKey,
		continues: () => ending.reason() === undefined && stopped?.aborted !== true,
	});
	stopped?.removeEventListener('abort', tellOfStop);
	const why = ending.reason() ?? 'the run was stopped';
	return items.map((ready, index) => resultOf(ready, results[index], why));
}

/** Decides from what became of the items, as they end, whether the run is to go on. */
function watchForTheEnd(goesOn: boolean) {
	let unknownInARow = 0;
	let reason: string | undefined;
	return {
		heard: (sent: Sent) => {
			const isUnknown = !sent.ok && sent.failure.outcome === 'unknown';
			unknownInARow = isUnknown ? unknownInARow + 1 : 0;
			if (sent.ok || reason !== undefined) return;
			if (sent.endsRun || !goesOn || unknownInARow >= MOST_UNKNOWN_IN_A_ROW) {
				reason = sent.failure.message;
			}
		},
		reason: () => reason,
	};
}

function resultOf(ready: PreparedItem, sent: Sent | undefined, why: string): ItemResult {
	if (!sent) {
		return { ok: false, ready, failure: notSentFailure(ready.plan.label, ready.item, why) };
	}
	return sent.ok
		? { ok: true, ready, success: sent.success }
		: { ok: false, ready, failure: sent.failure };
}

function stageAfter(sent: Sent): Stage {
	if (sent.ok) return 'done';
	const { outcome } = sent.failure;
	return outcome === 'unknown' || outcome === 'notSent' ? outcome : 'failed';
}
