import { afterEach, describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { setTimeout } from 'node:timers/promises';

import { startSandbox } from '../../sandbox/index.mts';
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
const CREATE: INodeParameters = {
	resource: 'paymentOrder',
	operation: 'create',
	orderRef: '={{ $json.ref }}',
};
const OTHER_KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

const open: Array<{ stop: () => Promise<void> }> = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (server) => server.stop()));
});

async function started(settings: ImburseSettings): Promise<ImburseOnEngine> {
	const imburse = await startImburse(settings);
	open.push(imburse);
	return imburse;
}

/** Creates one order for each reference, and goes on with the next one when one fails. */
async function create(imburse: ImburseOnEngine, ...refs: string[]) {
	const items = refs.map((ref) => ({ ref }));
	return await imburse.run(CREATE, { items, onError: 'continueErrorOutput' });
}

function payout({ sandbox }: ImburseOnEngine): INodeParameters {
	return {
		instructionRef: '={{ $json.ref }}',
		customerRef: 'CUST-1',
		direction: 'CREDIT',
		amount: '210.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: sandbox.options.schemeIds.payout },
	};
}

/** Names and statuses of the calls since the last time. */
function newCalls({ sandbox }: ImburseOnEngine, since = 0) {
	return sandbox.requests.slice(since).map(({ name, status }) => `${name} ${status}`);
}

function tokenIn(imburse: ImburseOnEngine): string {
	return (imburse.storedCredential().accessToken ?? '') as string;
}

describe.each(GENERATIONS)('the token, generation %s', (generation) => {
	it('is fetched once for a run, stored, and used by later runs', async () => {
		const imburse = await started({ generation });
		await create(imburse, 'A-1', 'A-2', 'A-3');
		const stored = tokenIn(imburse);
		expect(stored).toMatch(/^[0-9a-f]{32}\.\d{13}\.eyJ/);
		await create(imburse, 'B-1', 'B-2');
		expect(imburse.sandbox.tokenCalls).toBe(1);
		expect(imburse.engine.credentials.saves).toBe(1);
		expect(tokenIn(imburse)).toBe(stored);
		expect(imburse.sandbox.store.orders).toHaveLength(5);
	});

	it('is fetched before the payment, not after a refusal of it', async () => {
		const imburse = await started({ generation });
		await create(imburse, 'A-1');
		expect(newCalls(imburse)).toEqual(['issueToken 201', 'createOrder 201']);
	});

	it('is renewed when it has ended', async () => {
		const imburse = await started({ generation });
		await create(imburse, 'A-1');
		const [owner, , ...token] = tokenIn(imburse).split('.');
		const ended = [owner, Date.now() - 1, ...token].join('.');
		imburse.engine.credentials.change(CREDENTIAL_ID, { accessToken: ended });
		await create(imburse, 'A-2', 'A-3');
		expect(newCalls(imburse, 2)).toEqual(['issueToken 201', 'createOrder 201', 'createOrder 201']);
		expect(tokenIn(imburse)).not.toBe(ended);
	});

	it('is renewed when Imburse refuses it though it has not ended', async () => {
		const imburse = await started({ generation });
		await create(imburse, 'A-1');
		imburse.sandbox.expireTokens();
		const run = await create(imburse, 'A-2', 'A-3');
		expect(run.failed).toEqual([]);
		// Both go out together, as the run before has found that Imburse takes them.
		expect(newCalls(imburse, 2)).toEqual([
			'createOrder 401',
			'createOrder 401',
			'issueToken 201',
			'createOrder 201',
			'createOrder 201',
		]);
	});

	it.each(['seconds', 'milliseconds', 'millisecondsText'] as const)(
		'is kept as long as Imburse says in %s',
		async (expiresFormat) => {
			const sandbox = { expiresFormat, tokenLifetimeSeconds: 7200 };
			const imburse = await started({ generation, sandbox });
			await create(imburse, 'A-1');
			const renewAt = Number(tokenIn(imburse).split('.')[1]);
			const minutes = (renewAt - Date.now()) / 60_000;
			expect(minutes).toBeGreaterThan(118.5);
			expect(minutes).toBeLessThanOrEqual(119.1);
			await create(imburse, 'A-2');
			expect(imburse.sandbox.tokenCalls).toBe(1);
		},
	);

	it.each([-240, 240])('is kept as long with a clock that is %d seconds off', async (offset) => {
		const sandbox = { clockOffsetSeconds: offset, tokenLifetimeSeconds: 7200 };
		const imburse = await started({ generation, sandbox });
		await create(imburse, 'A-1');
		const minutes = (Number(tokenIn(imburse).split('.')[1]) - Date.now()) / 60_000;
		expect(minutes).toBeGreaterThan(118.5);
		expect(minutes).toBeLessThanOrEqual(119.1);
	});

	it.each([
		['public key', { publicKey: '99999999-2222-4333-8444-555555555555' }],
		['private key', { privateKey: OTHER_KEY }],
	])('is never used with another %s', async (_what, keys) => {
		const imburse = await started({ generation });
		await create(imburse, 'A-1');
		const old = tokenIn(imburse).split('.').slice(2).join('.');
		imburse.engine.credentials.change(CREDENTIAL_ID, keys);
		Object.assign(imburse.sandbox.options, keys);
		const run = await create(imburse, 'A-2');
		expect(run.failed).toEqual([]);
		expect(newCalls(imburse, 2)).toEqual(['issueToken 201', 'createOrder 201']);
		expect(JSON.stringify(imburse.sandbox.requests.slice(2))).not.toContain(old);
	});

	it('is never sent to another base URL', async () => {
		const imburse = await started({ generation });
		const other = await startSandbox();
		open.push(other);
		await create(imburse, 'A-1');
		const old = tokenIn(imburse).split('.').slice(2).join('.');
		imburse.engine.credentials.change(CREDENTIAL_ID, { baseUrl: other.url });
		await create(imburse, 'A-2');
		expect(other.requests.map(({ name }) => name)).toEqual(['issueToken', 'createOrder']);
		expect(JSON.stringify(other.requests)).not.toContain(old);
		expect(imburse.sandbox.requests).toHaveLength(2);
	});

	it('of another worker is used when this one has been refused', async () => {
		const seen: Array<string | undefined> = [];
		const stub = await startStub(
			withToken((request, response) => {
				seen.push(request.headers.authorization);
				const isGood = request.headers.authorization === 'Bearer stub-token';
				// While this request is on its way, another worker stores the token that works.
				if (good) imburse.engine.credentials.change(CREDENTIAL_ID, { accessToken: good });
				response.writeHead(isGood ? 201 : 401).end();
			}),
		);
		open.push(stub);
		const imburse = await started({ generation, credential: { baseUrl: stub.url } });
		let good = '';
		await create(imburse, 'A-1');
		good = tokenIn(imburse);
		const accessToken = good.replace('stub-token', 'dead-token');
		imburse.engine.credentials.change(CREDENTIAL_ID, { accessToken });
		const run = await create(imburse, 'A-2');
		expect(run.failed).toEqual([]);
		expect(seen).toEqual(['Bearer stub-token', 'Bearer dead-token', 'Bearer stub-token']);
		expect(stub.received.filter((line) => line.endsWith('/hmac'))).toHaveLength(1);
	});
});

