/**
 * How a rate that was learnt grows again, since the limit may be another one by then. Without a refusal
 * it stays about the same for 2 seconds, is twice as high after 4.5 and 17 times as high after 9; a
 * guess in half the time.
 *
 * To ask for more may be refused. Where Imburse asks for more time than a bucket saves up, that costs
 * time: then a measured rate stays the same for five times as long, up to half a minute, and is 17 times
 * as high 4 seconds later or after 9 seconds. At the end of a run, where what is left takes less time
 * than a refusal costs, it stays the same for five times as long as Imburse asked for once more, up to
 * half a minute.
 */
export interface Fading {
	/** Before this moment the rate stays the same. Milliseconds, as are all moments here. */
	from: number;
	/** How long it takes from then on until it is twice as high. */
	doublesIn: number;
	/** For how long it has faded, up to this moment. */
	ms: number;
	at: number;
	/** For how long the last refusal asked for silence, and until when that matters. */
	waitMs: number;
	costsUntil: number;
}

const DOUBLES_IN_MS = 4_500;
const SHORTEST_DOUBLES_IN_MS = 2_000;
/** A measure stays the same for so many times as long as what a refusal costs. */
const STEADY = 5;
const LONGEST_STEADY_MS = 30_000;

/** What a refusal costs does not matter to a guess. */
export function fadingOfGuess(from: number): Fading {
	return { from, doublesIn: DOUBLES_IN_MS / 2, ms: 0, at: from, waitMs: 0, costsUntil: from };
}

/** @param savedMs of a wait, what a full bucket makes up for */
export function fadingOfMeasure(now: number, notBefore: number, savedMs: number): Fading {
	const waitMs = notBefore - now;
	const steady = Math.min(LONGEST_STEADY_MS, STEADY * Math.max(0, waitMs - savedMs));
	const from = notBefore + steady;
	const doublesIn = Math.max(SHORTEST_DOUBLES_IN_MS, DOUBLES_IN_MS - steady / 2);
	const costsUntil = from + Math.min(LONGEST_STEADY_MS, STEADY * waitMs);
	return { from, doublesIn, ms: 0, at: from, waitMs, costsUntil };
}

/**
 * The fading up to a moment. What has faded stays so.
 *
 * @param leftMs the time that what is left of the runs takes at the rate that was learnt
 * @param savedMs of a wait, what a bucket makes up for by then
 */
export function fadedUpTo(fading: Fading, now: number, leftMs: number, savedMs: number): Fading {
	const isWorthIt = now >= fading.costsUntil || leftMs > Math.max(0, fading.waitMs - savedMs);
	const more = isWorthIt ? Math.max(0, now - Math.max(fading.at, fading.from)) : 0;
	return { ...fading, ms: fading.ms + more, at: now };
}

/** How many times as high as what was learnt the rate is. */
export function growth({ ms, doublesIn }: Fading): number {
	return 1 + (ms / doublesIn) ** 4;
}
