/** How many calls may be in flight, and from when on. */
export interface AdaptiveLimit {
	/** Calls in flight at the same time. */
	limit: number;
	/** No call goes out before this moment. Milliseconds. */
	notBefore: number;
	/** Goes up with each refusal that counts: calls that began before it say nothing new. */
	round: number;
	/** Rounds that were refused, without a good answer in between. */
	refusals: number;
}

/** What an answer, or the lack of one, says about the pace. */
export type Signal =
	/** Imburse answered, and has no objection to the pace. */
	| { kind: 'good' }
	/** 429 or 503; `wait` is what the answer asks for, in milliseconds. */
	| { kind: 'tooFast'; wait: number | undefined };

export const INITIAL_LIMIT: AdaptiveLimit = { limit: 1, notBefore: 0, round: 0, refusals: 0 };

const FIRST_WAIT_MS = 250;
const LONGEST_BACKOFF_MS = 30_000;

/**
 * The pace after a signal. Each good answer makes room for one more call, which doubles the calls
 * in flight for as long as all answers are good; a refusal halves them. So the pace finds the
 * API's own limit, which nobody has published (API reference 4.9).
 *
 * @param round of the pace when the call began
 * @param random from 0 to 1, so that several workers do not come back at the same moment
 */
export function nextLimit(
	pace: AdaptiveLimit,
	signal: Signal,
	round: number,
	{ now, random, ceiling }: { now: number; random: number; ceiling: number },
): AdaptiveLimit {
	const isOfThisRound = round === pace.round;
	if (signal.kind === 'good') {
		if (!isOfThisRound) return pace;
		return { ...pace, limit: Math.min(ceiling, pace.limit + 1), refusals: 0 };
	}
	if (!isOfThisRound) {
		return { ...pace, notBefore: Math.max(pace.notBefore, now + (signal.wait ?? 0)) };
	}
	const refusals = pace.refusals + 1;
	const wait = signal.wait ?? backoff(refusals, random);
	return {
		limit: Math.max(1, Math.floor(pace.limit / 2)),
		notBefore: Math.max(pace.notBefore, now + wait),
		round: pace.round + 1,
		refusals,
	};
}

/** Exponential, as the introduction recommends ("Error Codes", 429), with half of it by chance. */
function backoff(refusals: number, random: number): number {
	const longest = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (refusals - 1));
	return Math.round(longest / 2 + (longest / 2) * random);
}
