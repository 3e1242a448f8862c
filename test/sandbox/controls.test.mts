import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshToken, instruction, send, ImburseClient } from './client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

function admin(method: 'GET' | 'POST', path: string, body?: unknown) {
	return send(`${client.sandbox.url}/_sandbox${path}`, method, {
		body,
		headers: { 'Content-Type': body === undefined ? undefined : 'application/json' },
	});
}

async function createOrder(): Promise<void> {
	const instructions = [instruction(client.sandbox)];
	await client.post('/v1/order-management?a=b', { orderRef: 'ORDER-1', instructions });
}

describe('the request log', () => {
	it('has every request with what was sent and its status', async () => {
		const before = Date.now();
		await createOrder();
		const entry = client.sandbox.requests.at(-1);
		expect(entry).toEqual({
			name: 'createOrder',
			method: 'POST',
			path: '/v1/order-management?a=b',
			headers: expect.objectContaining({
				'x-account-id': client.sandbox.options.accountId,
				'content-type': 'application/json',
			}),
			body: JSON.stringify({ orderRef: 'ORDER-1', instructions: [instruction(client.sandbox)] }),
			status: 202,
			ownStatus: 202,
			faults: [],
			reason: null,
			correlationId: expect.any(String),
			receivedAt: expect.any(Number),
		});
		expect(entry?.receivedAt).toBeGreaterThanOrEqual(before);
		expect(entry?.receivedAt).toBeLessThanOrEqual(Date.now());
	});

	it('says why a request was refused', async () => {
		await client.post('/v1/order-management', '{');
		expect(client.sandbox.requests.at(-1)).toMatchObject({ status: 400, reason: 'not JSON' });
		await client.get('/v1/order-management/ORDER-9');
		expect(client.sandbox.requests.at(-1)).toMatchObject({ reason: 'ORDER_NOT_FOUND' });
	});

	it('is the same over HTTP, without the requests that read it', async () => {
		await createOrder();
		await admin('GET', '/orders');
		const reply = await admin('GET', '/requests');
		expect(reply.body).toEqual(JSON.parse(JSON.stringify(client.sandbox.requests)));
		expect(client.sandbox.requests.map((one) => one.name)).toEqual(['issueToken', 'createOrder']);
		expect((await admin('GET', '/counts')).body).toEqual({
			orders: 1,
			instructions: 1,
			requests: 2,
			posts: 2,
			tokenCalls: 1,
			faulted: 0,
			byRoute: { issueToken: 1, createOrder: 1 },
		});
	});
});

describe('the orders over HTTP', () => {
	it('are those of the store, with amounts as texts', async () => {
		await createOrder();
		const reply = await admin('GET', '/orders');
		expect(reply.status).toBe(200);
		expect(reply.body).toEqual(client.sandbox.store.orders);
		expect(reply.text).toContain('"amount":"210.00"');
	});
});

describe('an instruction status over HTTP', () => {
	const path = '/orders/ORDER-1/instructions/INSTRUCTION-1/status';

	it('is set, with the reason of a failure', async () => {
		await createOrder();
		const body = { status: 'FAILED', errorCode: 'CLOSED', reason: 'Account closed' };
		expect((await admin('POST', path, body)).status).toBe(204);
		expect(client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')).toMatchObject({
			status: 'FAILED',
			failure: { errorCode: 'CLOSED', reason: 'Account closed' },
		});
		expect((await admin('POST', path, { status: 'SETTLED' })).status).toBe(204);
		expect(client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')).toMatchObject({
			status: 'SETTLED',
			failure: null,
		});
	});

	it.each([{}, { status: '' }, { status: 'FAILED', reason: {} }])(
		'is refused as %j',
		async (body) => {
			await createOrder();
			expect((await admin('POST', path, body)).status).toBe(400);
			expect(client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')?.status).toBe('READY');
		},
	);

	it('answers 404 when there is no such instruction', async () => {
		const reply = await admin('POST', path, { status: 'SETTLED' });
		expect(reply.status).toBe(404);
		expect(reply.body).toEqual({ error: 'No instruction INSTRUCTION-1 in ORDER-1' });
	});
});

describe('expiring the tokens over HTTP', () => {
	it('makes Imburse answer 401 until the next sign-in', async () => {
		expect((await admin('POST', '/expire-tokens')).status).toBe(204);
		expect((await client.get('/v1/tenant')).status).toBe(401);
		const again = await ImburseClient.signIn(client.sandbox);
		expect((await again.get('/v1/tenant')).status).toBe(200);
	});
});

describe('a reset', () => {
	it.each([
		['by call', async () => client.sandbox.reset()],
		['over HTTP', async () => void (await admin('POST', '/reset'))],
	])('%s removes orders, customers, requests, tokens and nonces', async (_case, reset) => {
		await createOrder();
		const token = freshToken(client.sandbox, { nonce: 'abc' });
		const headers = { Authorization: `Hmac ${token}` };
		await send(`${client.sandbox.url}/v1/identity/hmac`, 'POST', { headers });

		await reset();
		expect(client.sandbox.store.orders).toHaveLength(0);
		expect(client.sandbox.store.customers).toHaveLength(0);
		expect(client.sandbox.requests).toHaveLength(0);
		expect(client.sandbox.tokenCalls).toBe(0);
		expect((await client.get('/v1/tenant')).status).toBe(401);
		const again = await send(`${client.sandbox.url}/v1/identity/hmac`, 'POST', { headers });
		expect(again.status).toBe(201);
	});
});

describe('a page of another origin', () => {
	const post = (headers: Record<string, string>, body: string) =>
		send(`${client.sandbox.url}/_sandbox/faults`, 'POST', { body, headers });
	const FAULTS = JSON.stringify({ faults: [] });

	it.each([
		['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
		['a form of plain text', { 'Content-Type': 'text/plain' }, 415],
		['another host', { 'Content-Type': 'application/json', Host: 'evil.example' }, 403],
		[
			'a host that begins like this machine',
			{ 'Content-Type': 'application/json', Host: 'localhost.evil.example' },
			403,
		],
		['another origin', { 'Content-Type': 'application/json', Origin: 'http://evil.example' }, 403],
		['no origin at all', { 'Content-Type': 'application/json', Origin: 'null' }, 403],
	])('cannot use the controls with %s', async (_, headers, status) => {
		expect((await post(headers, FAULTS)).status).toBe(status);
	});

	it('is not what this machine itself is', async () => {
		const { port } = new URL(client.sandbox.url);
		const headers = { 'Content-Type': 'application/json', Host: `localhost:${port}` };
		expect((await post(headers, FAULTS)).status).toBe(204);
	});
});
