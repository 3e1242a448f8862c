import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../../nodes/Imburse/api/connection.ts';
import type { HttpResponse } from '../../../../nodes/Imburse/api/http.ts';
import type { LookUpShare } from '../../../../nodes/Imburse/webhook/confirm/lookUpLane.ts';
import {
	LookUpQueue,
	lookUpQueueOf,
} from '../../../../nodes/Imburse/webhook/confirm/lookUpQueue.ts';
import { useIdleClock } from '../../../support/idleClock.mts';
import { answer, credential, SANDBOX_URL } from '../../api/fixtures.mts';

useIdleClock();

const refs = (count: number) => Array.from({ length: count }, (_, index) => `R-${index}`);

const PROVED: LookUpShare = { kind: 'proved', perMinute: 1200 };
const UNPROVED: LookUpShare = { kind: 'unproved', perMinute: 1200 };

/** A connection whose requests end when the test answers them. */
function manual() {
	const open: Array<(response: HttpResponse) => void> = [];
	const connection: Connection = {
		credential: credential(),
		baseUrl: SANDBOX_URL,
		send: async () => await new Promise<HttpResponse>((resolve) => open.push(resolve)),
	};
	return { connection, open };
}

/** A connection that answers each request so. */
function answering(respond: () => HttpResponse): Connection {
	return { credential: credential(), baseUrl: SANDBOX_URL, send: async () => respond() };
}

/** Reads an instruction, or an order, and resolves to its value, or to what became of it. */
async function read(
	queue: LookUpQueue,
	share: LookUpShare,
	key: string,
	connection: Connection,
	endpoint: 'getInstruction' | 'getOrder' = 'getInstruction',
) {
	const identifiers = { orderRef: key, instructionRef: key };
	const wanted = { key, label: key, request: { endpoint, identifiers } };
	const result = await queue.read(share, connection, wanted);
	return result.kind === 'found' ? result.value : result.kind;
}

const ONE = { status: 'ONE' };
const TWO = { status: 'TWO' };

/** Until everything that needs no time has been done. */
const settle = async () => await new Promise<void>((resolve) => setImmediate(resolve));

describe('a read', () => {
	it('that has not begun is shared by all that ask for the same', async () => {
		const queue = new LookUpQueue();
		const { connection, open } = manual();
		const readOne = async (key: string) => await read(queue, PROVED, key, connection);
		const others = ['a', 'b', 'c', 'd'].map(readOne);
		const shared = [readOne('x'), readOne('x'), readOne('x')];
		await settle();
		expect(open).toHaveLength(4);
		for (const respond of open.splice(0)) respond(answer(200, ONE));
		await settle();
		expect(open).toHaveLength(1);
		open[0]?.(answer(200, TWO));
		expect(await Promise.all(shared)).toEqual([TWO, TWO, TWO]);
		await Promise.all(others);
	});

	it('that has begun is not shared: it may not know of what a later event tells', async () => {
		const queue = new LookUpQueue();
		const { connection, open } = manual();
		const first = read(queue, PROVED, 'x', connection);
		await settle();
		const second = read(queue, PROVED, 'x', connection);
		await settle();
		expect(open).toHaveLength(2);
		open[0]?.(answer(200, ONE));
		open[1]?.(answer(200, TWO));
		expect(await Promise.all([first, second])).toEqual([ONE, TWO]);
	});

	it('of a proved sender does not wait for those of others', async () => {
		const queue = new LookUpQueue();
		const { connection, open } = manual();
		const flood = Array.from({ length: 50 }, (_, index) =>
			read(queue, UNPROVED, String(index), connection),
		);
		await settle();
		expect(open).toHaveLength(4);
		const proved = read(queue, PROVED, 'x', connection);
		await settle();
		expect(open).toHaveLength(5);
		open[4]?.(answer(200, ONE));
		expect(await proved).toEqual(ONE);
		open.splice(4, 1);
		while (open.length > 0) {
			for (const respond of open.splice(0)) respond(answer(200, ONE));
			await settle();
		}
		await Promise.all(flood);
	});

	it('of a trigger with a small limit keeps no other trigger waiting', async () => {
		const queue = new LookUpQueue();
		const connection = answering(() => answer(200, ONE));
		const small: LookUpShare = { kind: 'proved', perMinute: 1 };
		const waiting = ['a', 'b'].map((key) => read(queue, small, key, connection));
		const started = Date.now();
		await read(queue, PROVED, 'x', connection);
		expect(Date.now() - started).toBeLessThan(10_000);
		await Promise.all(waiting);
	});

	it('that throws leaves its place to the next one', async () => {
		const queue = new LookUpQueue();
		const connection = answering(() => answer(200, ONE));
		const broken = refs(9).map(async (orderRef) => {
			const request = { endpoint: 'getOrder', identifiers: {} } as const;
			return await queue.read(PROVED, connection, { key: orderRef, label: orderRef, request });
		});
		const results = await Promise.allSettled(broken);
		expect(results.map(({ status }) => status)).toEqual(Array(9).fill('rejected'));
		expect(await read(queue, PROVED, 'x', connection)).toEqual(ONE);
	});

	it('of an order is shared for two seconds, and that of an instruction is not', async () => {
		const queue = new LookUpQueue();
		let calls = 0;
		const connection = answering(() => {
			calls++;
			return answer(200, ONE);
		});
		const readSoon = async (endpoint: 'getInstruction' | 'getOrder') => {
			const before = calls;
			for (const key of ['x', 'y', 'x']) await read(queue, PROVED, key, connection, endpoint);
			return calls - before;
		};
		expect(await readSoon('getInstruction')).toBe(3);
		expect(await readSoon('getOrder')).toBe(2);
		await new Promise((resolve) => setTimeout(resolve, 2_000));
		expect(await read(queue, PROVED, 'x', connection, 'getOrder')).toEqual(ONE);
		expect(calls).toBe(6);
	});

	it('that failed is not handed out again', async () => {
		const queue = new LookUpQueue();
		const replies = [answer(500, ''), answer(200, ONE)];
		const connection = answering(() => replies.shift()!);
		expect(await read(queue, PROVED, 'x', connection, 'getOrder')).toBe('unavailable');
		expect(await read(queue, PROVED, 'x', connection, 'getOrder')).toEqual(ONE);
	});
});

