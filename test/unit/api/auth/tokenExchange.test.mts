import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AxiosError } from 'axios';
import type { ImburseCredential } from '../../../../nodes/Imburse/api/credential.ts';
import { BODY_TOO_LARGE } from '../../../../nodes/Imburse/api/bodyText.ts';
import { hmacToken } from '../../../../nodes/Imburse/api/auth/hmac.ts';
import { readStoredToken } from '../../../../nodes/Imburse/api/auth/storedToken.ts';
import { TokenError } from '../../../../nodes/Imburse/api/errors/tokenError.ts';
import { exchangeToken } from '../../../../nodes/Imburse/api/auth/tokenExchange.ts';
import type { HttpResponse } from '../../../../nodes/Imburse/api/http.ts';
import {
	answer,
	credential,
	errorAnswer,
	PRIVATE_KEY,
	PUBLIC_KEY,
	SANDBOX_URL,
	wire,
} from '../fixtures.mts';

const NOW = Date.UTC(2026, 5, 1, 12);
const MINUTE = 60_000;

beforeEach(() => {
	jest.useFakeTimers({ now: NOW });
});

afterEach(() => {
	jest.useRealTimers();
});

function dated(offset: number): Record<string, string> {
	return { date: new Date(NOW + offset).toUTCString() };
}

async function failure(
	reply: HttpResponse | Error,
	who: ImburseCredential = credential(),
): Promise<TokenError> {
	const error: unknown = await exchangeToken(who, wire(reply).send).catch((e: unknown) => e);
	if (!(error instanceof TokenError)) throw new Error(`no TokenError: ${String(error)}`);
	return error;
}

describe('the token call', () => {
	it('posts the signed keys, and nothing else', async () => {
		const { send, sent } = wire(answer(201, { accessToken: 'T', expires: NOW / 1000 + 3600 }));
		await exchangeToken(credential(), send);
		expect(sent).toHaveLength(1);
		const [request] = sent;
		expect(request).toEqual({
			method: 'POST',
			url: `${SANDBOX_URL}/v1/identity/hmac`,
			headers: { Authorization: expect.any(String) as unknown },
		});
		const [, nonce = '', epoch = ''] = request?.headers.Authorization?.split(':') ?? [];
		expect(epoch).toBe(String(NOW / 1000));
		const token = hmacToken({ publicKey: PUBLIC_KEY, privateKey: PRIVATE_KEY, nonce, epoch });
		expect(request?.headers.Authorization).toBe(`Hmac ${token}`);
	});

	it.each([200, 201])('stores what a %d brings, until it has to be renewed', async (status) => {
		const reply = answer(status, { accessToken: 'T.1.2', expires: NOW / 1000 + 3600 });
		const text = await exchangeToken(credential(), wire(reply).send);
		expect(readStoredToken(text, SANDBOX_URL, credential())).toEqual({
			token: 'T.1.2',
			renewAt: NOW + 59 * MINUTE,
		});
	});

	it("counts by Imburse's clock", async () => {
		const reply = answer(
			201,
			{ accessToken: 'T', expires: (NOW + 4 * MINUTE) / 1000 + 3600 },
			dated(4 * MINUTE),
		);
		const text = await exchangeToken(credential(), wire(reply).send);
		expect(readStoredToken(text, SANDBOX_URL, credential())?.renewAt).toBe(NOW + 59 * MINUTE);
	});

	it.each([undefined, 'soon', ''])('takes a date header of %j for none', async (date) => {
		const headers = date === undefined ? undefined : { date };
		const reply = answer(201, { accessToken: 'T', expires: NOW / 1000 + 3600 }, headers);
		const text = await exchangeToken(credential(), wire(reply).send);
		expect(readStoredToken(text, SANDBOX_URL, credential())?.renewAt).toBe(NOW + 59 * MINUTE);
	});
});

describe('a credential that cannot be used', () => {
	it('is named with its fields, and nothing is sent', async () => {
		const { send, sent } = wire(answer(201));
		const who = credential({ privateKey: 'no base64!', publicKey: '' });
		const error: unknown = await exchangeToken(who, send).catch((e: unknown) => e);
		expect(error).toMatchObject({ problem: 'credential' });
		expect((error as Error).message).toMatch(/Public Key: .*Private Key: /);
		expect(sent).toEqual([]);
	});
});

