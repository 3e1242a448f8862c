/** How many calls may be in flight, and from when on. */
export interface ConcurrencyState {
	/** Calls in flight at the same time; a part of one counts for nothing until it is whole. */
	limit: number;
	/** No call goes out before this moment. Milliseconds. */
	notBefore: number;
	/** Goes up with each refusal that counts: calls that began before it say nothing new. */
	round: number;
	/** Rounds that were refused, without a good response in between. */
	refusals: number;
}

/** What a response, or the lack of one, says about the state. */
export type Signal =
	/**
	 * Imburse answered after `latency` milliseconds, and has no objection to the state. Where a call
	 * had to wait for its turn, more of them in flight would change nothing.
	 */
	| { kind: 'good'; latency: number; hasWaited: boolean }
	/** 429 or 503; `wait` is what the response asks for, in milliseconds. */
	| { kind: 'tooFast'; wait: number | undefined };

export const INITIAL_STATE: ConcurrencyState = { limit: 1, notBefore: 0, round: 0, refusals: 0 };

/** Up to so many calls in flight, or in a second, the limit doubles with each round. */
const DOUBLES_UP_TO = 2;
const DOUBLES_UP_TO_PER_SECOND = 64;
/** Beyond that it grows by a tenth, since all that are in flight at a refusal are refused. */
const SLOW_GROWTH = 0.1;

const FIRST_WAIT_MS = 125;
/** Once Imburse takes calls again, nobody waits for longer than this. */
const LONGEST_BACKOFF_MS = 4_000;

/**
 * The state after a signal. Each good response makes room for more calls, which doubles the calls in
 * flight at first and then adds a tenth in each round; a refusal halves them. So a run finds the
 * API's own limit, which nobody has published (API reference 4.9).
 *
 * @param round of the state when the call began
 * @param random from 0 to 1, so that several workers do not come back at the same moment
 */
export function nextState(
	state: ConcurrencyState,
	signal: Signal,
	round: number,
	{ now, random, ceiling }: { now: number; random: number; ceiling: number },
): ConcurrencyState {
	const isOfThisRound = round === state.round;
	if (signal.kind === 'good') {
		if (!isOfThisRound) return state;
		const more = signal.hasWaited ? 0 : growth(state.limit, signal.latency);
		const limit = Math.min(ceiling, state.limit + more);
		return { ...state, limit: Math.max(state.limit, limit), refusals: 0 };
	}
	if (!isOfThisRound) {
		return { ...state, notBefore: Math.max(state.notBefore, now + (signal.wait ?? 0)) };
	}
	const refusals = state.refusals + 1;
	return {
		limit: Math.max(1, Math.floor(state.limit / 2)),
		notBefore: Math.max(state.notBefore, now + waitAfter(signal.wait, refusals, random)),
		round: state.round + 1,
		refusals,
	};
}

function growth(limit: number, latency: number): number {
	const doublesUpTo = Math.max(DOUBLES_UP_TO, (latency * DOUBLES_UP_TO_PER_SECOND) / 1000);
	return limit < doublesUpTo ? 1 : SLOW_GROWTH;
}

/** What is refused again and again waits for longer than it is told to. */
function waitAfter(told: number | undefined, refusals: number, random: number): number {
	if (told !== undefined && refusals === 1) return told;
	return Math.max(told ?? 0, backoff(refusals, random));
}

/** Exponential, as the introduction recommends ("Error Codes", 429), with half of it by chance. */
function backoff(refusals: number, random: number): number {
	const longest = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (refusals - 1));
	return Math.round(longest / 2 + (longest / 2) * random);
}
