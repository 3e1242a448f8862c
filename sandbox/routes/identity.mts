import { apiError } from '../apiError.mts';
import type { ApiRequest, Route } from '../route.mts';
import type { Sandbox } from '../sandbox.mts';
import { epochMilliseconds, expectedSignature, parseHmacToken } from '../hmacToken.mts';

/** Older (API reference 3.3, documented) or newer (inferred) requests are refused. */
const toleranceMs = 5 * 60 * 1000;

/**
 * The token call: an HMAC token in, an access token out (API reference 3.1 to 3.4, observed). The
 * paths are those of all three generations (API reference 3.2). Any error in the signature answers
 * 401, "no valid API key" (API reference 6, documented), always with the same code (inferred): the
 * request log has the reason. An unreadable header answers 400, the only error that the v2 page lists
 * (API reference 3.2).
 */
const issueToken: Route = {
	name: 'issueToken',
	method: 'POST',
	paths: [
		'/v1/identity/hmac',
		'/v2/identity/hmac',
		'/identity/v1/hmac/management',
		'/identity/v1/hmac/collect',
		'/identity/v1/hmac/payout',
	],
	area: 'authentication',
	permission: null,
	handle(request, sandbox) {
		verify(request, sandbox);
		return { status: 201, body: sandbox.tokens.issue() };
	},
};

function verify(request: ApiRequest, { options, clock, nonces }: Sandbox): void {
	if (!request.headers.authorization) throw unauthorized('no Authorization header');
	const token = parseHmacToken(request.headers.authorization);
	const sentAt = token && epochMilliseconds(token.epoch);
	if (!token || sentAt === null) throw apiError(400, 'HMAC_TOKEN_FORMAT_NOT_RECOGNISED');

	if (token.publicKey !== options.publicKey) throw unauthorized('unknown public key');
	if (token.signature !== expectedSignature(token, request.body, options.privateKey)) {
		throw unauthorized('wrong signature');
	}
	const age = clock() - sentAt;
	if (age > toleranceMs) throw unauthorized('older than five minutes');
	if (age < -toleranceMs) throw unauthorized('more than five minutes ahead');
	if (!nonces.add(token.publicKey, token.nonce)) throw unauthorized('nonce used before');
}

function unauthorized(reason: string) {
	return apiError(401, 'HMAC_TOKEN_NOT_RECOGNISED', reason);
}

export const identityRoutes: readonly Route[] = [issueToken];