describe('an expression in a key', () => {
	const half = '11111111-2222-4333-8444';
	const publicKey = `={{ '${half}' + '-555555555555' }}`;

	it('is worked out, and stays an expression in generation 2', async () => {
		const imburse = await started({ generation: '2', credential: { publicKey } });
		const run = await create(imburse, 'A-1');
		expect(run.failed).toEqual([]);
		expect(imburse.storedCredential()).toMatchObject({
			publicKey,
			accessToken: expect.stringContaining('.') as unknown,
		});
		await create(imburse, 'A-2');
		expect(imburse.sandbox.tokenCalls).toBe(1);
	});

	it.each(GENERATIONS)('that comes to nothing is named, generation %s', async (generation) => {
		const credential = { publicKey: '={{ $json.nothing }}' };
		const imburse = await started({ generation, credential });
		const run = await imburse.run(CREATE, { items: [{ ref: 'A-1' }] });
		expect(run.error?.message).toContain('Public Key: it is empty');
		expect(imburse.sandbox.requests).toEqual([]);
	});
});

describe.each(GENERATIONS)('keys that Imburse refuses, generation %s', (generation) => {
	const wrong = { generation, credential: { privateKey: OTHER_KEY } };
	const refs = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'];

	it('end the run with one call and the words that say so', async () => {
		const imburse = await started(wrong);
		const run = await imburse.run(CREATE, { items: refs.map((ref) => ({ ref })) });
		expect(newCalls(imburse)).toEqual(['issueToken 401']);
		expect(`${run.error?.message} ${run.error?.description}`).toMatch(
			/Payment Order "A-1" \(item 1\) was not sent.*Imburse refused the keys \(status 401\).*Public Key.*Private Key.*0HSANDBOX0001:00000001/,
		);
		expect(run.record).not.toContain(OTHER_KEY);
		expect(run.log.join('\n')).not.toContain(OTHER_KEY);
	});

	it('leave every item on the error output, none of them sent', async () => {
		const imburse = await started(wrong);
		const run = await create(imburse, ...refs);
		expect(newCalls(imburse)).toEqual(['issueToken 401']);
		expect(run.success).toEqual([]);
		const outcomes = run.failed.map(({ json }) => (json.error as { outcome: string }).outcome);
		expect(outcomes).toEqual(refs.map(() => 'notSent'));
		expect(tokenIn(imburse)).toBe('');
	});

	it('are named when the key was taken away in the middle', async () => {
		const imburse = await started({ generation });
		await create(imburse, 'A-1');
		imburse.sandbox.expireTokens();
		imburse.sandbox.options.privateKey = OTHER_KEY;
		const run = await create(imburse, 'A-2', 'A-3');
		expect(newCalls(imburse, 2)).toEqual(['createOrder 401', 'createOrder 401', 'issueToken 401']);
		expect(JSON.stringify(run.failed[0]?.json)).toContain('Imburse refused the keys');
		expect(run.failed).toHaveLength(2);
	});

	it('are named where an order was accepted, and could not be read back', async () => {
		const imburse = await started({ generation });
		imburse.sandbox.setFaults([
			{ kind: 'tokenUses', uses: 1 },
			{ kind: 'answer', at: 'beforeWrite', status: 401, route: 'issueToken', calls: { from: 2 } },
		]);
		const run = await imburse.run(
			{ ...CREATE, instructions: { instruction: [payout(imburse)] } },
			{ items: [{ ref: 'A-1' }], onError: 'continueErrorOutput' },
		);
		expect(newCalls(imburse).slice(0, 2)).toEqual(['issueToken 201', 'createOrder 202']);
		const [failed] = run.failed.map(({ json }) => json.error as Record<string, string>);
		expect(failed?.outcome).toBe('unknown');
		expect(failed?.message).toMatch(
			/ was made: Imburse accepted it; instruction "A-1" .* could not be read back \(no access token could be fetched, because Imburse refused the keys\)$/,
		);
		expect(failed?.description).toMatch(
			/^Run it again with the same reference: .* Check the Environment of the credential, then the Public Key and the Private Key/,
		);
	});
});

