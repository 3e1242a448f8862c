import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import {
	authenticateRequest,
	ExpiredTokenError,
} from '../../../../nodes/Imburse/api/auth/authenticateRequest.ts';
import type { ImburseCredential } from '../../../../nodes/Imburse/api/credential.ts';
import { writeStoredToken } from '../../../../nodes/Imburse/api/auth/storedToken.ts';
import {
	ACCOUNT_ID,
	credential,
	PRIVATE_KEY,
	PUBLIC_KEY,
	SANDBOX_URL,
	TENANT_ID,
} from '../fixtures.mts';

const TOKEN = 'access.token.of-sandbox';
const HOUR = 3_600_000;

/** With a stored token that works for an hour, or for as long as is said. */
function signedIn(fields: Partial<ImburseCredential> = {}, baseUrl = SANDBOX_URL, life = HOUR) {
	const owner = credential(fields);
	const stored = { token: TOKEN, renewAt: Date.now() + life };
	return { ...owner, accessToken: writeStoredToken(stored, baseUrl, owner) };
}

function headersOf(options: IHttpRequestOptions, who = signedIn()): unknown {
	return authenticateRequest(options, who).headers;
}

const BEARER = {
	authorization: `Bearer ${TOKEN}`,
	'x-account-id': ACCOUNT_ID,
	'x-tenant-id': TENANT_ID,
};

describe('a request to Imburse', () => {
	it('gets the token, the account and the tenant', () => {
		expect(headersOf({ url: `${SANDBOX_URL}/v1/order-management` })).toEqual(BEARER);
	});

	it('gets no tenant from a key of the account itself', () => {
		const headers = headersOf({ url: `${SANDBOX_URL}/v1/account` }, signedIn({ tenantId: '' }));
		expect(headers).toEqual({ authorization: BEARER.authorization, 'x-account-id': ACCOUNT_ID });
	});

	it('is joined with the base URL that it names apart, with one slash', () => {
		for (const baseURL of [SANDBOX_URL, `${SANDBOX_URL}/`, `${SANDBOX_URL}//`]) {
			for (const url of ['v1/identity/hmac', '/v1/identity/hmac']) {
				const { authorization } = authenticateRequest({ baseURL, url }, signedIn()).headers ?? {};
				expect(authorization).toMatch(/^Hmac /);
			}
		}
	});

	it('says where it leads when that is nowhere', () => {
		expect(() => authenticateRequest({ url: 'nowhere' }, signedIn())).toThrow(
			/^The Imburse credential sends its token to .* only, and this request goes to an invalid address\./,
		);
	});

	it('is changed in nothing but its headers and its redirects', () => {
		const options: IHttpRequestOptions = {
			url: `${SANDBOX_URL}/v1/order-management`,
			method: 'POST',
			body: '{"orderRef":"A"}',
			qs: { a: 1 },
			timeout: 5,
			headers: { 'Content-Type': 'application/json' },
		};
		const before = structuredClone(options);
		const { headers, ...rest } = authenticateRequest(options, signedIn());
		expect(headers).toEqual({ ...BEARER, 'Content-Type': 'application/json' });
		expect({ ...rest, headers: before.headers }).toEqual({
			...before,
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
		});
		expect(options).toEqual(before);
	});

	it('ends with the exchange that it belongs to, which n8n forgets over the run', () => {
		const exchangeSignal = new AbortController().signal;
		const options = {
			url: `${SANDBOX_URL}/v1/tenant`,
			exchangeSignal,
			abortSignal: new AbortController().signal,
		};
		expect(authenticateRequest(options, signedIn()).abortSignal).toBe(exchangeSignal);
	});

	it.each([
		['url', { url: `${SANDBOX_URL}/v1/tenant` }],
		['uri, as the HTTP Request node has it', { uri: `${SANDBOX_URL}/v1/tenant` }],
		['baseURL and url', { baseURL: SANDBOX_URL, url: '/v1/tenant' }],
		['baseURL with a slash too many', { baseURL: `${SANDBOX_URL}/`, url: '/v1/tenant' }],
		['baseURL and url with a slash too few', { baseURL: SANDBOX_URL, url: 'v1/tenant' }],
		['baseURL alone', { baseURL: SANDBOX_URL, url: '' }],
		['a query', { url: `${SANDBOX_URL}/v1/catalog/search?appId=A@evil.example` }],
		['capitals in the host', { url: 'https://SANDBOX-API.imbursepayments.com/v1/tenant' }],
		['the port that https has anyway', { url: `${SANDBOX_URL}:443/v1/tenant` }],
	])('is known by its %s', (_what, address) => {
		expect(headersOf(address as IHttpRequestOptions)).toEqual(BEARER);
	});

	const NOT_CHECKED =
		'The Imburse credential sends no keys to a host whose certificate is not checked. Switch off the option Ignore SSL Issues, and leave out the CA of SSL Certificates; a CA of your own is set where n8n runs.';
	const unsafe = (settings: object) => () =>
		authenticateRequest({ url: `${SANDBOX_URL}/v1/tenant`, ...settings }, signedIn());

	it.each([
		['a text', 'http://proxy.example:3128'],
		['an object', { host: 'proxy.example', port: 3128 }],
	])('gets nothing through a proxy of its own, given as %s', (_what, proxy) => {
		expect(unsafe({ proxy })).toThrow(
			'The Imburse credential sends no keys through a proxy that a node names. Remove the option Proxy; a proxy for all of n8n is set where n8n runs.',
		);
	});

	it.each([{ skipSslCertificateValidation: true }, { rejectUnauthorized: false }])(
		'gets nothing where no certificate is checked: %j',
		(settings) => {
			expect(unsafe(settings)).toThrow(NOT_CHECKED);
		},
	);

	it.each([{ ca: 'PEM' }, { ca: 'PEM', cert: 'PEM', key: 'PEM' }, { rejectUnauthorized: false }])(
		'gets nothing where the node says who may vouch for the host: agentOptions %j',
		(agentOptions) => {
			expect(unsafe({ agentOptions })).toThrow(NOT_CHECKED);
		},
	);

	it.each([['Host'], ['host'], ['HOST']])(
		'gets nothing under the name of another host, to which a shared gateway would hand it on: %s',
		(name) => {
			const headers = { [name]: 'evil.example' };
			expect(unsafe({ headers })).toThrow(
				'The Imburse credential sends no keys under the name of another host. Remove the header Host.',
			);
		},
	);

	it.each([
		{ headers: { Host: new URL(SANDBOX_URL).host.toUpperCase() } },
		{ agentOptions: { cert: 'PEM', key: 'PEM', passphrase: 'x' } },
		{ agentOptions: {} },
	])('is authorised with %j, which changes no host and no trust', (settings) => {
		expect(unsafe(settings)).not.toThrow();
	});

	it.each([{ proxy: '' }, { proxy: undefined }, { rejectUnauthorized: true }])(
		'is authorised with %j, which sets nothing',
		(settings) => {
			expect(unsafe(settings)).not.toThrow();
		},
	);

	it.each(['x-tenant-id', 'X-Tenant-Id', 'X-TENANT-ID'])(
		'may speak for another tenant with %s',
		(name) => {
			const options = { url: `${SANDBOX_URL}/v1/tenant`, headers: { [name]: 'other' } };
			expect(headersOf(options)).toEqual({ ...BEARER, 'x-tenant-id': 'other' });
		},
	);

	it.each(['authorization', 'Authorization', 'AUTHORIZATION'])(
		'never brings an authorisation of its own with %s',
		(name) => {
			const options = { url: `${SANDBOX_URL}/v1/tenant`, headers: { [name]: 'Basic abc' } };
			expect(headersOf(options)).toEqual(BEARER);
		},
	);

	it('leaves out a header that has no value', () => {
		const headers = { 'x-tenant-id': undefined, 'x-correlation-id': undefined };
		expect(headersOf({ url: `${SANDBOX_URL}/v1/tenant`, headers })).toEqual(BEARER);
	});
});

