import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type RunningSandbox } from '../../sandbox/index.mts';
import { expectedSignature } from '../../sandbox/hmacToken.mts';
import {
	codesOf,
	freshToken,
	hmacToken,
	send,
	type HttpResponse,
	type HmacTokenParts,
} from './client.mts';

const keys = {
	publicKey: '11111111-2222-4333-8444-555555555555',
	privateKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
};

/** API reference 3.7. */
const vectors = [
	{
		title: 'TV1, no body and integer epoch',
		nonce: '0123456789abcdef0123456789abcdef',
		epoch: '1700000000',
		body: '',
		signature: 'sJGxHiMX6ykIOvy9SVHCCRc2EGBMnajzcrx3aqTLYKA=',
	},
	{
		title: 'TV2, with a body',
		nonce: 'nonceAlpha42',
		epoch: '1700000001',
		body: '{"orderRef":"ORDER-1"}',
		signature: 'iASJb1t73YNla8bJwlomE+tMvDzNBFi2zSwVToF7BYU=',
	},
	{
		title: 'TV3, fractional epoch',
		nonce: '0123456789abcdef0123456789abcdef',
		epoch: '1700000000.123',
		body: '',
		signature: 'jAQwpaaC0+YaqdiYy2Ejv45+BXRLZUP+5Lwbx4Ed9E0=',
	},
	{
		title: 'TV4, a body in UTF-8',
		nonce: 'n0nce',
		epoch: '1700000002',
		body: '{"name":"Zoë €"}',
		signature: 'ZHdbZHTTfPGYKTBpYLXDgMQlZBjsvnRNRbJKwvowxC0=',
	},
];

/** The results of a key that was not decoded (API reference 3.7). */
const wrongSignatures = [
	{ ...vectors[0], signature: 'IoISi+U1nxo5nG9yDuNwLLyzcx4nFAaOSnNaoQojoCo=' },
	{ ...vectors[1], signature: 's+qSb4Hj80MIknz3+Mh4lLijmMzfMCOrmGJe0yKKjEA=' },
];

const paths = [
	'/v1/identity/hmac',
	'/v1/identity/hmac/',
	'/v2/identity/hmac',
	'/identity/v1/hmac/management',
	'/identity/v1/hmac/collect',
	'/identity/v1/hmac/payout',
];

describe('the signature', () => {
	it.each(vectors)('is that of $title', ({ nonce, epoch, body, signature }) => {
		const token = { publicKey: keys.publicKey, nonce, epoch };
		expect(expectedSignature(token, Buffer.from(body), keys.privateKey)).toBe(signature);
	});
});

