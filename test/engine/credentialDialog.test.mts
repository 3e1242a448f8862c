import { afterEach, describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import type { Generation } from './harness/index.mts';
import {
	CREDENTIAL_ID,
	startImburse,
	type ImburseOnEngine,
	type ImburseSettings,
} from './support/imburse.mts';
import { startStub, withToken } from './support/wires.mts';
import { useIdleClock } from '../support/idleClock.mts';

useIdleClock();

const GENERATIONS: Generation[] = ['1', '2'];
const OTHER_KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const GREEN = { status: 'OK', message: 'Connection successful!' };

const open: Array<{ stop: () => Promise<void> }> = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (server) => server.stop()));
});

async function started(settings: ImburseSettings = {}): Promise<ImburseOnEngine> {
	const imburse = await startImburse(settings);
	open.push(imburse);
	return imburse;
}

/** What the credential dialog shows, with these fields changed in it. */
async function test(imburse: ImburseOnEngine, changed: ICredentialDataDecryptedObject = {}) {
	return await imburse.engine.testCredential(CREDENTIAL_ID, changed);
}

/** Runs the node once, so that a token is stored. */
async function signIn(imburse: ImburseOnEngine): Promise<void> {
	const parameters: INodeParameters = {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: 'A-1',
	};
	const run = await imburse.run(parameters);
	if (run.error) throw run.error;
}

describe.each(GENERATIONS)('the credential test is green, generation %s', (generation) => {
	it('when the keys work, and needs no role for it', async () => {
		const imburse = await started({ generation, sandbox: { roles: [] } });
		expect(await test(imburse)).toEqual(GREEN);
		expect(imburse.sandbox.requests.every(({ name }) => name === 'issueToken')).toBe(true);
	});

	it('when a token that works is stored', async () => {
		const imburse = await started({ generation });
		await signIn(imburse);
		expect(await test(imburse)).toEqual(GREEN);
	});

	it('when a token is stored that has been refused since', async () => {
		const imburse = await started({ generation });
		await signIn(imburse);
		imburse.sandbox.expireTokens();
		expect(await test(imburse)).toEqual(GREEN);
	});

	it('when a token is stored that has ended', async () => {
		const imburse = await started({ generation });
		await signIn(imburse);
		const [owner, , ...token] = (imburse.storedCredential().accessToken as string).split('.');
		const accessToken = [owner, Date.now() - 1, ...token].join('.');
		expect(await test(imburse, { accessToken })).toEqual(GREEN);
	});

	it.each([
		['a slash at its end', (url: string) => `${url}/`],
		['spaces around it', (url: string) => ` ${url} `],
	])('with %s of the base URL', async (_what, write) => {
		const imburse = await started({ generation });
		expect(await test(imburse, { baseUrl: write(imburse.sandbox.url) })).toEqual(GREEN);
	});

	it.each(['/v2/identity/hmac', '/identity/v1/hmac/management', ' /v1/identity/hmac '])(
		'with the token path %j',
		async (tokenPath) => {
			expect(await test(await started({ generation }), { tokenPath })).toEqual(GREEN);
		},
	);

	it.each(['HMAC', 'hmac'])('with the scheme %s', async (authorizationScheme) => {
		expect(await test(await started({ generation }), { authorizationScheme })).toEqual(GREEN);
	});

	it('with a clock that is four minutes off', async () => {
		const imburse = await started({ generation, sandbox: { clockOffsetSeconds: -240 } });
		expect(await test(imburse)).toEqual(GREEN);
	});
});

/** The message of a red test. */
async function red(
	imburse: ImburseOnEngine,
	changed: ICredentialDataDecryptedObject = {},
): Promise<string> {
	const { status, message } = await test(imburse, changed);
	expect(status).toBe('Error');
	return message;
}

