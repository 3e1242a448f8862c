import { inParallel } from '../pace/inParallel';
import { notSentFailure } from '../output/nodeErrors';
import { pause } from '../pace/pause';
import { sendItem, type Sent } from './sendItem';
import type { Session } from '../session';
import { openTraffic } from '../pace/traffic';
import type { ReadyItem, Result } from '../itemStates';

/** What a run is to do when things go wrong, and what it tells of itself. */
export interface SendingRules {
	/** Whether it goes on after an item that failed. */
	goesOn: boolean;
	/** Most calls in flight at the same time. */
	maxConcurrency: number;
	/** Told when the user stops the run: nobody will see what it returns. */
	onStop: (progress: Progress) => void;
}

/** How far an item has come: where a call of it is under way, or what became of it. */
export type Stage = 'done' | 'failed' | 'unknown' | 'inFlight' | 'notSent';

/** How far each item of a run has come. */
export type Progress = ReadonlyMap<ReadyItem, Stage>;

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
	items: ReadyItem[],
	rules: SendingRules,
): Promise<Result[]> {
	const { stopped } = session;
	const progress = new Map<ReadyItem, Stage>(items.map((ready) => [ready, 'notSent']));
	const ending = watchForTheEnd(rules.goesOn);
	const traffic = openTraffic(rules.maxConcurrency, {
		now: Date.now,
		sleep: async (milliseconds) => await pause(milliseconds, stopped),
		isStopped: () => stopped?.aborted === true,
		random: Math.random,
	});
	const tellOfStop = () => rules.onStop(progress);
	stopped?.addEventListener('abort', tellOfStop, { once: true });
	const results = await inParallel(items, {
		room: async () => await traffic.enter(),
		leave: (lane) => lane.stepAside(),
		run: async (ready, lane) => {
			progress.set(ready, 'inFlight');
			const sent = await sendItem(session, ready, lane);
			progress.set(ready, stageAfter(sent));
			ending.heard(sent);
			return sent;
		},
		inTurnWith: ({ plan }) => plan.inTurnWith,
		goesOn: () => ending.reason() === undefined && stopped?.aborted !== true,
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

function resultOf(ready: ReadyItem, sent: Sent | undefined, why: string): Result {
	if (!sent) {
		return { ok: false, ready, failure: notSentFailure(ready.plan.subject, ready.item, why) };
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
