import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../sandbox/index.mts';
import { createOrder, freshToken, send, ImburseClient } from '../client.mts';

type ResponseFault = Extract<Fault, { kind: 'answer' }>;

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

describe.each<[ResponseFault['at'], number, number | null]>([
	['beforeWrite', 0, null],
	['afterWrite', 1, 202],
])('a response %s', (at, orders, ownStatus) => {
	afterEach(() => {
		expect(client.sandbox.store.orders).toHaveLength(orders);
	});

	it.each([500, 501, 502, 503, 504, 402, 409])('has the status %d', async (status) => {
		client.sandbox.setFaults([{ kind: 'answer', at, status }]);
		const reply = await createOrder(client);
		expect(reply.status).toBe(status);
		expect(reply.body).toMatchObject({ errors: [{ errorCode: 'SANDBOX_FAULT' }] });
		expect(client.sandbox.requests.at(-1)).toMatchObject({
			name: 'createOrder',
			status,
			ownStatus,
			faults: [{ kind: 'answer', at, status }],
		});
	});

	it('is an HTML page with 200', async () => {
		client.sandbox.setFaults([{ kind: 'answer', at, status: 200, body: 'html' }]);
		const reply = await createOrder(client);
		expect(reply.status).toBe(200);
		expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
		expect(reply.text).toContain('<h1>200 OK</h1>');
	});

	it("is a gateway's 404, as a page or empty", async () => {
		client.sandbox.setFaults([
			{ kind: 'answer', at, status: 404, body: 'html', calls: { next: 1 } },
			{ kind: 'answer', at, status: 404, body: 'empty', calls: { from: 2 } },
		]);
		const page = await createOrder(client);
		expect([page.status, page.body]).toEqual([404, null]);
		expect(page.text).toContain('404 Not Found');
		const empty = await createOrder(client);
		expect([empty.status, empty.text, empty.headers['content-type']]).toEqual([404, '', undefined]);
	});

	it.each([301, 302, 303, 307, 308] as const)('is a redirect with %d', async (status) => {
		const to = 'https://elsewhere.example/v1/order-management';
		client.sandbox.setFaults([{ kind: 'redirect', at, status, to }]);
		const reply = await createOrder(client);
		expect([reply.status, reply.headers.location, reply.text]).toEqual([status, to, '']);
	});

	it('is JSON that stops half-way', async () => {
		client.sandbox.options.createResponse = 'model';
		client.sandbox.setFaults([{ kind: 'cutOffJson', at }]);
		const reply = await createOrder(client);
		expect(reply.status).toBe(ownStatus ?? 200);
		expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
		expect(reply.text).toMatch(at === 'afterWrite' ? /^\{"orderRef":"ORDER-1",/ : /^\{$/);
		expect(reply.body).toBeNull();
	});
});

describe('the body of a response', () => {
	async function responseTo(fault: Partial<ResponseFault>) {
		client.sandbox.setFaults([{ kind: 'answer', at: 'beforeWrite', status: 500, ...fault }]);
		return client.call('GET', '/v2/order-management/ORDER-1', {
			headers: { 'X-Correlation-ID': 'my-own' },
		});
	}

	it('can have every known shape', async () => {
		const errorCodes = ['AMOUNT_IS_REQUIRED', 'SOMETHING_NEW'];
		const correlationId = expect.stringMatching(/^0HSANDBOX/) as unknown;
		expect((await responseTo({ body: 'correlationId' })).body).toEqual({
			'correlation-id': correlationId,
		});
		expect((await responseTo({ body: 'errorCodes', errorCodes })).body).toEqual({ errorCodes });
		expect((await responseTo({ body: 'errors', errorCodes })).body).toMatchObject({
			correlationId,
			errors: errorCodes.map((errorCode) => ({
				errorCode,
				metadata: { correlationId: 'my-own' },
			})),
		});
		expect((await responseTo({ body: 'problem', status: 401 })).body).toMatchObject({
			status: 401,
			title: 'Unauthorized',
			instance: '/v2/order-management/ORDER-1',
			trace: { requestId: correlationId },
		});
	});

	it('can be any text', async () => {
		const plain = await responseTo({ body: { text: 'upstream connect error' } });
		expect(plain.text).toBe('upstream connect error');
		expect(plain.headers['content-type']).toBe('text/plain; charset=utf-8');
		const typed = await responseTo({ body: { text: '<a/>', contentType: 'application/xml' } });
		expect([typed.text, typed.headers['content-type']]).toEqual(['<a/>', 'application/xml']);
	});

	it('is empty for a status that has none', async () => {
		const reply = await responseTo({ status: 204 });
		expect([reply.status, reply.text]).toEqual([204, '']);
	});

	it('comes with the headers of the fault', async () => {
		const reply = await responseTo({ headers: { 'X-Served-By': 'gateway' } });
		expect(reply.headers['x-served-by']).toBe('gateway');
	});
});

describe('Retry-After', () => {
	async function retryAfter(as: 'seconds' | 'date'): Promise<unknown> {
		client.sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', status: 503, retryAfter: { seconds: 90, as } },
		]);
		return (await client.get('/v1/tenant')).headers['retry-after'];
	}

	it('is a number of seconds', async () => {
		expect(await retryAfter('seconds')).toBe('90');
	});

	it("is a date of the sandbox's clock, never too early", async () => {
		client.sandbox.options.clockOffsetSeconds = 3600;
		const before = Date.now() + 3_600_000;
		const date = String(await retryAfter('date'));
		expect(date).toMatch(/ GMT$/);
		expect(Date.parse(date)).toBeGreaterThanOrEqual(before + 90_000);
		expect(Date.parse(date)).toBeLessThan(Date.now() + 3_600_000 + 91_000);
	});

	it('is left out by default', async () => {
		client.sandbox.setFaults([{ kind: 'answer', at: 'beforeWrite', status: 429 }]);
		expect((await client.get('/v1/tenant')).headers).not.toHaveProperty('retry-after');
	});
});

