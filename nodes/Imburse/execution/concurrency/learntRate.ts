/**
 * How many calls a second Imburse takes, as far as its refusals (429) have shown it. Nobody has
 * published the limit (API reference 4.9), so all of this is learnt:
 *
 * 1. Until Imburse refuses, calls go out as they come.
 * 2. The first refusal allows a guess: as many calls a second as went through just before it.
 * 3. Two refusals allow a measure: what went through between them is what Imburse takes. Fewer than
 *    10 calls, or less than a fifth of a second, say too little: then the next refusal is awaited.
 *    A time in which Imburse asks for silence for more than a second does not count, so that one
 *    long wait is not taken for a low rate.
 * 4. What was learnt fades. Without a refusal the rate stays about the same for 2 seconds, is twice
 *    as high after 4.5 and 17 times as high after 9; a guess fades in half the time. A refusal that
 *    shows nothing new brings the rate back, for a minute at most.
 *
 * No measure is below 2 calls a second. So a run is slow only as long as Imburse refuses, and
 * seconds after that it is as fast as before.
 */
export interface LearntRate {
	/** Calls per second; `Infinity` as long as nothing is known. */
	perSecond: number;
	/** Whether two refusals have shown it, or one. */
	isMeasured: boolean;
	/** From this moment on it fades. Milliseconds, as are all moments here. */
	fadesFrom: number;
	/** Turns that are left, which come in at this rate; below 0 those that are taken in advance. */
	bucket: { turns: number; at: number };
	/** What went through until the first refusal: a full bucket of the server holds no more. */
	burst: { calls: number; ms: number } | undefined;
	/** Good responses of late; the older one is, the less it counts. */
	recent: { calls: number; at: number };
	window: Window;
}

/** What went through since a refusal, or since the first call. */
interface Window {
	/** Whether it began with a refusal, when the server had no room left. */
	isFromRefusal: boolean;
	/** Good responses. */
	passed: number;
	/** The time of waits in which calls were saved up. */
	savedMs: number;
	/** The time in which calls were allowed, up to the last wait. */
	busyMs: number;
	/** When the last wait ends. */
	resumedAt: number;
}

const LOWEST_PER_SECOND = 2;
/** The least evidence for a measure, and for a guess. */
const FEWEST_CALLS = 10;
const SHORTEST_MS = 200;
const FEWEST_RECENT_CALLS = 5;
/** What went through so long ago counts about a third. */
const RECENT_MS = 160;
/** So much of what went through just now is kept, whatever is measured. */
const KEPT = 0.8;
/** What would come in during a longer wait may not have been saved up. */
const LONGEST_SAVED_MS = 1_000;
const DOUBLES_IN_MS = 4_500;
const FORGOTTEN_AFTER_MS = 60_000;

export const UNKNOWN_RATE: LearntRate = {
	perSecond: Infinity,
	isMeasured: false,
	fadesFrom: 0,
	bucket: { turns: 0, at: 0 },
	burst: undefined,
	recent: { calls: 0, at: 0 },
	window: { isFromRefusal: false, passed: 0, savedMs: 0, busyMs: 0, resumedAt: 0 },
};

/** Calls per second that may go out now. */
export function currentRate({ perSecond, isMeasured, fadesFrom }: LearntRate, now: number): number {
	const doublesIn = isMeasured ? DOUBLES_IN_MS : DOUBLES_IN_MS / 2;
	return perSecond * (1 + (Math.max(0, now - fadesFrom) / doublesIn) ** 4);
}

/** The most calls that may go out in so many milliseconds. */
export function turnsWithin(rate: LearntRate, milliseconds: number, now: number): number {
	return roomOf(rate) + (currentRate(rate, now) * milliseconds) / 1000;
}

/** Takes the next turn. @returns the milliseconds until it, and the rate with one turn less */
export function takeTurn(rate: LearntRate, now: number): { rate: LearntRate; wait: number } {
	if (rate.perSecond === Infinity) return { rate, wait: 0 };
	const perMs = currentRate(rate, now) / 1000;
	const { turns, at } = rate.bucket;
	const left = Math.min(roomOf(rate), turns + Math.max(0, now - at) * perMs) - 1;
	const wait = Math.max(0, -left / perMs);
	return { rate: { ...rate, bucket: { turns: left, at: now } }, wait };
}