describe.each(GENERATIONS)(
	'the credential test is red and says why, generation %s',
	(generation) => {
		it.each([
			['private key', { privateKey: OTHER_KEY }],
			['public key', { publicKey: '99999999-2222-4333-8444-555555555555' }],
		])('with a wrong %s', async (_what, changed) => {
			const message = await red(await started({ generation }), changed);
			expect(message).toMatch(/refused the keys \(status 401\).*other environment.*same key pair/);
			expect(message).toContain('0HSANDBOX0001:00000001');
			expect(message).not.toContain(OTHER_KEY);
		});

		it.each(['no Base64 at all!', OTHER_KEY.slice(0, -1)])(
			'with the private key %j, which is not Base64',
			async (privateKey) => {
				const imburse = await started({ generation });
				const message = await red(imburse, { privateKey });
				expect(message).toContain('Private Key: it is not Base64 text');
				expect(message).not.toContain(privateKey);
				expect(imburse.sandbox.requests).toEqual([]);
				await signIn(imburse);
				const before = imburse.sandbox.requests.length;
				expect(await red(imburse, { privateKey })).toBe(message);
				expect(imburse.sandbox.requests).toHaveLength(before);
			},
		);

		it.each([
			['publicKey', 'Public Key: it is empty'],
			['privateKey', 'Private Key: it is empty'],
			['accountId', 'Account ID: it is empty'],
		])('with an empty %s', async (name, words) => {
			const imburse = await started({ generation });
			expect(await red(imburse, { [name]: '' })).toContain(words);
			expect(imburse.sandbox.requests).toEqual([]);
		});

		it.each([
			[-600, 'the clock of this n8n is 10 minutes ahead of'],
			[600, 'the clock of this n8n is 10 minutes behind'],
		])('with a clock of Imburse %d seconds from ours', async (clockOffsetSeconds, words) => {
			const message = await red(await started({ generation, sandbox: { clockOffsetSeconds } }));
			expect(message).toContain(words);
			expect(message).not.toContain('refused the keys');
		});

		it.each([
			['http://127.0.0.1:9', 'cannot be reached at 127.0.0.1:9: it refused the connection'],
			[
				'https://no-such-host.invalid',
				'cannot be reached at no-such-host.invalid: its name is not known on this network',
			],
		])('with %s, where nobody is', async (baseUrl, words) => {
			expect(await red(await started({ generation }), { baseUrl })).toContain(words);
		});

		it.each(['nowhere', 'ftp://h.example', ''])(
			'with the base URL %j, which is no web address',
			async (baseUrl) => {
				const message = await red(await started({ generation }), { baseUrl });
				expect(message).toMatch(/Base URL: .* is not a web address/);
			},
		);

		it('with a login page that answers 200 with HTML', async () => {
			const stub = await startStub((_request, response) =>
				response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
			);
			open.push(stub);
			const message = await red(await started({ generation }), { baseUrl: stub.url });
			expect(message).toMatch(/holds no access token.*login page/);
		});

		it('with a host that redirects, without following it', async () => {
			const elsewhere = await startStub((_request, response) => response.end());
			const stub = await startStub((_request, response) =>
				response.writeHead(302, { location: elsewhere.url }).end(),
			);
			open.push(elsewhere, stub);
			const message = await red(await started({ generation }), { baseUrl: stub.url });
			expect(message).toMatch(/no token call at .* \(status 302\)/);
			expect(elsewhere.received).toEqual([]);
		});

		it('with a token path that Imburse does not have', async () => {
			const message = await red(await started({ generation }), { tokenPath: '/v9/hmac' });
			expect(message).toMatch(/no token call .*Token Path.*\(status 404\).*\/v1\/identity\/hmac/);
		});

		it.each(['v1/identity/hmac', '@evil.example/x', 'https://evil.example/x'])(
			'with %j, which is no path',
			async (tokenPath) => {
				expect(await red(await started({ generation }), { tokenPath })).toContain('Token Path: ');
			},
		);

		it('with an Imburse that is out of order', async () => {
			const stub = await startStub((_request, response) => response.writeHead(503).end());
			open.push(stub);
			const message = await red(await started({ generation }), { baseUrl: stub.url });
			expect(message).toContain('gave out no access token (status 503)');
		});
	},
);

describe.each(GENERATIONS)('a stored token hides nothing, generation %s', (generation) => {
	it('of keys that no longer work', async () => {
		const imburse = await started({ generation });
		await signIn(imburse);
		imburse.sandbox.options.privateKey = OTHER_KEY;
		expect(await red(imburse)).toMatch(/refused the keys \(status 401\).*Environment.*both keys/);
	});

	it('of keys that were changed in the dialog', async () => {
		const imburse = await started({ generation });
		await signIn(imburse);
		expect(await red(imburse, { privateKey: OTHER_KEY })).toContain('refused the keys');
	});

	it('of a clock that went wrong meanwhile', async () => {
		const imburse = await started({ generation });
		await signIn(imburse);
		imburse.sandbox.options.clockOffsetSeconds = -600;
		expect(await red(imburse)).toContain('clock');
	});

	it('of a base URL that was changed in the dialog', async () => {
		const imburse = await started({ generation });
		await signIn(imburse);
		expect(await red(imburse, { baseUrl: 'http://127.0.0.1:9' })).toContain(
			'cannot be reached at 127.0.0.1:9',
		);
	});

	it.each([301, 302, 303, 307, 308])(
		'of a host that redirects meanwhile, which is not followed: %d',
		async (status) => {
			let signedIn = false;
			const elsewhere = await startStub((_request, response) => response.end('{}'));
			const stub = await startStub((request, response) => {
				if (signedIn && request.method === 'POST') {
					return response.writeHead(status, { location: elsewhere.url }).end();
				}
				return withToken((_, other) => other.writeHead(201).end())(request, response);
			});
			open.push(elsewhere, stub);
			const imburse = await started({ generation, credential: { baseUrl: stub.url } });
			await signIn(imburse);
			signedIn = true;
			expect(await red(imburse)).toMatch(/redirects.*Base URL.*Token Path/);
			expect(elsewhere.received).toEqual([]);
		},
	);

	it('of a host that went away meanwhile', async () => {
		const imburse = await started({ generation });
		await signIn(imburse);
		await imburse.sandbox.stop();
		expect(await red(imburse)).toMatch(/refused the connection/);
	});
});
