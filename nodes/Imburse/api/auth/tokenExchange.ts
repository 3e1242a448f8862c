import { randomBytes } from 'node:crypto';

import { asJsonObject } from '../../validation/jsonObject';
import { parseResponseBody } from '../responseBody';
import type { ImburseCredential } from '../credential';
import { validateCredential } from '../validateCredential';
import { isHeldBack, parseErrorBody } from '../errors/errorBody';
import { hmacToken } from './hmac';
import { statusMeaning } from '../errors/statusTable';
import { TokenError, type PaceAnswer, type TokenProblem } from '../errors/tokenError';
import { renewalTime } from './tokenLifetime';
import { writeStoredToken } from './storedToken';
import { parseNetworkError, type NetworkErrorKind } from '../errors/networkError';
import type { SendHttp, HttpResponse, HttpRequest } from '../http';
import { describeError } from '../../validation/result';

/** Requests older than this are refused (API reference 3.3, documented). */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Fetches a new access token: `POST {base}{token path}` with the HMAC of the keys and no body
 * (API reference 3.1 and 3.2, documented and observed; 201 with `accessToken` and `expires`).
 *
 * @returns the text to store in the credential (`storedToken.ts`)
 * @throws {TokenError} with a message that says what to mend
 */
export async function exchangeToken(
	credential: ImburseCredential,
	send: SendHttp,
): Promise<string> {
	const baseUrl = usableBaseUrl(credential);
	const response = await sendOrThrow(tokenRequest(credential, baseUrl), send);
	const now = Date.now();
	const serverNow = serverTime(response) ?? now;
	const { accessToken, expires } = readToken(response, now - serverNow, baseUrl);
	const renewAt = renewalTime(expires, accessToken, now, serverNow);
	return writeStoredToken({ token: accessToken, renewAt }, baseUrl, credential);
}

/**
 * The Authorization header of a token call, signed for this moment and for one use.
 *
 * @throws {TokenError} for keys that cannot be right: nothing is signed with them
 */
export function hmacAuthorization(credential: ImburseCredential): string {
	usableBaseUrl(credential);
	return signedNow(credential);
}

function signedNow(credential: ImburseCredential): string {
	const token = hmacToken({
		publicKey: credential.publicKey,
		privateKey: credential.privateKey,
		nonce: randomBytes(16).toString('hex'),
		epoch: String(Math.floor(Date.now() / 1000)),
	});
	return `${credential.authorizationScheme} ${token}`;
}

function usableBaseUrl(credential: ImburseCredential): string {
	const checked = validateCredential(credential);
	if (checked.ok) return checked.value;
	const reasons = checked.errors.map(describeError);
	throw new TokenError('credential', `The Imburse credential cannot be used. ${reasons.join(' ')}`);
}

function tokenRequest(credential: ImburseCredential, baseUrl: string): HttpRequest {
	return {
		method: 'POST',
		url: `${baseUrl}${credential.tokenPath}`,
		headers: { Authorization: signedNow(credential) },
	};
}

/**
 * Sends a request.
 *
 * @throws {TokenError} that says why no response came
 */
export async function sendOrThrow(request: HttpRequest, send: SendHttp): Promise<HttpResponse> {
	try {
		return await send(request);
	} catch (error) {
		throw unreachable(parseNetworkError(error).kind, new URL(request.url).host);
	}
}

const UNREACHABLE: Readonly<Record<NetworkErrorKind, string>> = {
	dns: 'its name is not known on this network',
	connectionRefused: 'it refused the connection',
	tls: 'no secure (TLS) connection could be made, perhaps because its certificate is not trusted',
	timeout: 'it did not answer in time',
	cancelled: 'the call was stopped',
	tooLarge: "its answer was too long to be one of Imburse's",
	lost: 'the connection was lost',
};

/** Without the network's code: n8n puts a text of its own in the place of a message with one. */
function unreachable(kind: NetworkErrorKind, host: string): TokenError {
	return new TokenError(
		'unreachable',
		`Imburse cannot be reached at ${host}: ${UNREACHABLE[kind]}. Check the Environment and the Base URL of the credential, and whether this n8n may reach that host.`,
	);
}

interface TokenBody {
	accessToken: string;
	expires: unknown;
}