describe('a response after the write', () => {
	it('replaces an error too, and the reason is in the request log', async () => {
		await createOrder(client);
		client.sandbox.setFaults([{ kind: 'answer', at: 'afterWrite', status: 502, body: 'html' }]);
		expect((await createOrder(client)).status).toBe(502);
		expect(client.sandbox.requests.at(-1)).toMatchObject({
			status: 502,
			ownStatus: 400,
			reason: 'ORDER_ALREADY_EXISTS',
		});
	});

	it('keeps the instruction that the request created', async () => {
		await client.post('/v1/order-management', { orderRef: 'ORDER-1' });
		client.sandbox.setFaults([
			{ kind: 'answer', at: 'afterWrite', status: 500, route: 'createInstruction' },
		]);
		const body = { instructionRef: 'I-1', customerRef: 'C-1', direction: 'CREDIT', amount: '1.00' };
		const { payout } = client.sandbox.options.schemeIds;
		const path = '/v1/order-management/ORDER-1/instruction';
		const sent = { ...body, currency: 'EUR', country: 'IE', schemeId: payout };
		expect((await client.post(path, sent)).status).toBe(500);
		expect(client.sandbox.store.instruction('ORDER-1', 'I-1')).toMatchObject({ amount: '1.00' });
		expect((await client.get(`${path}/I-1`)).status).toBe(200);
	});

	it('keeps the token that the request issued', async () => {
		client.sandbox.setFaults([
			{ kind: 'answer', at: 'afterWrite', status: 500, route: 'issueToken' },
		]);
		const headers = { Authorization: `Hmac ${freshToken(client.sandbox)}` };
		const reply = await send(`${client.sandbox.url}/v1/identity/hmac`, 'POST', { headers });
		expect(reply.status).toBe(500);
		expect(client.sandbox.requests.at(-1)).toMatchObject({ ownStatus: 201 });
	});
});
