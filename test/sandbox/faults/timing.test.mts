import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createOrder, ImburseClient } from '../client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await client.sandbox.stop();
});

async function statuses(count: number): Promise<number[]> {
	const found: number[] = [];
	while (found.length < count) found.push((await client.get('/v1/tenant')).status);
	return found;
}

/** Moves the sandbox's clock, so that no test waits. */
function letSecondsPass(seconds: number): void {
	client.sandbox.options.clockOffsetSeconds += seconds;
}

describe('a delay', () => {
	it.each(['beforeWrite', 'afterWrite'] as const)('%s delays the response', async (at) => {
		client.sandbox.setFaults([{ kind: 'delay', at, ms: 150 }]);
		const before = Date.now();
		expect((await createOrder(client)).status).toBe(202);
		expect(Date.now() - before).toBeGreaterThanOrEqual(149);
	});

	it('after the write creates the order at once', async () => {
		client.sandbox.setFaults([{ kind: 'delay', at: 'afterWrite', ms: 60_000 }]);
		await expect(createOrder(client, 'ORDER-1', { timeout: 150 })).rejects.toThrow('timeout');
		expect(client.sandbox.store.orders).toHaveLength(1);
	});

	it('before the write creates the order after the caller has given up', async () => {
		client.sandbox.setFaults([{ kind: 'delay', at: 'beforeWrite', ms: 400, route: 'createOrder' }]);
		await expect(createOrder(client, 'ORDER-1', { timeout: 100 })).rejects.toThrow('timeout');
		expect((await client.get('/v1/order-management/ORDER-1')).status).toBe(400);
		await untilThereIs('ORDER-1');
		expect(client.sandbox.requests.at(1)).toMatchObject({ name: 'createOrder', ownStatus: 202 });
	});

	it('adds up with others, and with a fault that replaces the response', async () => {
		client.sandbox.setFaults([
			{ kind: 'delay', at: 'beforeWrite', ms: 60 },
			{ kind: 'delay', at: 'beforeWrite', ms: 60 },
			{ kind: 'answer', at: 'beforeWrite', status: 503 },
		]);
		const before = Date.now();
		expect((await createOrder(client)).status).toBe(503);
		expect(Date.now() - before).toBeGreaterThanOrEqual(119);
		expect(client.sandbox.requests.at(-1)?.faults).toHaveLength(3);
	});

	it('ends when the sandbox stops, and the request is not carried out', async () => {
		client.sandbox.setFaults([{ kind: 'delay', at: 'beforeWrite', ms: 60_000 }]);
		const lost = expect(createOrder(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
		await untilReceived(2);
		await client.sandbox.stop();
		await lost;
		expect(client.sandbox.store.orders).toHaveLength(0);
	});
});

describe('a rate limit', () => {
	it('allows a burst, refuses the rest and refills with time', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		client.sandbox.setFaults([{ kind: 'rateLimit', perSecond: 2, burst: 3 }]);
		expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
		letSecondsPass(0.5);
		expect(await statuses(2)).toEqual([200, 429]);
		letSecondsPass(60);
		expect(await statuses(4)).toEqual([200, 200, 200, 429]);
	});

	it('does not carry out what it refuses, as the request log shows', async () => {
		const fault = { kind: 'rateLimit', perSecond: 0.001, burst: 1 } as const;
		client.sandbox.setFaults([fault]);
		await createOrder(client, 'ORDER-1');
		const reply = await createOrder(client, 'ORDER-2');
		expect(reply.body).toMatchObject({ errors: [{ errorCode: 'TOO_MANY_REQUESTS' }] });
		expect(client.sandbox.store.orders.map((order) => order.orderRef)).toEqual(['ORDER-1']);
		const [allowed, refused] = client.sandbox.requests.slice(-2);
		expect(allowed).toMatchObject({ status: 202, faults: [] });
		expect(refused).toMatchObject({ status: 429, ownStatus: null, faults: [fault] });
		expect(client.sandbox.faults).toEqual([{ fault, matched: 2, triggered: 1 }]);
	});

	it.each([
		[undefined, /^undefined$/],
		['seconds', /^10$/],
		['date', / GMT$/],
	] as const)('sets Retry-After: %s', async (retryAfter, expected) => {
		client.sandbox.setFaults([{ kind: 'rateLimit', perSecond: 0.1, burst: 1, retryAfter }]);
		await client.get('/v1/tenant');
		const reply = await client.get('/v1/tenant');
		expect(reply.status).toBe(429);
		expect(String(reply.headers['retry-after'])).toMatch(expected);
	});

	it('can answer 503 with any body', async () => {
		client.sandbox.setFaults([
			{ kind: 'rateLimit', perSecond: 0.1, burst: 1, status: 503, body: 'html' },
		]);
		await client.get('/v1/tenant');
		const reply = await client.get('/v1/tenant');
		expect([reply.status, reply.text]).toEqual([503, expect.stringContaining('<html>')]);
	});
});

async function untilReceived(count: number): Promise<void> {
	while (client.sandbox.requests.length < count) await setImmediate();
}

async function untilThereIs(orderRef: string): Promise<void> {
	while (!client.sandbox.store.order(orderRef)) await setImmediate();
}