describe('refused keys', () => {
	it.each([400, 401, 403])('are named on %d, with what to check', async (status) => {
		const error = await failure(errorAnswer(status, ['HMAC']));
		expect(error.problem).toBe('keys');
		expect(error.message).toContain(`status ${status}`);
		expect(error.message).toMatch(/Environment.*Public Key.*Private Key/);
		expect(error.message).toContain('sandbox-api.imbursepayments.com');
		expect(error.correlationId).toBe('0HLPSRAQ7S0I6:00000002');
		expect(error.message).toContain('0HLPSRAQ7S0I6:00000002');
	});

	it.each([-4, 4])('are refused keys with a clock that is %d minutes off', async (minutes) => {
		const error = await failure(errorAnswer(401, ['X'], dated(minutes * MINUTE)));
		expect(error.problem).toBe('keys');
	});
});

describe('a clock that is off', () => {
	it.each([
		[-8, 'is 8 minutes ahead of'],
		[12, 'is 12 minutes behind'],
	])('by %d minutes is named instead of the keys', async (minutes, words) => {
		for (const status of [400, 401, 403]) {
			const error = await failure(errorAnswer(status, ['X'], dated(minutes * MINUTE)));
			expect(error.problem).toBe('clock');
			expect(error.message).toContain(words);
			expect(error.message).toContain('Set the clock of the machine that runs n8n');
		}
	});

	it.each([302, 404, 429, 500, 503])('is not blamed for %d', async (status) => {
		const error = await failure(answer(status, '', dated(20 * MINUTE)));
		expect(error.problem).toBe('unavailable');
	});
});

describe('a wrong address', () => {
	it.each([404, 301, 302, 307])('is named on %d', async (status) => {
		const error = await failure(answer(status));
		expect(error.problem).toBe('unavailable');
		expect(error.message).toMatch(/Base URL.*Token Path.*\/v1\/identity\/hmac/);
	});

	it.each([
		['a login page', 200, '<html><body>Sign in</body></html>'],
		['a login page with 201', 201, '<html>'],
		['an empty answer', 201, ''],
		['204', 204, ''],
		['another JSON', 200, '{"status":"ok"}'],
		['a list', 200, '[{"accessToken":"T"}]'],
		['null', 200, 'null'],
		['an empty token', 201, '{"accessToken":""}'],
		['a token that is no text', 201, '{"accessToken":{"a":1}}'],
		['a token that breaks off', 201, '{"accessToken":"ab'],
	])('is suspected behind %s', async (_what, status, body) => {
		const error = await failure(answer(status, body));
		expect(error.problem).toBe('unavailable');
		expect(error.message).toContain('holds no access token');
	});
});

describe('an Imburse in trouble', () => {
	it.each([402, 409, 429, 500, 502, 503, 504])(
		'is named on %d, the keys are not',
		async (status) => {
			const error = await failure(answer(status));
			expect(error.problem).toBe('unavailable');
			expect(error.message).toContain(`status ${status}`);
			expect(error.message).toContain('try again later');
		},
	);
});

describe('a gateway in front of Imburse', () => {
	const problem = (status: number) => answer(status, { title: 'No', trace: { requestId: 'R' } });

	it.each([400, 403, 405, 410, 415])('is not taken for a word on the keys: %d', async (status) => {
		const error = await failure(problem(status));
		expect(error).toMatchObject({ problem: 'unavailable', httpStatus: status, correlationId: 'R' });
		expect(error.message).toMatch(/gateway turned the call .* before Imburse saw the keys/);
	});

	it('that does not know them says so', async () => {
		expect(await failure(problem(401))).toMatchObject({ problem: 'keys' });
	});

	it('counts the calls for a token, too', async () => {
		const error = await failure(answer(429));
		expect(error.message).toContain('calls for a token count like all others');
		expect((await failure(answer(503))).message).not.toContain('calls for a token count');
	});
});

describe('a host that cannot be reached', () => {
	it.each([
		['ENOTFOUND', 'its name is not known'],
		['ECONNREFUSED', 'it refused the connection'],
		['ETIMEDOUT', 'it did not answer in time'],
		['CERT_HAS_EXPIRED', 'certificate'],
		['ERR_CANCELED', 'the call was stopped'],
		['ECONNRESET', 'the connection was lost'],
	])('is named with the reason: %s', async (code, words) => {
		const error = await failure(new AxiosError('failed', code));
		expect(error.problem).toBe('unreachable');
		expect(error.message).toContain(words);
		expect(error.message).toContain('sandbox-api.imbursepayments.com');
		expect(error.message).toContain('Base URL');
		expect(error.message).not.toMatch(/\bE[A-Z]{4,}/);
	});
});

