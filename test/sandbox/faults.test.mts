import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../sandbox/index.mts';
import { instruction, send, SignedIn } from './client.mts';

type Moment = Extract<Fault, { kind: 'reset' }>['at'];

let client: SignedIn;
beforeEach(async () => {
	client = await SignedIn.start();
});
afterEach(() => client.sandbox.stop());

function create(orderRef = 'ORDER-1', timeout?: number) {
	const instructions = [instruction(client.sandbox)];
	const headers = client.headers;
	const body = { orderRef, instructions };
	return send(`${client.sandbox.url}/v1/order-management`, 'POST', { body, headers, timeout });
}

/** Before the write there is no order, after it there is one. */
function ordersAfter(at: Moment): number {
	return at === 'afterWrite' ? 1 : 0;
}

const moments: Moment[] = ['beforeWrite', 'afterWrite'];

describe.each(moments)('an answer %s', (at) => {
	afterEach(() => {
		expect(client.sandbox.store.orders).toHaveLength(ordersAfter(at));
	});

	it.each([500, 501, 502, 503, 504, 402, 409])('has the status %d', async (status) => {
		client.sandbox.misbehave([{ kind: 'answer', at, status }]);
		const reply = await create();
		expect(reply.status).toBe(status);
		expect(reply.body).toMatchObject({ errors: [{ errorCode: 'SANDBOX_FAULT' }] });
		expect(client.sandbox.requests.at(-1)).toMatchObject({
			name: 'createOrder',
			status,
			outcome: at === 'afterWrite' ? 202 : null,
			faults: [{ kind: 'answer', at, status }],
		});
	});

	it('is an HTML page with 200', async () => {
		client.sandbox.misbehave([{ kind: 'answer', at, status: 200, body: 'html' }]);
		const reply = await create();
		expect([reply.status, reply.headers['content-type']]).toEqual([
			200,
			'text/html; charset=utf-8',
		]);
		expect(reply.text).toContain('<h1>200 OK</h1>');
	});

	it("is a gateway's 404, as a page or empty", async () => {
		const next = { from: 2 };
		client.sandbox.misbehave([
			{ kind: 'answer', at, status: 404, body: 'html', calls: { next: 1 } },
			{ kind: 'answer', at, status: 404, body: 'empty', calls: next },
		]);
		const page = await create();
		expect([page.status, page.body]).toEqual([404, null]);
		expect(page.text).toContain('404 Not Found');
		const empty = await create();
		expect([empty.status, empty.text, empty.headers['content-type']]).toEqual([404, '', undefined]);
	});

	it.each([301, 302, 303, 307, 308] as const)('is a redirect with %d', async (status) => {
		const to = 'https://elsewhere.example/v1/order-management';
		client.sandbox.misbehave([{ kind: 'redirect', at, status, to }]);
		const reply = await create();
		expect([reply.status, reply.headers.location, reply.text]).toEqual([status, to, '']);
	});
});

describe.each(moments)('a connection %s', (at) => {
	afterEach(() => {
		expect(client.sandbox.store.orders).toHaveLength(ordersAfter(at));
	});

	it('is reset', async () => {
		client.sandbox.misbehave([{ kind: 'reset', at }]);
		await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(client.sandbox.requests.at(-1)).toMatchObject({ status: null, faults: [{ at }] });
	});

	it('stays silent', async () => {
		client.sandbox.misbehave([{ kind: 'silence', at }]);
		await expect(create('ORDER-1', 200)).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect(client.sandbox.requests.at(-1)).toMatchObject({ status: null, faults: [{ at }] });
	});
});
