import { bearerHeaders } from './authenticateRequest';
import type { ImburseCredential } from '../credential';
import { baseUrlOf } from '../environment';
import { isFresh, readStoredToken, type StoredToken } from './storedToken';
import { exchangeToken, sendOrThrow } from './tokenExchange';
import type { SendHttp } from '../http';

/**
 * A new access token in its stored form, or undefined to keep the stored one.
 *
 * n8n asks for a token after a 401, but its HTTP Request node does so after any failure, and
 * sends its request again when it gets one. Only Imburse can tell the two apart, so a stored token
 * is tried out on a read. One that has ended meanwhile says nothing of why the request failed, so
 * it is kept, and the failure stands: the next request finds that it has ended, and empties the
 * field before it asks here.
 *
 * @throws {TokenError} when no token can be had, or when Imburse cannot be reached
 */
export async function renewToken(
	credential: ImburseCredential,
	send: SendHttp,
): Promise<string | undefined> {
	const own = ownToken(credential);
	if (own) {
		const hasEnded = !isFresh(own.stored, Date.now());
		if (hasEnded || !(await isRefused(own, credential, send))) return undefined;
	}
	return await exchangeToken(credential, send);
}

/**
 * As `renewToken`, for a credential that the user may save while Imburse is asked. n8n 1.x stores all
 * of it with the new token, as the run has read it: what was saved meanwhile would be lost.
 *
 * @param reload brings the credential up to date
 */
export async function renewSavedToken(
	credential: ImburseCredential,
	reload: () => Promise<ImburseCredential>,
	send: SendHttp,
): Promise<string | undefined> {
	const accessToken = await renewToken(credential, send);
	if (accessToken === undefined) return undefined;
	const saved = await reload();
	const isOwn = ownToken({ ...saved, accessToken }) !== undefined;
	return isOwn ? accessToken : await renewToken(saved, send);
}

/** Whether Imburse refuses the stored token although it has not ended by the clock. */
export async function isTokenRefused(
	credential: ImburseCredential,
	send: SendHttp,
): Promise<boolean> {
	const own = ownToken(credential);
	return own !== undefined && (await isRefused(own, credential, send));
}

interface OwnToken {
	stored: StoredToken;
	baseUrl: string;
}

/** The stored token, where there is one that belongs to the credential as it is now. */
function ownToken(credential: ImburseCredential): OwnToken | undefined {
	const baseUrl = baseUrlOf(credential);
	if (!baseUrl.ok) return undefined;
	const stored = readStoredToken(credential.accessToken, baseUrl.value, credential);
	return stored && { stored, baseUrl: baseUrl.value };
}

/** `GET /v1/tenant` (API reference 4.7, documented): reads little and changes nothing. */
async function isRefused(
	{ stored, baseUrl }: OwnToken,
	credential: ImburseCredential,
	send: SendHttp,
): Promise<boolean> {
	const headers = bearerHeaders(stored, credential);
	const { status } = await sendOrThrow(
		{ method: 'GET', url: `${baseUrl}/v1/tenant`, headers },
		send,
	);
	return status === 401;
}