describe('every failure', () => {
	const replies: Array<HttpResponse | Error> = [
		...[200, 302, 400, 401, 404, 500].map((status) => answer(status, '<html>')),
		errorAnswer(401, ['X'], dated(20 * MINUTE)),
		new AxiosError('failed', 'ECONNRESET'),
	];

	it('holds neither key nor signature, in its message or elsewhere', async () => {
		for (const reply of replies) {
			const { send, sent } = wire(reply);
			const error: unknown = await exchangeToken(credential(), send).catch((e: unknown) => e);
			const all = JSON.stringify(error, Object.getOwnPropertyNames(error));
			const signature = sent[0]?.headers.Authorization?.split(':').at(-1) ?? '-';
			for (const secret of [PRIVATE_KEY, signature]) expect(all).not.toContain(secret);
			expect((error as Error).cause).toBeUndefined();
		}
	});

	it('looks like no HTTP error, for which n8n would call again', async () => {
		for (const reply of replies) {
			const error = await failure(reply);
			expect(error).not.toHaveProperty('response');
			expect(error).not.toHaveProperty('code');
		}
	});
});

describe('the words of a failure', () => {
	const HOST = 'sandbox-api.imbursepayments.com';

	it.each<[string, HttpResponse, string]>([
		[
			'refused keys',
			errorAnswer(401, ['HMAC']),
			`Imburse refused the keys (status 401): it does not know them at ${HOST}, they were revoked, or they belong to the other environment. Check the Environment of the credential, then the Public Key and the Private Key, which must come from the same key pair. Imburse answered 401, Unauthorized: no valid API key provided. For Imburse's support: correlation ID 0HLPSRAQ7S0I6:00000002.`,
		],
		[
			'a clock that is off',
			errorAnswer(401, ['X'], dated(-8 * MINUTE)),
			"Imburse refused the request because the clock of this n8n is 8 minutes ahead of Imburse's; it takes five at the most. Set the clock of the machine that runs n8n. Imburse answered 401,",
		],
		[
			'a path that is not there',
			answer(404),
			`There is no token call at ${HOST} under the Token Path of the credential (status 404). Check the Base URL and the Token Path; the usual one is /v1/identity/hmac. Imburse answered 404,`,
		],
		[
			'a page that is none of Imburse',
			answer(200, '<html>'),
			`${HOST} answered, but not as Imburse does: the answer holds no access token. A login page or a proxy may stand in between. Check the Environment, the Base URL and the Token Path of the credential.`,
		],
		[
			'too many calls',
			answer(429),
			'Imburse gave out no access token (status 429), because too many calls came at once: calls for a token count like all others, and so do those of other workflows from the same address. The keys may be right: try again later. Imburse answered 429,',
		],
		[
			'an outage',
			answer(503),
			'Imburse gave out no access token (status 503). The keys may be right: try again later. Imburse answered 503,',
		],
		[
			'a gateway in front',
			answer(403, { title: 'No', trace: { requestId: 'R' } }),
			"Imburse's gateway turned the call for an access token away (status 403) before Imburse saw the keys, which may be right. Check the Base URL and the Token Path of the credential, and ask Imburse whether this n8n's address may call it. Imburse answered 403,",
		],
	])('say of %s what is wrong and what to do', async (_, reply, words) => {
		expect((await failure(reply)).message).toContain(words);
	});

	it.each([
		['ENOTFOUND', 'its name is not known on this network'],
		[
			'CERT_HAS_EXPIRED',
			'no secure (TLS) connection could be made, perhaps because its certificate is not trusted',
		],
		[BODY_TOO_LARGE, "its answer was too long to be one of Imburse's"],
	])('say of %s why the host cannot be reached', async (code, reason) => {
		expect((await failure(new AxiosError('failed', code))).message).toBe(
			`Imburse cannot be reached at ${HOST}: ${reason}. Check the Environment and the Base URL of the credential, and whether this n8n may reach that host.`,
		);
	});
});