describe('the token call', () => {
	const url = `${SANDBOX_URL}/v1/identity/hmac`;

	it('is signed with the keys, whether a token is stored or not', () => {
		for (const who of [credential(), signedIn()]) {
			expect(headersOf({ url, method: 'POST' }, who)).toEqual({
				authorization: expect.stringMatching(
					new RegExp(`^Hmac ${PUBLIC_KEY}:[0-9a-f]{32}:\\d{10}:[A-Za-z0-9+/]{43}=$`),
				) as unknown,
			});
		}
	});

	it('has a nonce of its own each time', () => {
		const calls = Array.from({ length: 20 }, () => JSON.stringify(headersOf({ url })));
		expect(new Set(calls).size).toBe(20);
	});

	it('uses the path and the word of the credential', () => {
		const who = credential({ tokenPath: '/v2/identity/hmac', authorizationScheme: 'HMAC' });
		expect(headersOf({ url: `${SANDBOX_URL}/v2/identity/hmac` }, who)).toEqual({
			authorization: expect.stringMatching(/^HMAC /) as unknown,
		});
		expect(() => headersOf({ url }, who)).toThrow(ExpiredTokenError);
		expect(() => headersOf({ url }, who)).toThrow(
			'The stored Imburse access token has expired, or belongs to other keys.',
		);
	});

	it('is found below a base URL with a path', () => {
		const who = credential({ environment: 'custom', baseUrl: 'https://h.example/imburse/' });
		expect(headersOf({ url: 'https://h.example/imburse/v1/identity/hmac' }, who)).toEqual({
			authorization: expect.stringMatching(/^Hmac /) as unknown,
		});
	});
});

