/** What went through since a refusal, or since the first call: the evidence for a rate. */
export interface RateWindow {
	/** Whether it began with a refusal, when the server had no room left. */
	isFromRefusal: boolean;
	/** Good responses. */
	passed: number;
	/** Those of them whose calls had gone out before the last wait began. */
	late: number;
	/** Waits, their time, and the part of it in which calls were saved up. */
	waits: number;
	waitedMs: number;
	savedMs: number;
	/** The time in which calls were allowed, up to the last wait. */
	busyMs: number;
	/** Of that, the time until the first answers, which a token may take. */
	startMs: number;
	/** Whether an answer has come since the last wait. */
	isAnswered: boolean;
	/** When the last wait began, and when it ends. Milliseconds, as are all moments here. */
	pausedAt: number;
	resumedAt: number;
}

/** What went through at once after a time of saving up, until a refusal. */
export interface Burst {
	calls: number;
	/** From the first answer on. */
	ms: number;
	/** Until the first answer. */
	startMs: number;
}

/** The rest of a longer wait does not count: one long wait is not to be taken for a low rate. */
export const LONGEST_SAVED_MS = 1_000;

/** What takes longer is no burst, and what a bucket held counts for little in it. */
const LONGEST_BURST_MS = 1_000;

/** The least evidence for a measure. */
const FEWEST_CALLS = 10;
const SHORTEST_MS = 200;

/** A bucket that seems to have run over by a quarter may not have. */
const SLIGHT_LOSS = 1.25;

export function newWindow(now: number): RateWindow {
	const counts = { passed: 0, late: 0, waits: 0, waitedMs: 0, savedMs: 0, busyMs: 0, startMs: 0 };
	return { isFromRefusal: false, isAnswered: false, ...counts, pausedAt: now, resumedAt: now };
}

/** @param sentAt when the call went out */
export function windowAfterGood(window: RateWindow, now: number, sentAt: number): RateWindow {
	const passed = window.passed + 1;
	if (sentAt < window.pausedAt) return { ...window, passed, late: window.late + 1 };
	if (window.isAnswered) return { ...window, passed };
	const startMs = window.startMs + Math.max(0, now - window.resumedAt);
	return { ...window, passed, startMs, isAnswered: true };
}

/** The window after calls were told to wait. A wait that begins in another one makes that one longer. */
export function windowAfterWait(window: RateWindow, now: number, notBefore: number): RateWindow {
	if (now < window.resumedAt) {
		return { ...window, resumedAt: Math.max(window.resumedAt, notBefore) };
	}
	const wait = notBefore - now;
	return {
		...window,
		waits: window.waits + (wait > 0 ? 1 : 0),
		waitedMs: window.waitedMs + wait,
		savedMs: window.savedMs + Math.min(wait, LONGEST_SAVED_MS),
		busyMs: busyTime(window, now),
		isAnswered: false,
		pausedAt: now,
		resumedAt: notBefore,
	};
}

export function burstIn(window: RateWindow, now: number): Burst {
	const { passed, late, startMs } = window;
	return { calls: passed - late, ms: busyTime(window, now) - startMs, startMs };
}

/** What took so long that calls were spaced says less of a bucket than what was seen before. */
export function betterBurst(seen: Burst, known: Burst | undefined): Burst {
	return known && seen.ms > LONGEST_BURST_MS ? known : seen;
}

/** What went through at once after each wait, on average. */
export function burstAfterEachWait(window: RateWindow, now: number): Burst {
	const { calls, ms, startMs } = burstIn(window, now);
	const { waits } = window;
	return { calls: calls / waits, ms: ms / waits, startMs: startMs / waits };
}

/** What a full bucket of the server held, of all that went through: the rest came in meanwhile. */
export function bucketSize(burst: Burst, perSecond: number): number {
	return burst.calls - (perSecond * burst.ms) / 1000;
}

/**
 * Calls a second that came in between two moments at which a bucket was empty. What comes in during a
 * wait is lost once the bucket is full: then as much was saved up as went through at the first burst.
 * Of a longer wait one second counts, unless it certainly filled the bucket.
 *
 * @returns undefined where too little went through to say so
 */
export function incomingRate(
	window: RateWindow,
	burst: Burst | undefined,
	now: number,
): number | undefined {
	const { passed, waits, waitedMs, savedMs } = window;
	if (passed < FEWEST_CALLS) return undefined;
	const ms = busyTime(window, now);
	const unlessLost = (passed * 1000) / (ms + savedMs);
	const whole = ms + savedMs < SHORTEST_MS ? undefined : unlessLost;
	if (!burst) return whole;
	const cameIn = (unlessLost * waitedMs) / 1000;
	const held = waits * bucketSize(burst, unlessLost);
	if (cameIn <= held) return whole;
	const seen = burstIn(window, now);
	const restMs = seen.ms - waits * burst.ms;
	if (restMs < SHORTEST_MS) {
		const isSlight = cameIn <= held * SLIGHT_LOSS;
		return isSlight || ms >= LONGEST_BURST_MS ? unlessLost : undefined;
	}
	const least = (passed * 1000) / (ms + waitedMs);
	const beyond = ((seen.calls - waits * burst.calls) * 1000) / restMs;
	// A first burst that was slow may have been no burst at all.
	return Math.max(least, Math.min(beyond, (seen.calls * 1000) / ms));
}

/** Whether a full bucket after each wait may have been all that went through, but for a few calls. */
export function isSavedUp({ passed, late, waits }: RateWindow, burst: Burst | undefined): boolean {
	return passed - late - waits * (burst?.calls ?? 0) < FEWEST_CALLS;
}

/** Between the calls a second that came in if nothing was lost, and if nothing was saved up. */
export function roughRate(window: RateWindow, now: number): number {
	const ms = Math.max(1, busyTime(window, now));
	return (window.passed * 1000) / Math.sqrt(ms * (ms + window.savedMs));
}

function busyTime({ busyMs, resumedAt }: RateWindow, now: number): number {
	return busyMs + Math.max(0, now - resumedAt);
}
