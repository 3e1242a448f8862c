import { fadedUpTo, fadingOfGuess, fadingOfMeasure, growth, type Fading } from './fading';
import {
	betterBurst,
	bucketSize,
	burstAfterEachWait,
	burstIn,
	incomingRate,
	isSavedUp,
	LONGEST_SAVED_MS,
	newWindow,
	roughRate,
	windowAfterGood,
	windowAfterWait,
	type Burst,
	type RateWindow,
} from './rateWindow';

/**
 * How many calls a second Imburse takes, as far as its refusals (429) have shown it. Nobody has
 * published the limit (API reference 4.9), so all of this is learnt:
 *
 * 1. Until Imburse refuses, calls go out as they come.
 * 2. The first refusal allows a guess: as many calls a second as went through just before it.
 * 3. Two refusals allow a measure: what went through between them is what Imburse takes, but for what
 *    a full bucket had saved up. Fewer than 10 calls, or less than a fifth of a second, say too
 *    little: then the guess is lowered, and the next refusal is awaited. Of a time in which Imburse asks
 *    for silence only the first second counts, so that one long wait is not taken for a low rate. A
 *    measure that is refused twice more without another one is corrected.
 * 4. What was learnt fades (`fading.ts`). A refusal that shows nothing new brings the rate back, for a
 *    minute at most.
 *
 * No rate is below 2 calls a second. So a run is slow only as long as Imburse refuses. After that it is
 * as fast as before in seconds, or in a minute where each refusal costs many of them.
 */
export interface LearntRate {
	/** Calls per second; `Infinity` as long as nothing is known. */
	perSecond: number;
	/** Whether two refusals have shown it, or one. */
	isMeasured: boolean;
	fading: Fading;
	/** Turns that are left, which come in at this rate; below 0 those that are taken in advance. */
	bucket: { turns: number; at: number };
	/** What went through at once until a refusal: a full bucket of the server holds no more. */
	burst: Burst | undefined;
	/** Good responses of late; the older one is, the less it counts. */
	recent: { calls: number; at: number };
	window: RateWindow;
}

const LOWEST_PER_SECOND = 2;
/** The least evidence for a guess. */
const FEWEST_RECENT_CALLS = 5;
/** What went through so long ago counts about a third. */
const RECENT_MS = 160;
/** So much of what went through just now is kept, whatever is measured. */
const KEPT = 0.8;
const FORGOTTEN_AFTER_MS = 60_000;

export const UNKNOWN_RATE: LearntRate = {
	perSecond: Infinity,
	isMeasured: false,
	fading: fadingOfGuess(0),
	bucket: { turns: 0, at: 0 },
	burst: undefined,
	recent: { calls: 0, at: 0 },
	window: newWindow(0),
};

/**
 * Calls per second that may go out now.
 *
 * @param itemsLeft how many have not ended: at least about so many calls are still to be made
 */
export function currentRate(rate: LearntRate, now: number, itemsLeft: number): number {
	return rate.perSecond * growth(fadingNow(rate, now, itemsLeft));
}

function fadingNow(rate: LearntRate, now: number, itemsLeft: number): Fading {
	const leftMs = (itemsLeft * 1000) / rate.perSecond;
	const savedMs = (Math.min(roomOf(rate), itemsLeft) * 1000) / rate.perSecond;
	return fadedUpTo(rate.fading, now, leftMs, savedMs);
}

/** The most calls that may go out in so many milliseconds. */
export function turnsWithin(
	rate: LearntRate,
	milliseconds: number,
	now: number,
	itemsLeft: number,
): number {
	return roomOf(rate) + (currentRate(rate, now, itemsLeft) * milliseconds) / 1000;
}

/** Takes the next turn. @returns the milliseconds until it, and the rate with one turn less */
export function takeTurn(
	rate: LearntRate,
	now: number,
	itemsLeft: number,
): { rate: LearntRate; wait: number } {
	if (rate.perSecond === Infinity) return { rate, wait: 0 };
	const fading = fadingNow(rate, now, itemsLeft);
	const perMs = (rate.perSecond * growth(fading)) / 1000;
	const { turns, at } = rate.bucket;
	const left = Math.min(roomOf(rate), turns + Math.max(0, now - at) * perMs) - 1;
	const wait = Math.max(0, -left / perMs);
	return { rate: { ...rate, fading, bucket: { turns: left, at: now } }, wait };
}

/** The rate when a run begins and there is no other: the time until then says nothing. */
export function rateAfterIdleness(rate: LearntRate, now: number): LearntRate {
	return { ...rate, window: newWindow(now) };
}

/** @param sentAt when the call went out */
export function rateAfterGood(rate: LearntRate, now: number, sentAt: number): LearntRate {
	return {
		...rate,
		recent: { calls: recentCalls(rate, now) + 1, at: now },
		window: windowAfterGood(rate.window, now, sentAt),
	};
}