describe('the token call', () => {
	let sandbox: RunningSandbox;

	beforeEach(async () => {
		sandbox = await startSandbox();
	});
	afterEach(() => sandbox.stop());

	function signIn(token: string, path = '/v1/identity/hmac', body?: string): Promise<HttpResponse> {
		const headers = { Authorization: `Hmac ${token}` };
		return send(sandbox.url + path, 'POST', { body, headers });
	}

	/** Sets the sandbox's clock to an epoch in seconds; from there it goes on. */
	function setClock(epochSeconds: number): void {
		sandbox.options.clockOffsetSeconds = epochSeconds - Date.now() / 1000;
	}

	function expectRefused(reply: HttpResponse, reason: string): void {
		expect(reply.status).toBe(401);
		expect(codesOf(reply)).toEqual(['HMAC_TOKEN_NOT_RECOGNISED']);
		expect(sandbox.requests.at(-1)).toMatchObject({ status: 401, reason });
	}

	it.each(paths)('answers 201 with a token at %s', async (path) => {
		const reply = await signIn(freshToken(sandbox), path);
		expect(reply.status).toBe(201);
		expect(reply.body).toEqual({
			accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
			expires: expect.any(Number),
		});
	});

	it.each(vectors)('accepts $title', async ({ nonce, epoch, body, signature }) => {
		setClock(1_700_000_000);
		const token = `${keys.publicKey}:${nonce}:${epoch}:${signature}`;
		expect((await signIn(token, undefined, body)).status).toBe(201);
	});

	it.each(wrongSignatures)('refuses a key that was not decoded ($title)', async (vector) => {
		setClock(1_700_000_000);
		const token = `${keys.publicKey}:${vector.nonce}:${vector.epoch}:${vector.signature}`;
		expectRefused(await signIn(token, undefined, vector.body), 'wrong signature');
	});

	it.each(['Hmac', 'HMAC', 'hmac', 'hMaC'])('accepts the scheme %s', async (scheme) => {
		const headers = { AUTHORIZATION: `${scheme} ${freshToken(sandbox)}` };
		expect((await send(`${sandbox.url}/v1/identity/hmac`, 'POST', { headers })).status).toBe(201);
	});

	it('accepts a fractional time as the nonce, as older clients send it', async () => {
		const epoch = (Date.now() / 1000).toFixed(3);
		expect((await signIn(freshToken(sandbox, { nonce: epoch, epoch }))).status).toBe(201);
	});

	it('accepts an empty body with the content type JSON', async () => {
		const headers = {
			Authorization: `Hmac ${freshToken(sandbox)}`,
			'Content-Type': 'application/json',
		};
		const reply = await send(`${sandbox.url}/v1/identity/hmac`, 'POST', { body: '', headers });
		expect(reply.status).toBe(201);
	});

	it('accepts a body whose hash is signed', async () => {
		const body = '{}';
		const token = freshToken(sandbox, { body });
		expect((await signIn(token, undefined, body)).status).toBe(201);
	});

	it('refuses a body whose hash is not signed', async () => {
		expectRefused(await signIn(freshToken(sandbox), undefined, '{}'), 'wrong signature');
	});

	it('refuses a nonce that was used before, also with a later time', async () => {
		const now = Math.floor(Date.now() / 1000);
		const nonce = 'abc123';
		expect((await signIn(freshToken(sandbox, { nonce, epoch: `${now}` }))).status).toBe(201);
		const replayed = freshToken(sandbox, { nonce, epoch: `${now + 1}` });
		expectRefused(await signIn(replayed), 'nonce used before');
	});

	it('does not use up the nonce of a token that it refuses', async () => {
		const nonce = 'abc123';
		const privateKey = Buffer.alloc(32, 9).toString('base64');
		await signIn(freshToken(sandbox, { nonce, privateKey }));
		expect((await signIn(freshToken(sandbox, { nonce }))).status).toBe(201);
	});

	const refused: Array<[string, Partial<HmacTokenParts>, string]> = [
		[
			'an unknown public key',
			{ publicKey: keys.publicKey.replace('1', '9') },
			'unknown public key',
		],
		['another private key', { privateKey: Buffer.alloc(32).toString('base64') }, 'wrong signature'],
	];
	it.each(refused)('refuses %s', async (_case, changed, reason) => {
		expectRefused(await signIn(freshToken(sandbox, changed)), reason);
	});

	it.each([
		[-298, 201, null],
		[298, 201, null],
		[-303, 401, 'older than five minutes'],
		[303, 401, 'more than five minutes ahead'],
	])('answers a token that is %d seconds off with %d', async (seconds, status, reason) => {
		const epoch = String(Math.floor(Date.now() / 1000) + seconds);
		expect((await signIn(freshToken(sandbox, { epoch }))).status).toBe(status);
		expect(sandbox.requests.at(-1)?.reason).toBe(reason);
	});

	it('measures the five minutes with its own clock, as in the Date header', async () => {
		sandbox.options.clockOffsetSeconds = 600;
		const reply = await signIn(freshToken(sandbox));
		expectRefused(reply, 'older than five minutes');
		const ahead = Date.parse(String(reply.headers.date)) - Date.now();
		expect(Math.abs(ahead - 600_000)).toBeLessThan(5000);
	});

	it('refuses a call without Authorization', async () => {
		const reply = await send(`${sandbox.url}/v1/identity/hmac`, 'POST');
		expectRefused(reply, 'no Authorization header');
	});

	it.each([
		['another scheme', 'Bearer abc'],
		['three parts', 'Hmac a:b:1700000000'],
		['five parts', `Hmac ${'a:b:1700000000:c:d'}`],
		['an empty nonce', 'Hmac a::1700000000:c'],
		['a time that is no number', 'Hmac a:b:yesterday:c'],
		['a negative time', 'Hmac a:b:-5:c'],
		['literal braces and a space', 'Hmac {a: b}'],
	])('answers 400 to %s', async (_case, authorization) => {
		const headers = { Authorization: authorization };
		const reply = await send(`${sandbox.url}/v1/identity/hmac`, 'POST', { headers });
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['HMAC_TOKEN_FORMAT_NOT_RECOGNISED']);
	});

	it('uses a key that is changed while it runs', async () => {
		const old = freshToken(sandbox);
		sandbox.options.privateKey = Buffer.alloc(32, 7).toString('base64');
		expectRefused(await signIn(old), 'wrong signature');
		expect((await signIn(freshToken(sandbox))).status).toBe(201);
	});

	it('counts every token call, refused ones included', async () => {
		await signIn(freshToken(sandbox));
		await signIn('nonsense');
		expect(sandbox.tokenCalls).toBe(2);
	});

	it.each([
		['seconds', 1_700_003_600],
		['milliseconds', 1_700_003_600_000],
		['millisecondsText', '1700003600000'],
	] as const)('writes expires as %s', async (expiresFormat, expires) => {
		setClock(1_700_000_000.5);
		sandbox.options.expiresFormat = expiresFormat;
		const token = hmacToken({ ...keys, nonce: 'n', epoch: '1700000000', body: '' });
		expect((await signIn(token)).body).toMatchObject({ expires });
	});

	it('issues a JWT whose claims hold the expiry', async () => {
		const { accessToken, expires } = (await signIn(freshToken(sandbox))).body as {
			accessToken: string;
			expires: number;
		};
		const claims: unknown = JSON.parse(
			Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString(),
		);
		expect(claims).toMatchObject({
			exp: expires,
			aud: 'management-api',
			iss: 'https://openid.imbursepayments.com/',
		});
	});

	it('never issues the same token twice', async () => {
		const [first, second] = await Promise.all([
			signIn(freshToken(sandbox)),
			signIn(freshToken(sandbox)),
		]);
		expect(first.text).not.toBe(second.text);
	});
});
