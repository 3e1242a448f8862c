import type { HttpResponse } from '../http';

/** What decides about the pace in an answer. */
export type PaceAnswer = Pick<HttpResponse, 'status' | 'headers'>;

export type TokenProblem = 'credential' | 'keys' | 'clock' | 'unreachable' | 'unavailable';

/**
 * Why no access token could be fetched. It carries no response and no code of its own: n8n shows the
 * message of such an error as it is, and would call again after one that looks like a 401.
 */
export class TokenError extends Error {
	override readonly name = 'ImburseTokenError';

	constructor(
		readonly problem: TokenProblem,
		message: string,
		readonly correlationId: string | null = null,
		/**
		 * Status of the response to the token call; null if there was none. Not named `status`: n8n
		 * takes an error with that for one of HTTP, and shows its own text.
		 */
		readonly httpStatus: number | null = null,
		/** The response, if it asked for fewer calls (429), with what it said of when to call again. */
		readonly tooManyCalls: PaceAnswer | null = null,
	) {
		super(message);
	}
}

/** The token error in an error, or in what n8n has wrapped it in. */
export function findTokenError(error: unknown): TokenError | undefined {
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		if (inner instanceof TokenError) return inner;
	}
	return undefined;
}
