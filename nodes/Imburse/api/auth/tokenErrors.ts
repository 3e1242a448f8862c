import { TokenError } from './tokenExchange';

/** By the credential's data: why the last attempt to fetch a token for it failed. */
const lastErrors = new WeakMap<object, TokenError>();

/** For `tokenErrorIn`: n8n 1.x wraps what the credential throws without keeping it. */
export function noteTokenError(credentials: object, error: unknown): void {
	if (error instanceof TokenError) lastErrors.set(credentials, error);
}

/**
 * n8n wraps what the credential throws; the reason why there is no token lies inside.
 *
 * @param credentials the data that the call was authorised with. Only n8n 1.x needs it, whose
 * NodeApiError has no cause: what was noted for these data is then taken, once.
 */
export function tokenErrorIn(error: unknown, credentials?: object): TokenError | undefined {
	const noted = credentials && lastErrors.get(credentials);
	if (credentials) lastErrors.delete(credentials);
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		if (inner instanceof TokenError) return inner;
	}
	return noted;
}
