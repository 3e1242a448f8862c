import { abortableDelay } from '../../n8n/abortableDelay';
import { mapConcurrently } from '../concurrency/mapConcurrently';
import { RateLimiter } from '../concurrency/rateLimiter';
import { sharedPace } from '../concurrency/sharedPace';
import { notSentFailure } from '../errors/itemFailures';
import { labelOf, type CountMoney, type ItemResult, type PreparedItem } from '../items';
import type { Session } from '../session';
import { sendItem } from './sendItem';

/** What a run is to do when things go wrong, and what it tells of itself. */
export interface SendOptions {
	/** Whether it goes on after an item that failed. */
	continuesOnError: boolean;
	/** Most calls in flight at the same time. */
	maxConcurrency: number;
	/** For money that is known only once an item was read. */
	countMoney: CountMoney;
	/** Told of each item as it ends. */
	onResult: (result: ItemResult) => void;
	/** Told when the user stops the run: nobody will see what it returns. */
	onStop: (progress: Progress) => void;
}

/** How far an item has come: where a call of it is under way, or what became of it. */
export type Stage = 'done' | 'existed' | 'failed' | 'unknown' | 'inFlight' | 'notSent';

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
	{ continuesOnError, maxConcurrency, countMoney, onResult, onStop }: SendOptions,
): Promise<ItemResult[]> {
	const { stopSignal } = session;
	const isStopped = () => stopSignal?.aborted === true;
	const progress = new Map<PreparedItem, Stage>(items.map((item) => [item, 'notSent']));
	const abort = createAbortCondition(continuesOnError);
	let itemsLeft = items.length;
	const limiter = openLimiter(session, maxConcurrency, () => itemsLeft);
	const onAbort = () => {
		limiter.close();
		onStop(progress);
	};
	stopSignal?.addEventListener('abort', onAbort, { once: true });
	const sending = mapConcurrently(items, {
		acquireSlot: async () => await limiter.acquire(),
		releaseSlot: (slot) => slot.release(),
		run: async (item, slot) => {
			progress.set(item, 'inFlight');
			const result = await sendItem(session, item, slot, countMoney);
			itemsLeft--;
			progress.set(item, stageOf(result));
			abort.observe(result);
			onResult(result);
			return result;
		},
		serialKey: ({ plan }) => plan.serialKey,
		continues: () => abort.reason() === undefined && !isStopped(),
	});
	const results = await sending.finally(() => {
		stopSignal?.removeEventListener('abort', onAbort);
		limiter.close();
	});
	const why = abort.reason() ?? 'the run was stopped';
	return items.map((item, index) => results[index] ?? notSent(item, why));
}

/** The pace is shared by all runs of this process on the same host and account. */
function openLimiter(
	{ baseUrl, credential, stopSignal }: Session,
	ceiling: number,
	itemsLeft: () => number,
): RateLimiter {
	const pace = sharedPace(baseUrl, credential.accountId);
	const clock = {
		sleep: async (milliseconds: number) => await abortableDelay(milliseconds, stopSignal),
		isStopped: () => stopSignal?.aborted === true,
		random: Math.random,
	};
	return new RateLimiter(ceiling, clock, pace, itemsLeft);
}

/** Decides from what became of the items, as they end, whether the run is to go on. */
function createAbortCondition(continuesOnError: boolean) {
	let unknownInARow = 0;
	let reason: string | undefined;
	return {
		observe: (result: ItemResult) => {
			const isUnknown = !result.ok && result.failure.outcome === 'unknown';
			unknownInARow = isUnknown ? unknownInARow + 1 : 0;
			if (result.ok || reason !== undefined) return;
			const { abortsRun, message } = result.failure;
			if (abortsRun || !continuesOnError || unknownInARow >= MOST_UNKNOWN_IN_A_ROW) {
				reason = message;
			}
		},
		reason: () => reason,
	};
}

function notSent(item: PreparedItem, why: string): ItemResult {
	return { ok: false, item, failure: notSentFailure(labelOf(item), why) };
}

function stageOf(result: ItemResult): Stage {
	if (result.ok) return result.response.result === 'alreadyExisted' ? 'existed' : 'done';
	const { outcome } = result.failure;
	return outcome === 'unknown' || outcome === 'notSent' ? outcome : 'failed';
}
