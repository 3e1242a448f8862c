import type { IHttpRequestOptions } from 'n8n-workflow';

import type { ImburseCredential } from '../credential';
import { baseUrlOf, isThisMachine } from '../environment';
import type { ExchangeOptions } from '../exchange';
import { parseUrl } from '../parseUrl';
import { isFresh, readStoredToken, type StoredToken } from './storedToken';
import { hmacAuthorization } from './tokenExchange';

/**
 * In lower case on purpose. After a redirect to another host n8n puts `Authorization` back; in
 * this spelling it leaves the header to the HTTP library, which drops it there.
 */
const AUTHORIZATION = 'authorization';

/**
 * Thrown when a request needs a token that is not there. n8n takes an error with this response
 * for a 401 and fetches a new token before it sends the request for the first time.
 */
export class ExpiredTokenError extends Error {
	override readonly name = 'ImburseExpiredTokenError';
	readonly response = { status: 401 };

	constructor() {
		super('The stored Imburse access token has expired, or belongs to other keys.');
	}
}

/** What n8n's HTTP Request node sets besides, under its own names. */
type RequestOptions = ExchangeOptions & {
	uri?: string;
	rejectUnauthorized?: boolean;
	/** Its SSL Certificates. */
	agentOptions?: object;
};

/** Every helper of n8n's has its own word for it. */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
};

/**
 * Adds the headers that authenticate a request, and follows no redirect with them: Imburse has none,
 * and account and tenant would go along to wherever it leads.
 *
 * @throws where keys or a token would pass through other hands
 */
export function authenticateRequest(
	options: RequestOptions,
	credential: ImburseCredential,
): IHttpRequestOptions {
	const target = targetOf(options);
	refuseOtherHands(options, target);
	const headers = authHeadersFor(target, credential);
	for (const [name, value] of Object.entries(options.headers ?? {})) {
		const known = Object.keys(headers).find((own) => own === name.toLowerCase());
		// What the request says itself wins, so that one run can speak for several tenants. Only
		// the authorisation is never taken from outside.
		if (known !== AUTHORIZATION && value !== undefined) headers[known ?? name] = String(value);
	}
	const abortSignal = options.exchangeSignal ?? options.abortSignal;
	return { ...options, ...NO_REDIRECTS, ...(abortSignal ? { abortSignal } : {}), headers };
}

/** A proxy of the request's own, one with a certificate of its own, or another host would read the keys. */
function refuseOtherHands(options: RequestOptions, target: string): void {
	if (options.proxy) {
		throw new Error(
			'The Imburse credential sends no keys through a proxy that a node names. Remove the option Proxy; a proxy for all of n8n is set where n8n runs.',
		);
	}
	if (namesAnotherHost(options, target)) {
		throw new Error(
			'The Imburse credential sends no keys under the name of another host. Remove the header Host.',
		);
	}
	if (isUnchecked(options) && !isThisMachine(parseUrl(target)?.hostname ?? '')) {
		throw new Error(
			'The Imburse credential sends no keys to a host whose certificate is not checked. Switch off the option Ignore SSL Issues, and leave out the CA of SSL Certificates; a CA of your own is set where n8n runs.',
		);
	}
}

/** A gateway that serves many hosts hands a request on to the one that its Host header names. */
function namesAnotherHost({ headers = {} }: RequestOptions, target: string): boolean {
	const hosts = Object.entries(headers).filter(
		([name, value]) => name.toLowerCase() === 'host' && value !== undefined,
	);
	return hosts.some(([, host]) => String(host).toLowerCase() !== parseUrl(target)?.host);
}

/** What a certificate of the client's own needs. All else could say who vouches for the host. */
const CLIENT_CERTIFICATE: readonly string[] = ['cert', 'key', 'passphrase'];

function isUnchecked(options: RequestOptions): boolean {
	const { skipSslCertificateValidation, rejectUnauthorized, agentOptions = {} } = options;
	return (
		skipSslCertificateValidation === true ||
		rejectUnauthorized === false ||
		Object.keys(agentOptions).some((name) => !CLIENT_CERTIFICATE.includes(name))
	);
}

/** n8n's HTTP Request node names the address `uri`, its other helpers `url` and `baseURL`. */
function targetOf(options: RequestOptions): string {
	const { baseURL } = options;
	const address = options.url || options.uri || '';
	if (!baseURL || address.startsWith('//') || URL.canParse(address)) return address;
	return `${baseURL.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`;
}

/**
 * The headers that authorise a request to `url` (API reference 3.1 and 3.5, documented and
 * observed): HMAC for the token call, otherwise the access token with account and tenant.
 *
 * @throws when `url` is not under the credential's base URL: keys and tokens go nowhere else
 * @throws {ExpiredTokenError} when there is no token that still works
 */
export function authHeadersFor(url: string, credential: ImburseCredential): Record<string, string> {
	const baseUrl = baseUrlOf(credential);
	if (!baseUrl.ok) throw new Error(baseUrl.errors[0]?.reason);
	const target = parseUrl(url);
	if (!target || !isBelow(target, baseUrl.value)) throw foreignUrlError(target, baseUrl.value);
	if (isTokenCall(target, baseUrl.value, credential)) {
		return { [AUTHORIZATION]: hmacAuthorization(credential) };
	}
	const stored = readStoredToken(credential.accessToken, baseUrl.value, credential);
	if (!stored || !isFresh(stored, Date.now())) throw new ExpiredTokenError();
	return bearerHeaders(stored, credential);
}

/** API reference 3.5. The tenant header is left out only for keys of the account itself. */
export function bearerHeaders(
	stored: StoredToken,
	{ accountId, tenantId }: ImburseCredential,
): Record<string, string> {
	return {
		[AUTHORIZATION]: `Bearer ${stored.token}`,
		'x-account-id': accountId,
		...(tenantId === '' ? {} : { 'x-tenant-id': tenantId }),
	};
}

function isBelow(target: URL, baseUrl: string): boolean {
	const base = new URL(baseUrl);
	const path = base.pathname.replace(/\/$/, '');
	return target.origin === base.origin && `${target.pathname}/`.startsWith(`${path}/`);
}

function isTokenCall(target: URL, baseUrl: string, { tokenPath }: ImburseCredential): boolean {
	return `${target.origin}${target.pathname}` === `${baseUrl}${tokenPath}`;
}

function foreignUrlError(target: URL | undefined, baseUrl: string): Error {
	const origin = target?.origin ?? 'an invalid address';
	return new Error(
		`The Imburse credential sends its token to ${baseUrl} only, and this request goes to ${origin}. Change the URL, or choose another credential.`,
	);
}
