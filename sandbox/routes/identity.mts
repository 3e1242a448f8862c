import { refusal } from '../failures.mts';
import type { Call, Route } from '../route.mts';
import type { Sandbox } from '../sandbox.mts';
import { epochMilliseconds, expectedSignature, readHmacToken } from '../signature.mts';

/** Older (API reference 3.3, documented) or newer (inferred) requests are refused. */
const windowMilliseconds = 5 * 60 * 1000;

/**
 * The token call: an HMAC token in, an access token out (API reference 3.1 to 3.4, observed). The
 * paths are those of all three generations (API reference 3.2). Any fault of the signature answers
 * 401, "no valid API key" (API reference 6, documented), with one code for all (inferred): the
 * journal has the reason. An unreadable header answers 400, the only refusal that the v2 page lists
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
	handle(call, sandbox) {
		verify(call, sandbox);
		return { status: 201, body: sandbox.tokens.issue() };
	},
};

function verify(call: Call, { options, clock, nonces }: Sandbox): void {
	if (!call.headers.authorization) throw refused('no Authorization header');
	const token = readHmacToken(call.headers.authorization);
	const sentAt = token && epochMilliseconds(token.epoch);
	if (!token || sentAt === null) throw refusal(400, 'HMAC_TOKEN_FORMAT_NOT_RECOGNISED');

	if (token.publicKey !== options.publicKey) throw refused('unknown public key');
	if (token.signature !== expectedSignature(token, call.body, options.privateKey)) {
		throw refused('wrong signature');
	}
	const age = clock() - sentAt;
	if (age > windowMilliseconds) throw refused('older than five minutes');
	if (age < -windowMilliseconds) throw refused('more than five minutes ahead');
	if (!nonces.take(token.publicKey, token.nonce)) throw refused('nonce used before');
}

function refused(reason: string) {
	return refusal(401, 'HMAC_TOKEN_NOT_RECOGNISED', reason);
}

export const identityRoutes: readonly Route[] = [issueToken];