function readToken(response: HttpResponse, clockOffset: number, baseUrl: string): TokenBody {
	const details = parseErrorBody(parseResponseBody(response.text), response.headers);
	if (response.status >= 200 && response.status < 300) {
		const token = tokenIn(response.text);
		if (token) return token;
		throw new TokenError('unavailable', noToken(baseUrl), details.correlationId, response.status);
	}
	const support = details.correlationId
		? ` For Imburse's support: correlation ID ${details.correlationId}.`
		: '';
	const quoted = ` Imburse answered ${response.status}, ${statusMeaning(response.status)}.${support}`;
	const [problem, words] =
		KEYS_UNSEEN.has(response.status) && isHeldBack(response.status, details)
			? heldBack(response, quoted)
			: refusal(response, clockOffset, baseUrl, quoted);
	const tooManyCalls = tooManyCallsIn(response);
	throw new TokenError(problem, words, details.correlationId, response.status, tooManyCalls);
}

/** With no header but those that say when to call again. */
function tooManyCallsIn({ status, headers }: HttpResponse): PaceAnswer | null {
	if (status !== TOO_MANY_REQUESTS) return null;
	const kept = Object.entries(headers).filter(([name]) => WAIT_HEADERS.has(name));
	return { status, headers: Object.fromEntries(kept) };
}

/** As `retryAfter` reads them. */
const WAIT_HEADERS: ReadonlySet<string> = new Set(['retry-after', 'date']);

function tokenIn(text: string): TokenBody | undefined {
	const body = parseResponseBody(text);
	if (body.kind !== 'json') return undefined;
	const { accessToken, expires } = asJsonObject(body.value);
	if (typeof accessToken !== 'string' || accessToken === '') return undefined;
	return { accessToken, expires };
}

function noToken(baseUrl: string): string {
	return `${new URL(baseUrl).host} answered, but not as Imburse does: the answer holds no access token. A login page or a proxy may stand in between. Check the Environment, the Base URL and the Token Path of the credential.`;
}

/** With these the gateway in front of Imburse has looked at the call, and nobody at the keys. */
const KEYS_UNSEEN: ReadonlySet<number> = new Set([400, 403, 405, 410, 413, 414, 415]);

/** API reference 6, shape D, inferred. */
function heldBack({ status }: HttpResponse, quoted: string): [TokenProblem, string] {
	return [
		'unavailable',
		`Imburse's gateway turned the call for an access token away (status ${status}) before Imburse saw the keys, which may be right. Check the Base URL and the Token Path of the credential, and ask Imburse whether this n8n's address may call it.${quoted}`,
	];
}

function refusal(
	{ status }: HttpResponse,
	clockOffset: number,
	baseUrl: string,
	quoted: string,
): [TokenProblem, string] {
	if (status === 400 || status === 401 || status === 403) {
		if (Math.abs(clockOffset) > CLOCK_TOLERANCE_MS) {
			return ['clock', `${clockWords(clockOffset)}${quoted}`];
		}
		return [
			'keys',
			`Imburse refused the keys (status ${status}): it does not know them at ${new URL(baseUrl).host}, they were revoked, or they belong to the other environment. Check the Environment of the credential, then the Public Key and the Private Key, which must come from the same key pair.${quoted}`,
		];
	}
	if (status === 404 || (status >= 300 && status < 400)) {
		return [
			'unavailable',
			`There is no token call at ${new URL(baseUrl).host} under the Token Path of the credential (status ${status}). Check the Base URL and the Token Path; the usual one is /v1/identity/hmac.${quoted}`,
		];
	}
	const why = status === TOO_MANY_REQUESTS ? `, ${TOO_MANY_CALLS}` : '';
	return [
		'unavailable',
		`Imburse gave out no access token (status ${status})${why}. The keys may be right: try again later.${quoted}`,
	];
}

const TOO_MANY_REQUESTS = 429;
/** API reference 4.9, documented of the gateway. */
const TOO_MANY_CALLS =
	'because too many calls came at once: calls for a token count like all others, and so do those of other workflows from the same address';

function clockWords(offset: number): string {
	const minutes = Math.round(Math.abs(offset) / 60_000);
	const direction = offset > 0 ? 'ahead of' : 'behind';
	return `Imburse refused the request because the clock of this n8n is ${minutes} minutes ${direction} Imburse's; it takes five at the most. Set the clock of the machine that runs n8n.`;
}

function serverTime(response: HttpResponse): number | undefined {
	const time = Date.parse(response.headers.date ?? '');
	return Number.isNaN(time) ? undefined : time;
}