/** The rate when a run begins and there is no other: the time until then says nothing. */
export function rateAfterIdleness(rate: LearntRate, now: number): LearntRate {
	return { ...rate, window: newWindow(now) };
}

export function rateAfterGood(rate: LearntRate, now: number): LearntRate {
	const { window } = rate;
	return {
		...rate,
		recent: { calls: recentCalls(rate, now) + 1, at: now },
		window: { ...window, passed: window.passed + 1 },
	};
}

/** The rate when calls have to wait for another reason than a refusal of the pace. */
export function rateAfterWait(rate: LearntRate, now: number, notBefore: number): LearntRate {
	return { ...rate, window: pause(rate.window, now, notBefore) };
}

/** The rate after a refusal. @param notBefore when calls go out again */
export function rateAfterRefusal(rate: LearntRate, now: number, notBefore: number): LearntRate {
	const known = now > rate.fadesFrom + FORGOTTEN_AFTER_MS ? forget(rate) : rate;
	const { window } = known;
	const hasWindow = window.isFromRefusal && window.passed > 0;
	const isMeasure = hasWindow && hasEvidence(window, now);
	const next = isMeasure ? measure(known, now) : guess(known, now);
	const isOver = isMeasure || !hasWindow;
	const nextWindow = isOver ? { ...newWindow(now), isFromRefusal: true } : window;
	return {
		...next,
		fadesFrom: notBefore,
		bucket: { turns: 0, at: now },
		window: pause(nextWindow, now, notBefore),
	};
}

/** The calls that may go at once after a time without any. */
function roomOf({ burst, perSecond, isMeasured }: LearntRate): number {
	if (!isMeasured || !burst) return 1;
	const full = burst.calls - (perSecond * burst.ms) / 1000;
	return Math.max(1, Math.min(full, (perSecond * LONGEST_SAVED_MS) / 1000));
}

function recentCalls({ recent: { calls, at } }: LearntRate, now: number): number {
	return calls * Math.exp(-Math.max(0, now - at) / RECENT_MS);
}

function recentRate(rate: LearntRate, now: number): number {
	return (recentCalls(rate, now) * 1000) / RECENT_MS;
}

function forget({ recent, window }: LearntRate): LearntRate {
	return { ...UNKNOWN_RATE, recent, window };
}

/** At the first refusal all that is known is what went through until then. */
function guess(rate: LearntRate, now: number): LearntRate {
	if (rate.perSecond !== Infinity || rate.window.isFromRefusal) return rate;
	const perSecond = recentCalls(rate, now) < FEWEST_RECENT_CALLS ? Infinity : recentRate(rate, now);
	return {
		...rate,
		perSecond,
		burst: { calls: rate.window.passed, ms: busyTime(rate.window, now) },
	};
}

/**
 * Between two moments at which a bucket was empty, as much went through as came in. What came in
 * while little was sent may have run over, so the measure may be too low: it takes back a fifth at
 * most of what went through just now, unless that was a mere guess.
 */
function measure(rate: LearntRate, now: number): LearntRate {
	const { passed, savedMs } = rate.window;
	const measured = (passed * 1000) / (busyTime(rate.window, now) + savedMs);
	const kept = rate.isMeasured ? KEPT * recentRate(rate, now) : 0;
	const perSecond = Math.min(currentRate(rate, now), Math.max(measured, kept));
	return { ...rate, perSecond: Math.max(LOWEST_PER_SECOND, perSecond), isMeasured: true };
}

function hasEvidence(window: Window, now: number): boolean {
	return window.passed >= FEWEST_CALLS && busyTime(window, now) + window.savedMs >= SHORTEST_MS;
}

function busyTime({ busyMs, resumedAt }: Window, now: number): number {
	return busyMs + Math.max(0, now - resumedAt);
}

function newWindow(now: number): Window {
	return { ...UNKNOWN_RATE.window, resumedAt: now };
}

/** A wait that begins in another one makes that one longer. */
function pause(window: Window, now: number, notBefore: number): Window {
	if (now < window.resumedAt) {
		return { ...window, resumedAt: Math.max(window.resumedAt, notBefore) };
	}
	const wait = notBefore - now;
	return {
		...window,
		savedMs: window.savedMs + (wait > LONGEST_SAVED_MS ? 0 : wait),
		busyMs: busyTime(window, now),
		resumedAt: notBefore,
	};
}
