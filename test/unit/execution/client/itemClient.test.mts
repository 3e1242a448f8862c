import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { TokenError } from '../../../../nodes/Imburse/api/errors/tokenError.ts';
import type { HttpRequest, HttpResponse } from '../../../../nodes/Imburse/api/http.ts';
import { ItemClient } from '../../../../nodes/Imburse/execution/client/itemClient.ts';
import {
	RateLimiter,
	type Clock,
} from '../../../../nodes/Imburse/execution/concurrency/rateLimiter.ts';
import { SharedPace } from '../../../../nodes/Imburse/execution/concurrency/sharedPace.ts';
import type { PreparedItem } from '../../../../nodes/Imburse/execution/items.ts';
import { answer, credential, SANDBOX_URL } from '../../api/fixtures.mts';

const READ = { endpoint: 'getOrder', identifiers: { orderRef: 'A' } } as const;
const ITEM: PreparedItem = {
	index: 0,
	plan: { label: 'Payment Order "A"', request: READ, echo: {} },
	correlationId: 'own-id',
	tenantId: 'T-2',
	includeResponse: false,
	maxConcurrency: 1,
	timeout: 1500,
	wasSentBefore: false,
	options: {},
};

/** A client that is answered by these responses, one after another, and one slot for all of them. */
async function connect(...responses: Array<HttpResponse | Error>) {
	const stop = new AbortController();
	const sent: HttpRequest[] = [];
	const waits: number[] = [];
	const pace = new SharedPace(() => waits.reduce((sum, wait) => sum + wait, 0));
	const clock: Clock = {
		sleep: async (milliseconds) => void waits.push(milliseconds),
		isStopped: () => stop.signal.aborted,
		random: () => 1,
	};
	const limiter = new RateLimiter(1, clock, pace, () => 1);
	const send = async (request: HttpRequest) => {
		sent.push(request);
		const response = responses.shift() ?? answer(200, { orderRef: 'A' });
		if (response instanceof Error) throw response;
		return response;
	};
	const session = {
		credential: credential(),
		baseUrl: SANDBOX_URL,
		send,
		stopSignal: stop.signal,
	};
	const client = new ItemClient(session, ITEM, await limiter.acquire());
	return { client, limiter, sent, stop, waits };
}

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['setImmediate'] });
});
afterEach(() => {
	jest.useRealTimers();
});

describe('a request of an item', () => {
	it("carries the item's ID, tenant and time limit", async () => {
		const { client, sent } = await connect();
		await client.request(READ);
		expect(sent).toEqual([
			expect.objectContaining({
				headers: { 'x-correlation-id': 'own-id', 'x-tenant-id': 'T-2' },
				timeout: 1500,
			}),
		]);
	});

	it('is sent again after a 429, when the wait that Imburse asks for is over', async () => {
		const { client, sent, waits } = await connect(answer(429, '', { 'retry-after': '7' }));
		expect(await client.request(READ)).toMatchObject({ ok: true });
		expect(waits).toEqual([7_000]);
		expect(sent).toHaveLength(2);
		expect(client.attempts()).toBe(2);
	});

	it('does not go out once the run is stopped', async () => {
		const { client, sent, stop } = await connect();
		stop.abort();
		expect(await client.request(READ)).toMatchObject({
			ok: false,
			failure: { message: expect.stringContaining('the run was stopped') as unknown },
		});
		expect(sent).toEqual([]);
		expect(client.attempts()).toBe(0);
	});
});

describe('the attempts of an item', () => {
	it.each([
		['a network error', new Error('socket hang up'), 1],
		['no token, without which it was never sent', new TokenError('keys', 'refused'), 0],
	])('are counted with %s', async (_, error, attempts) => {
		const { client } = await connect(error);
		expect(await client.request(READ)).toMatchObject({ ok: false });
		expect(client.attempts()).toBe(attempts);
	});

	it('leave out the other requests that it makes', async () => {
		const { client } = await connect(answer(200, { tenantId: 'T-2' }));
		await client.request({ endpoint: 'getTenant' });
		expect(client.attempts()).toBe(0);
	});
});

describe('an item that waits', () => {
	it.each([
		['lets another one go ahead', 'delay', true],
		['keeps the others back where all of them may be affected', 'delayHoldingSlot', false],
	] as const)('%s', async (_, wait, isFree) => {
		const { client, limiter } = await connect();
		const waited = client[wait](1_000);
		let hasStarted = false;
		void limiter.acquire().then(() => (hasStarted = true));
		await setImmediate();
		expect(hasStarted).toBe(isFree);
		await jest.advanceTimersByTimeAsync(1_000);
		await waited;
	});

	it('counts the time since it began', async () => {
		const { client } = await connect();
		await jest.advanceTimersByTimeAsync(2_500);
		expect(client.elapsed()).toBe(2_500);
	});
});