describe('without a token that works', () => {
	const url = `${SANDBOX_URL}/v1/tenant`;

	it.each([
		['there is none', credential()],
		['it has ended', signedIn({}, SANDBOX_URL, 0)],
		['it is of another base URL', signedIn({}, 'https://api.imbursepayments.com')],
		[
			'it is of another key',
			{ ...credential({ publicKey: 'x' }), accessToken: signedIn().accessToken },
		],
		['it is unreadable', credential({ accessToken: 'rubbish' })],
	])('asks n8n for one, as after a 401, when %s', (_why, who) => {
		const attempt = () => headersOf({ url }, who);
		expect(attempt).toThrow(ExpiredTokenError);
		expect(attempt).toThrow(expect.objectContaining({ response: { status: 401 } }));
	});
});

const FOREIGN = [
	'https://evil.example/v1/tenant',
	'https://sandbox-api.imbursepayments.com.evil.example/',
	'https://sandbox-api.imbursepayments.com@evil.example/',
	'https://sandbox-api.imbursepayments.com%40evil.example/',
	'https://sandbox-api.imbursepayments.com:443@evil.example/',
	'https://user:sandbox-api.imbursepayments.com@evil.example/',
	'https://evil.example/https://sandbox-api.imbursepayments.com/',
	'https://evil.example?https://sandbox-api.imbursepayments.com/',
	'https://evil.example#@sandbox-api.imbursepayments.com/',
	'https://evil.example\\@sandbox-api.imbursepayments.com/',
	'https://xsandbox-api.imbursepayments.com/',
	'https://sandbox-api.imbursepayments.com./',
	'https://sandbox-api.imbursepayments.co/',
	'https://sandbox-api.imbursepayments.com:8443/',
	'http://sandbox-api.imbursepayments.com/',
	'ftp://sandbox-api.imbursepayments.com/',
	'https://api.imbursepayments.com/',
	'https://api-sandbox.imbursepayments.com/',
	'//evil.example/v1/tenant',
	'//sandbox-api.imbursepayments.com/v1/tenant',
	'/v1/tenant',
	'sandbox-api.imbursepayments.com/v1/tenant',
	'',
];

describe('a request to anywhere else', () => {
	it.each(FOREIGN)('to %j gets nothing', (url) => {
		for (const who of [signedIn(), credential()]) {
			const attempt = () => headersOf({ url }, who);
			expect(attempt).toThrow(`sends its token to ${SANDBOX_URL} only`);
			expect(attempt).not.toThrow(ExpiredTokenError);
		}
	});

	it.each([
		['baseURL', { baseURL: 'https://evil.example', url: '/v1/tenant' }],
		['a whole url that wins over baseURL', { baseURL: SANDBOX_URL, url: 'https://evil.example/' }],
		['a url without a scheme that does, too', { baseURL: SANDBOX_URL, url: '//evil.example/' }],
		['uri', { uri: 'https://evil.example/v1/tenant' }],
		['url, though uri is ours', { url: 'https://evil.example/', uri: SANDBOX_URL }],
	])('gets nothing: %s', (_what, address) => {
		expect(() => headersOf(address as IHttpRequestOptions)).toThrow(
			/^The Imburse credential sends its token to \S+ only, and this request goes to .+\. Change the URL, or choose another credential\.$/,
		);
	});

	it.each([
		'https://h.example/other/v1/tenant',
		'https://h.example/imburse-other/v1/tenant',
		'https://h.example/imburse/../other',
		'https://h.example/imburse/%2e%2e/other',
		'https://h.example/imburse/./../other',
		'https://h.example/',
	])('gets nothing beside the path of the base URL: %s', (url) => {
		const baseUrl = 'https://h.example/imburse';
		const who = signedIn({ environment: 'custom', baseUrl }, baseUrl);
		expect(() => headersOf({ url }, who)).toThrow('sends its token to');
		expect(headersOf({ url: `${baseUrl}/v1/tenant` }, who)).toMatchObject(BEARER);
	});

	it('hears neither keys nor tokens in the refusal', () => {
		const attempt = () => headersOf({ url: 'https://evil.example/?a=secret' });
		for (const secret of [PRIVATE_KEY, TOKEN, 'secret']) {
			expect(attempt).not.toThrow(secret);
		}
	});

	it('gets nothing, whatever the address looks like', () => {
		const part = fc.constantFrom(
			'https://',
			'http://',
			'//',
			'/',
			'\\',
			'@',
			':',
			'.',
			'#',
			'?',
			'%2f',
			'%40',
			'\t',
			' ',
			'sandbox-api.imbursepayments.com',
			'evil.example',
			'user',
			'443',
			'v1',
		);
		const address = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
		fc.assert(
			fc.property(address, (url) => {
				const isOurs =
					URL.canParse(url) && new URL(url).origin === 'https://sandbox-api.imbursepayments.com';
				if (isOurs) expect(headersOf({ url })).toEqual(BEARER);
				else expect(() => headersOf({ url })).toThrow('sends its token to');
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('a credential whose base URL is no web address', () => {
	it('sends nothing anywhere', () => {
		const who = credential({ environment: 'custom', baseUrl: 'nowhere' });
		expect(() => headersOf({ url: 'https://evil.example' }, who)).toThrow('is not a web address');
	});
});
