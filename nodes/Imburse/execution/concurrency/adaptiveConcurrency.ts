/** How many calls may be in flight, and from when on. */
export interface ConcurrencyState {
	/** Calls in flight at the same time. */
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
	/** Imburse answered, and has no objection to the state. */
	| { kind: 'good' }
	/** 429 or 503; `wait` is what the response asks for, in milliseconds. */
	| { kind: 'tooFast'; wait: number | undefined };

export const INITIAL_STATE: ConcurrencyState = { limit: 1, notBefore: 0, round: 0, refusals: 0 };

const FIRST_WAIT_MS = 250;
const LONGEST_BACKOFF_MS = 30_000;

/**
 * The state after a signal. Each good response makes room for one more call, which doubles the calls
 * in flight for as long as all responses are good; a refusal halves them. So a run finds the
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
		return { ...state, limit: Math.min(ceiling, state.limit + 1), refusals: 0 };
	}
	if (!isOfThisRound) {
		return { ...state, notBefore: Math.max(state.notBefore, now + (signal.wait ?? 0)) };
	}
	const refusals = state.refusals + 1;
	const wait = signal.wait ?? backoff(refusals, random);
	return {
		limit: Math.max(1, Math.floor(state.limit / 2)),
		notBefore: Math.max(state.notBefore, now + wait),
		round: state.round + 1,
		refusals,
	};
}

/** Exponential, as the introduction recommends ("Error Codes", 429), with half of it by chance. */
function backoff(refusals: number, random: number): number {
	const longest = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (refusals - 1));
	return Math.round(longest / 2 + (longest / 2) * random);
}
