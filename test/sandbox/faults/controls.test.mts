import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type Fault } from '../../../sandbox/index.mts';
import { createOrder, send, ImburseClient, type HttpResponse } from '../client.mts';

const lost: Fault = { kind: 'reset', at: 'afterWrite', route: 'createOrder' };

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

function admin(
	method: 'GET' | 'POST' | 'DELETE',
	path: string,
	body?: unknown,
): Promise<HttpResponse> {
	const headers = { 'Content-Type': body === undefined ? undefined : 'application/json' };
	return send(`${client.sandbox.url}/_sandbox${path}`, method, { body, headers });
}

describe('faults over HTTP', () => {
	it('are set, shown with their counts, and removed', async () => {
		expect((await admin('POST', '/faults', { faults: [lost], seed: 7 })).status).toBe(204);
		await expect(createOrder(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
		const counts = [{ fault: lost, matched: 1, triggered: 1 }];
		expect((await admin('GET', '/faults')).body).toEqual(counts);
		expect(client.sandbox.faults).toEqual(counts);

		expect((await admin('DELETE', '/faults')).status).toBe(204);
		expect((await admin('GET', '/faults')).body).toEqual([]);
		expect((await createOrder(client, 'ORDER-2')).status).toBe(202);
	});

	it('replace the old ones, and start new counts', async () => {
		const fault: Fault = { ...lost, calls: { next: 1 } };
		client.sandbox.setFaults([fault, { kind: 'newestTokenOnly' }]);
		await expect(createOrder(client)).rejects.toThrow();
		await admin('POST', '/faults', { faults: [fault] });
		expect(client.sandbox.faults).toEqual([{ fault, matched: 0, triggered: 0 }]);
		await expect(createOrder(client, 'ORDER-2')).rejects.toThrow();
	});

	it('depend on the seed', async () => {
		const fault: Fault = {
			kind: 'answer',
			at: 'beforeWrite',
			status: 500,
			calls: { probability: 0.5 },
		};
		const sequences: number[][] = [];
		for (const seed of [7, 7, 8]) {
			await admin('POST', '/faults', { faults: [fault], seed });
			const statuses: number[] = [];
			while (statuses.length < 30) statuses.push((await client.get('/v1/tenant')).status);
			sequences.push(statuses);
		}
		expect(sequences[1]).toEqual(sequences[0]);
		expect(sequences[2]).not.toEqual(sequences[0]);
	});

	it.each<[unknown, string]>([
		[undefined, 'expected object'],
		[[], 'expected object'],
		[{}, 'faults'],
		[{ faults: lost }, 'expected array'],
		[{ faults: [], sed: 7 }, 'sed'],
		[{ faults: [], seed: 1.5 }, 'seed'],
	])('are refused as %j', async (body, text) => {
		client.sandbox.setFaults([lost]);
		const reply = await admin('POST', '/faults', body);
		expect([reply.status, reply.text]).toEqual([400, expect.stringContaining(text)]);
		expect(client.sandbox.faults).toHaveLength(1);
	});

	it('are not in the request log', async () => {
		await admin('POST', '/faults', { faults: [{ kind: 'reset', at: 'beforeWrite' }] });
		await admin('GET', '/faults');
		expect(client.sandbox.counts).toMatchObject({ requests: 1, faulted: 0 });
	});
});

describe('an invalid fault', () => {
	it.each<[object, string]>([
		[{ kind: 'rest', at: 'afterWrite' }, 'kind'],
		[{ kind: 'reset' }, 'at [0].at'],
		[{ kind: 'reset', at: 'later' }, 'at [0].at'],
		[{ ...lost, rout: 'createOrder' }, '"rout"'],
		[
			{ ...lost, route: 'createOders' },
			'There is no route called createOders. There are: issueToken',
		],
		[{ ...lost, route: ['createOrder', 'x'] }, 'There is no route called x'],
		[{ ...lost, calls: { from: 3, to: 2 } }, 'The calls 3 to 2 are none at all'],
		[{ ...lost, calls: { next: 0 } }, 'calls'],
		[{ ...lost, calls: { probability: 2 } }, 'calls'],
		[{ kind: 'answer', at: 'afterWrite', status: 99 }, 'status'],
		[{ kind: 'rateLimit', perSecond: 0, burst: 1 }, 'perSecond'],
		[{ kind: 'newestTokenOnly', route: 'createOrder' }, '"route"'],
		[{ kind: 'instructionLate' }, 'after'],
	])('%j is refused with the reason', async (fault, text) => {
		expect(() => client.sandbox.setFaults([fault as Fault])).toThrow(text);
		await expect(startSandbox({ faults: [fault as Fault] })).rejects.toThrow(text);
		const reply = await admin('POST', '/faults', { faults: [fault] });
		expect(reply.status).toBe(400);
		expect((reply.body as { error: string }).error).toContain(text);
	});
});

describe('clearing the faults', () => {
	it('removes them and leaves what they did', async () => {
		client.sandbox.setFaults([lost]);
		await expect(createOrder(client)).rejects.toThrow();
		client.sandbox.clearFaults();
		expect((await createOrder(client, 'ORDER-2')).status).toBe(202);
		expect(client.sandbox.counts).toMatchObject({ orders: 2, faulted: 1 });
	});
});

describe('a reset', () => {
	it.each([
		['by call', async () => client.sandbox.reset()],
		['over HTTP', async () => void (await admin('POST', '/reset'))],
	])('%s removes the faults too', async (_case, reset) => {
		client.sandbox.setFaults([lost]);
		await expect(createOrder(client)).rejects.toThrow();
		await reset();
		expect(client.sandbox.faults).toEqual([]);
		expect(client.sandbox.counts).toEqual({
			orders: 0,
			instructions: 0,
			requests: 0,
			posts: 0,
			tokenCalls: 0,
			faulted: 0,
			byRoute: {},
		});
		expect((await createOrder(await ImburseClient.signIn(client.sandbox))).status).toBe(202);
	});
});

describe('the counts', () => {
	it('tell how many requests there were, and how many orders they created', async () => {
		client.sandbox.setFaults([{ ...lost, calls: { next: 2 } }]);
		await expect(createOrder(client, 'ORDER-1')).rejects.toThrow();
		await expect(createOrder(client, 'ORDER-2')).rejects.toThrow();
		expect((await createOrder(client, 'ORDER-1')).status).toBe(400);
		await client.get('/v1/order-management/ORDER-1');
		await client.get('/v1/nowhere');
		expect(client.sandbox.counts).toEqual({
			orders: 2,
			instructions: 2,
			requests: 6,
			posts: 4,
			tokenCalls: 1,
			faulted: 2,
			byRoute: { issueToken: 1, createOrder: 3, getOrder: 1, none: 1 },
		});
		expect((await admin('GET', '/counts')).body).toEqual(client.sandbox.counts);
	});
});

describe('faults in the options', () => {
	it('apply from the first request on', async () => {
		const sandbox = await startSandbox({ faults: [lost] });
		await expect(createOrder(await ImburseClient.signIn(sandbox))).rejects.toMatchObject({
			code: 'ECONNRESET',
		});
		expect(sandbox.store.orders).toHaveLength(1);
		await sandbox.stop();
	});
});