describe('a rate that Imburse limits', () => {
	it.each([
		['with Retry-After', { 'retry-after': '7' }, 7_000],
		['without', {}, 1_000],
		['with a Retry-After of nothing', { 'retry-after': '0' }, 1_000],
	])('%s makes all look-ups pause, and they go out again', async (_, headers, pause) => {
		const queue = new LookUpQueue();
		let refusals = 3;
		const connection = answering(() =>
			refusals-- > 0 ? answer(429, '', headers) : answer(200, ONE),
		);
		const started = Date.now();
		const reads = ['a', 'b', 'c'].map((key) => read(queue, UNPROVED, key, connection));
		expect(await Promise.all(reads)).toEqual([ONE, ONE, ONE]);
		expect(Date.now() - started).toBeGreaterThanOrEqual(pause);
		expect(Date.now() - started).toBeLessThan(pause + 5_000);
	});

	it('for ever ends with the refusal, after some minutes and few calls', async () => {
		const queue = new LookUpQueue();
		let calls = 0;
		const connection = answering(() => {
			calls++;
			return answer(429, '');
		});
		const started = Date.now();
		expect(await read(queue, PROVED, 'a', connection)).toBe('unavailable');
		expect(Date.now() - started).toBeLessThan(5 * 60_000);
		expect(calls).toBeLessThan(12);
	});

	it('that asks for an hour pauses no longer than a minute at a time', async () => {
		const queue = new LookUpQueue();
		let refusals = 1;
		const connection = answering(() =>
			refusals-- > 0 ? answer(429, '', { 'retry-after': '3600' }) : answer(200, ONE),
		);
		const started = Date.now();
		expect(await read(queue, PROVED, 'a', connection)).toEqual(ONE);
		expect(Date.now() - started).toBeLessThan(62_000);
	});
});

describe('the deliveries that wait', () => {
	it('are 600 at most', () => {
		const queue = new LookUpQueue();
		const load = { lookUps: 1, bytes: 100 };
		const admitted = refs(601).map(() => queue.admit(UNPROVED, load).ok);
		expect(admitted.indexOf(false)).toBe(600);
		expect(queue.admit(PROVED, load).ok).toBe(true);
	});

	it('take 32 MB at most', () => {
		const queue = new LookUpQueue();
		const load = { lookUps: 1, bytes: 16 * 1024 * 1024 };
		const [first, second, third] = [load, load, load].map((each) => queue.admit(UNPROVED, each));
		expect([first?.ok, second?.ok, third?.ok]).toEqual([true, true, false]);
		if (first?.ok) first.leave();
		expect(queue.admit(UNPROVED, load).ok).toBe(true);
	});
});

describe('the queue', () => {
	const queueOf = (fields: Parameters<typeof credential>[0]) =>
		lookUpQueueOf({ ...manual().connection, credential: credential(fields) });

	it('is the same for all triggers with the same keys', () => {
		expect(queueOf({ webhookSharedSecret: 'one' })).toBe(queueOf({ webhookSharedSecret: 'two' }));
	});

	it.each([
		{ accountId: 'other' },
		{ tenantId: 'other' },
		{ publicKey: 'other' },
		{ privateKey: '' },
		{ apiVersion: 'v2' as const },
	])('is another one for other keys, so that nothing is shared with them: %j', (fields) => {
		expect(queueOf(fields)).not.toBe(queueOf({}));
	});
});
