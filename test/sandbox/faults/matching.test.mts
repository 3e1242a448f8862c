import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../sandbox/index.mts';
import { createOrder, instruction, ImburseClient } from '../client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

type ResponseFault = Extract<Fault, { kind: 'answer' }>;

function failing(target: Partial<ResponseFault> = {}): ResponseFault {
	return { kind: 'answer', at: 'beforeWrite', status: 500, ...target };
}

/** Which of several requests, one after the other, triggered the fault. */
async function triggeredOf(count: number): Promise<boolean[]> {
	const triggered: boolean[] = [];
	while (triggered.length < count) triggered.push((await client.get('/v1/tenant')).status === 500);
	return triggered;
}

describe('the requests that trigger a fault', () => {
	it('are all of them without a limit', async () => {
		client.sandbox.setFaults([failing()]);
		expect(await triggeredOf(3)).toEqual([true, true, true]);
		await expect(ImburseClient.signIn(client.sandbox)).resolves.toBeDefined();
		expect(client.sandbox.requests.at(-1)?.status).toBe(500);
	});

	it.each<[ResponseFault['calls'], boolean[]]>([
		[{ next: 2 }, [true, true, false, false]],
		[{ from: 2, to: 3 }, [false, true, true, false]],
		[{ from: 3 }, [false, false, true, true]],
		[{ probability: 0 }, [false, false, false, false]],
		[{ probability: 1 }, [true, true, true, true]],
	])('are those of %j', async (calls, expected) => {
		client.sandbox.setFaults([failing({ calls })]);
		expect(await triggeredOf(4)).toEqual(expected);
	});

	it('are counted for one route, whatever other requests there are', async () => {
		client.sandbox.setFaults([failing({ route: 'getTenant', calls: { from: 2, to: 2 } })]);
		expect(await triggeredOf(1)).toEqual([false]);
		expect((await createOrder(client)).status).toBe(202);
		expect(await triggeredOf(2)).toEqual([true, false]);
	});

	it('are counted over several routes together', async () => {
		client.sandbox.setFaults([failing({ route: ['getTenant', 'getOrder'], calls: { from: 2 } })]);
		expect(await triggeredOf(1)).toEqual([false]);
		expect((await client.get('/v1/order-management/ORDER-1')).status).toBe(500);
	});

	it('can be those of one method', async () => {
		client.sandbox.setFaults([failing({ method: 'POST' })]);
		expect(await triggeredOf(1)).toEqual([false]);
		expect((await createOrder(client)).status).toBe(500);
	});

	it('can be those with a reference in the path, in JSON or in a form', async () => {
		client.sandbox.setFaults([failing({ reference: 'ORDER-2' })]);
		expect((await createOrder(client, 'ORDER-1')).status).toBe(202);
		expect((await createOrder(client, 'ORDER-2')).status).toBe(500);
		expect((await client.get('/v1/order-management/ORDER-2')).status).toBe(500);
		const form = await client.call('POST', '/v1/order-management', {
			body: 'orderRef=ORDER-2',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		});
		expect(form.status).toBe(500);
		expect((await client.post('/v1/order-management', '{')).status).toBe(400);
	});

	it('can be those with the reference of an instruction', async () => {
		await client.post('/v1/order-management', { orderRef: 'ORDER-1' });
		client.sandbox.setFaults([failing({ reference: 'B', method: 'POST' })]);
		const path = '/v1/order-management/ORDER-1/instruction';
		for (const [instructionRef, status] of [
			['A', 201],
			['B', 500],
		]) {
			const body = instruction(client.sandbox, { instructionRef });
			expect((await client.post(path, body)).status).toBe(status);
		}
	});

	it('are counted exactly, however many arrive at once', async () => {
		client.sandbox.setFaults([failing({ calls: { from: 4, to: 9 } })]);
		const replies = await Promise.all(
			Array.from({ length: 20 }, (_, index) => createOrder(client, `ORDER-${index}`)),
		);
		expect(replies.filter((reply) => reply.status === 500)).toHaveLength(6);
		const refused = client.sandbox.requests
			.filter(({ name }) => name === 'createOrder')
			.flatMap(({ status }, index) => (status === 500 ? [index + 1] : []));
		expect(refused).toEqual([4, 5, 6, 7, 8, 9]);
		expect(client.sandbox.store.orders).toHaveLength(14);
	});
});

describe('the seed', () => {
	async function sequence(seed: number, ...before: Fault[]): Promise<boolean[]> {
		client.sandbox.setFaults([failing({ calls: { probability: 0.5 } }), ...before], seed);
		return triggeredOf(40);
	}

	it('gives the same sequence again, and another seed a different one', async () => {
		const first = await sequence(7);
		expect(await sequence(7)).toEqual(first);
		expect(await sequence(8)).not.toEqual(first);
		const hits = first.filter(Boolean).length;
		expect(hits).toBeGreaterThan(10);
		expect(hits).toBeLessThan(30);
	});

	it('gives the same sequence in another sandbox', async () => {
		const first = await sequence(7);
		const calls = { probability: 0.5 };
		await client.sandbox.stop();
		client = await ImburseClient.start({
			faults: [failing({ route: 'getTenant', calls })],
			seed: 7,
		});
		expect(await triggeredOf(40)).toEqual(first);
	});

	it('gives the same sequence whatever other faults and requests there are', async () => {
		const first = await sequence(7);
		const other = failing({ route: 'createOrder', calls: { probability: 0.5 } });
		client.sandbox.setFaults(
			[failing({ route: 'getTenant', calls: { probability: 0.5 } }), other],
			7,
		);
		const mixed: boolean[] = [];
		while (mixed.length < 40) {
			await createOrder(client, `ORDER-${mixed.length}`);
			mixed.push(...(await triggeredOf(1)));
		}
		expect(mixed).toEqual(first);
	});

	it('gives two faults of a list different sequences', async () => {
		const calls = { probability: 0.5 };
		client.sandbox.setFaults([
			failing({ calls }),
			{ kind: 'delay', at: 'beforeWrite', ms: 0, calls },
		]);
		await triggeredOf(40);
		const kinds = client.sandbox.requests.slice(1).map(({ faults }) => faults.length);
		expect(new Set(kinds)).toEqual(new Set([0, 1, 2]));
	});
});

describe('several faults for one request', () => {
	it('respond with the first in the list', async () => {
		client.sandbox.setFaults([failing({ status: 503 }), failing({ status: 504 })]);
		expect((await createOrder(client)).status).toBe(503);
		expect(client.sandbox.requests.at(-1)?.faults).toHaveLength(2);
	});

	it('respond with the one before the write, wherever it is in the list', async () => {
		client.sandbox.setFaults([
			failing({ at: 'afterWrite', status: 503 }),
			failing({ at: 'beforeWrite', status: 504 }),
		]);
		expect((await createOrder(client)).status).toBe(504);
		expect(client.sandbox.store.orders).toHaveLength(0);
	});
});