describe.each(GENERATIONS)('keys saved while a token is fetched, generation %s', (generation) => {
	const saved = { publicKey: '99999999-2222-4333-8444-555555555555', privateKey: OTHER_KEY };

	/** The token call is carried out at once, and answered when the user has saved. */
	async function saveMeanwhile(fields: ICredentialDataDecryptedObject) {
		const imburse = await started({ generation });
		imburse.sandbox.setFaults([
			{ kind: 'delay', at: 'afterWrite', ms: 300, route: 'issueToken', calls: { next: 1 } },
		]);
		const running = create(imburse, 'A-1', 'A-2');
		while (imburse.sandbox.tokenCalls === 0) await setTimeout(5);
		imburse.changeCredential(fields);
		Object.assign(imburse.sandbox.options, fields);
		return { imburse, run: await running };
	}

	it('stay as they were saved, and are used at once', async () => {
		const { imburse, run } = await saveMeanwhile(saved);
		expect(run.failed).toEqual([]);
		expect(imburse.storedCredential()).toMatchObject(saved);
		expect(newCalls(imburse)).toEqual([
			'issueToken 201',
			'issueToken 201',
			'createOrder 201',
			'createOrder 201',
		]);
		await create(imburse, 'A-3');
		expect(imburse.sandbox.tokenCalls).toBe(2);
	});

	it('stay when only another field was changed, with one token call', async () => {
		const { imburse, run } = await saveMeanwhile({ webhookSharedSecret: 'a new secret' });
		expect(run.failed).toEqual([]);
		expect(imburse.storedCredential()).toMatchObject({ webhookSharedSecret: 'a new secret' });
		expect(imburse.sandbox.tokenCalls).toBe(1);
	});

	it('end the run when they lead to another tenant, and nothing is sent', async () => {
		const { imburse, run } = await saveMeanwhile({
			...saved,
			tenantId: 'bbbbbbbb-0000-4000-8000-00000000ffff',
		});
		expect(run.success).toEqual([]);
		expect(JSON.stringify(run.failed)).toContain('was changed while the run was going on');
		expect(newCalls(imburse)).toEqual(['issueToken 201']);
		expect(imburse.storedCredential()).toMatchObject(saved);
	});
});