/** The rate when calls have to wait for another reason than a refusal of the pace. */
export function rateAfterWait(rate: LearntRate, now: number, notBefore: number): LearntRate {
	return { ...rate, window: windowAfterWait(rate.window, now, notBefore) };
}

/** The rate after a refusal. @param notBefore when calls go out again */
export function rateAfterRefusal(rate: LearntRate, now: number, notBefore: number): LearntRate {
	const known = now > rate.fading.from + FORGOTTEN_AFTER_MS ? forget(rate) : rate;
	const { window } = known;
	const hasWindow = window.isFromRefusal && window.passed > 0;
	const incoming = hasWindow ? incomingRate(window, known.burst, now) : undefined;
	const isMeasure = incoming !== undefined;
	const next = isMeasure ? measure(known, incoming, now) : guess(known, now);
	const isOver = isMeasure || !hasWindow;
	const nextWindow = isOver ? { ...newWindow(now), isFromRefusal: true } : window;
	return {
		...next,
		fading: fadingAfterRefusal(next, now, notBefore),
		bucket: { turns: 0, at: now },
		window: windowAfterWait(nextWindow, now, notBefore),
	};
}

/** The calls that may go at once after a time without any. */
function roomOf({ burst, perSecond, isMeasured }: LearntRate): number {
	if (!isMeasured || !burst) return 1;
	const most = (perSecond * LONGEST_SAVED_MS) / 1000;
	// A part of the bucket stays, since no measure is exact.
	const kept = (perSecond * burst.startMs) / 1000;
	return Math.max(1, Math.min(bucketSize(burst, perSecond) - kept, most));
}

function recentCalls({ recent: { calls, at } }: LearntRate, now: number): number {
	return calls * Math.exp(-Math.max(0, now - at) / RECENT_MS);
}

function perSecondOf(recent: number): number {
	return (recent * 1000) / RECENT_MS;
}

function forget({ recent, window }: LearntRate): LearntRate {
	return { ...UNKNOWN_RATE, recent, window };
}

/** At the first refusal all that is known is what went through until then. */
function guess(rate: LearntRate, now: number): LearntRate {
	if (rate.isMeasured) return correctMeasure(rate, now);
	if (rate.window.isFromRefusal) return lowerGuess(rate, now);
	const burst = betterBurst(burstIn(rate.window, now), rate.burst);
	const recent = recentCalls(rate, now);
	const isKnown = rate.perSecond !== Infinity || recent < FEWEST_RECENT_CALLS;
	return { ...rate, perSecond: isKnown ? rate.perSecond : perSecondOf(recent), burst };
}

/**
 * A measure that is refused again and again before it can be measured anew: the bucket is smaller than
 * it seemed, where it had time to fill, or the limit has fallen.
 */
function correctMeasure(rate: LearntRate, now: number): LearntRate {
	const { burst, perSecond, window } = rate;
	if (window.waits < 2 || window.passed === 0) return rate;
	if (!burst) return lowerGuess(rate, now);
	const size = bucketSize(burst, perSecond);
	const seen = burstAfterEachWait(window, now);
	const isFilled = (perSecond * window.waitedMs) / 1000 >= window.waits * size;
	if (isFilled && 2 * seen.calls < size) return { ...rate, burst: seen };
	return lowerGuess(rate, now);
}

/** A guess that was refused before it could be measured was too high: it is halved at most. */
function lowerGuess(rate: LearntRate, now: number): LearntRate {
	const { perSecond, window } = rate;
	if (window.passed === 0) return rate;
	const rough = Math.max(LOWEST_PER_SECOND, roughRate(window, now));
	if (perSecond === Infinity) return { ...rate, perSecond: rough };
	return { ...rate, perSecond: Math.min(perSecond, Math.max(perSecond / 2, rough)) };
}

/** What came in while little was sent may have run over, so what is measured may be too low. */
function measure(rate: LearntRate, incoming: number, now: number): LearntRate {
	const measured = Math.max(incoming, keptRate(rate, now));
	const perSecond = Math.max(
		LOWEST_PER_SECOND,
		Math.min(currentRate(rate, now, Infinity), measured),
	);
	return { ...rate, perSecond, isMeasured: true };
}

/**
 * What went through just now, but for a fifth: what is measured may be too low. Where it may have been
 * saved up, it shows no more than the rate that was known, and at a guess, nothing at all.
 */
function keptRate(rate: LearntRate, now: number): number {
	const { isMeasured, perSecond, burst, window } = rate;
	const recent = recentCalls(rate, now);
	if (!isMeasured) return perSecondOf(recent - (burst?.calls ?? recent));
	const most = isSavedUp(window, burst) ? perSecond : Infinity;
	return KEPT * Math.min(most, perSecondOf(recent));
}

function fadingAfterRefusal(rate: LearntRate, now: number, notBefore: number): Fading {
	if (!rate.isMeasured) return fadingOfGuess(notBefore);
	return fadingOfMeasure(now, notBefore, (roomOf(rate) * 1000) / rate.perSecond);
}
