import { TokenError } from './tokenExchange';

/** n8n wraps what the credential throws; the reason why there is no token lies inside. */
export function tokenErrorIn(error: unknown): TokenError | undefined {
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		if (inner instanceof TokenError) return inner;
	}
	return undefined;
}