describe('what else can stand in the way of a token', () => {
	it('a clock that is off, named with the minutes', async () => {
		const imburse = await started({ sandbox: { clockOffsetSeconds: -600 } });
		const run = await imburse.run(CREATE, { items: [{ ref: 'A-1' }] });
		expect(run.error?.description).toContain('10 minutes ahead of');
		expect(imburse.sandbox.store.orders).toEqual([]);
	});

	it('a login page that answers 200 with HTML', async () => {
		const stub = await startStub((_request, response) =>
			response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
		);
		open.push(stub);
		const imburse = await started({ credential: { baseUrl: stub.url } });
		const run = await imburse.run(CREATE, { items: [{ ref: 'A-1' }, { ref: 'A-2' }] });
		expect(stub.received).toEqual(['POST /v1/identity/hmac']);
		expect(run.error?.description).toContain('holds no access token');
	});

	it.each([301, 302, 307, 308])('a redirect, which is never followed: %d', async (status) => {
		const elsewhere = await startStub((_request, response) => response.end());
		const stub = await startStub((_request, response) =>
			response.writeHead(status, { location: elsewhere.url }).end(),
		);
		open.push(elsewhere, stub);
		const imburse = await started({ credential: { baseUrl: stub.url } });
		const run = await imburse.run(CREATE, { items: [{ ref: 'A-1' }] });
		expect(stub.received).toEqual(['POST /v1/identity/hmac']);
		expect(elsewhere.received).toEqual([]);
		expect(run.error?.description).toContain('Token Path');
	});

	it.each([301, 302, 303, 307, 308])('nor is a redirect of the payment: %d', async (status) => {
		const elsewhere = await startStub((_request, response) => response.end());
		const stub = await startStub(
			withToken((_request, response) =>
				response.writeHead(status, { location: elsewhere.url }).end(),
			),
		);
		open.push(elsewhere, stub);
		const imburse = await started({ credential: { baseUrl: stub.url } });
		const run = await create(imburse, 'A-1');
		expect(elsewhere.received).toEqual([]);
		expect(run.success).toEqual([]);
		expect(run.failed[0]?.json.error).toMatchObject({ outcome: 'unknown', httpStatus: status });
		expect(stub.received.filter((line) => line.startsWith('POST /v1/order'))).toHaveLength(1);
	});

	it.each([
		['http://127.0.0.1:9', 'refused the connection'],
		['https://no-such-host.invalid', 'is not known on this network'],
	])('a host that is not there: %s', async (baseUrl, words) => {
		const imburse = await started({ credential: { baseUrl } });
		const run = await imburse.run(CREATE, { items: [{ ref: 'A-1' }] });
		expect(run.error?.message).toContain('Payment Order "A-1" (item 1) was not sent');
		expect(run.error?.description).toContain(words);
		expect(run.error?.description).toContain(new URL(baseUrl).host);
	});

	it('a token path that leads to another host: nothing is sent anywhere', async () => {
		const imburse = await started({ credential: { tokenPath: '@evil.example/v1' } });
		const run = await imburse.run(CREATE, { items: [{ ref: 'A-1' }] });
		expect(run.error?.message).toContain('Token Path');
		expect(imburse.sandbox.requests).toEqual([]);
	});
});

describe('secrets', () => {
	it('stand in no output, error, log or execution record', async () => {
		const imburse = await started({});
		const { privateKey } = imburse.sandbox.options;
		const good = await create(imburse, 'A-1');
		const bad = await imburse.run(CREATE, { items: [{ ref: 'A-1' }, { ref: 'A-9' }] });
		imburse.sandbox.options.tenantId = 'bbbbbbbb-0000-4000-8000-00000000ffff';
		const refused = await imburse.run(CREATE, { items: [{ ref: 'A-3' }] });
		expect(refused.status).toBe('error');
		const token = tokenIn(imburse).split('.').slice(2).join('.');
		for (const run of [good, bad, refused]) {
			const everything = [run.record, ...run.log, JSON.stringify(run.outputs)].join('\n');
			for (const secret of [privateKey, token]) expect(everything).not.toContain(secret);
		}
	});
});
