import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../sandbox/index.mts';
import { createOrder, ImburseClient } from '../client.mts';

type Phase = Extract<Fault, { kind: 'reset' }>['at'];

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start({ createResponse: 'model' });
});
afterEach(() => client.sandbox.stop());

interface Received {
	status: number | undefined;
	/** The `content-length`. */
	announcedBytes: number;
	text: string;
	/** `end` after a whole response, otherwise the code of the error, or `silence`. */
	end: string;
}

/** Sends an order and collects the bytes of the response, until there is none for `timeoutMs`. */
function createAndCollect(timeoutMs: number): Promise<Received> {
	return new Promise((resolve, reject) => {
		const url = `${client.sandbox.url}/v1/order-management`;
		const sent = request(url, { method: 'POST', headers: client.headers }, (response) => {
			let text = '';
			const done = (end: string): void => {
				resolve({
					status: response.statusCode,
					announcedBytes: Number(response.headers['content-length']),
					text,
					end,
				});
			};
			response.on('data', (chunk: Buffer) => (text += chunk.toString()));
			response.on('end', () => done('end'));
			response.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? ''));
			response.setTimeout(timeoutMs, () => {
				done('silence');
				sent.destroy();
			});
		});
		sent.on('error', reject);
		sent.end('{"orderRef":"ORDER-1"}');
	});
}

describe.each<[Phase, number, number | null]>([
	['beforeWrite', 0, null],
	['afterWrite', 1, 202],
])('a connection %s', (at, orders, ownStatus) => {
	const expectedText = at === 'afterWrite' ? /^\{"orderRef":"ORDER-1",/ : /^\{$/;

	afterEach(() => {
		expect(client.sandbox.store.orders).toHaveLength(orders);
		expect(client.sandbox.requests.at(-1)).toMatchObject({
			ownStatus: ownStatus && expect.any(Number),
			faults: [{ at }],
		});
	});

	it('is reset without a response', async () => {
		client.sandbox.setFaults([{ kind: 'reset', at }]);
		await expect(createOrder(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(client.sandbox.requests.at(-1)?.status).toBeNull();
	});

	it('has a response that never begins', async () => {
		client.sandbox.setFaults([{ kind: 'silence', at }]);
		await expect(createOrder(client, 'ORDER-1', { timeout: 200 })).rejects.toMatchObject({
			code: 'ECONNABORTED',
		});
		expect(client.sandbox.requests.at(-1)?.status).toBeNull();
	});

	it('has a response that never ends', async () => {
		client.sandbox.setFaults([{ kind: 'unfinished', at }]);
		const received = await createAndCollect(200);
		expect(received.end).toBe('silence');
		expect(received.text).toMatch(expectedText);
		expect(received.announcedBytes).toBeGreaterThan(received.text.length);
		expect(client.sandbox.requests.at(-1)?.status).toBe(received.status);
	});

	it('is closed in the middle of the body', async () => {
		client.sandbox.setFaults([{ kind: 'cutOff', at }]);
		const received = await createAndCollect(2000);
		expect(received.end).toBe('ECONNRESET');
		expect(received.text).toMatch(expectedText);
		expect(received.announcedBytes).toBeGreaterThan(received.text.length);
		expect(client.sandbox.requests.at(-1)?.status).toBe(received.status);
	});
});

describe('a response without a body', () => {
	it('is half of an empty object, with 200 in place of 204', async () => {
		await client.post('/v1/order-management', { orderRef: 'ORDER-1' });
		client.sandbox.setFaults([{ kind: 'cutOffJson', at: 'afterWrite' }]);
		const reply = await client.put('/v1/order-management/ORDER-1/metadata', { a: 'b' });
		expect([reply.status, reply.text]).toEqual([200, '{']);
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({ a: 'b' });
	});
});

describe('stopping', () => {
	it('does not wait for responses that never come', async () => {
		client.sandbox.setFaults([{ kind: 'silence', at: 'afterWrite' }]);
		const lost = expect(createOrder(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
		await client.sandbox.stop();
		await lost;
	});
});
