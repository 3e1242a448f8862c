import { describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import {
	RateLimiter,
	type Slot,
	type Clock,
} from '../../../../nodes/Imburse/execution/concurrency/rateLimiter.ts';
import { SharedPace } from '../../../../nodes/Imburse/execution/concurrency/sharedPace.ts';
import type { HttpResponse } from '../../../../nodes/Imburse/api/http.ts';

/** A clock that stands still but for sleeping. */
class TestClock implements Clock {
	time = 0;
	stopped = false;
	slept: number[] = [];

	random = () => 1;
	isStopped = () => this.stopped;
	sleep = async (milliseconds: number) => {
		this.slept.push(milliseconds);
		await setImmediate();
		this.time += milliseconds;
	};
}

function response(status: number, headers: Record<string, string> = {}): HttpResponse {
	return { status, headers, text: '' };
}

/** Whether a promise has come to its end by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
	let settled = false;
	void promise.then(() => (settled = true));
	await setImmediate();
	return settled;
}

async function start(clock: TestClock, ceiling = 8) {
	const limiter = new RateLimiter(ceiling, clock, new SharedPace(() => clock.time), () => 100);
	const slot: Slot = await limiter.acquire();
	return { limiter, slot, round: await slot.waitUntilClear() };
}

describe('the limiter', () => {
	it('lets one in, and two after the first good response', async () => {
		const { limiter, slot, round } = await start(new TestClock());
		const second = limiter.acquire();
		expect(await isSettled(second)).toBe(false);
		expect(slot.report(response(201), round)).toBe(false);
		expect(await isSettled(second)).toBe(true);
		slot.release();
		expect(await isSettled(limiter.acquire())).toBe(true);
		expect(await isSettled(limiter.acquire())).toBe(false);
	});

	it.each([
		['seconds', { 'retry-after': '7' }, 7_000],
		[
			'a date',
			{
				date: 'Mon, 23 Nov 2026 07:00:00 GMT',
				'retry-after': 'Mon, 23 Nov 2026 07:00:09 GMT',
			},
			9_000,
		],
		['nothing', {}, 125],
	])('sends again what was refused with 429, after %s', async (_, headers, wait) => {
		const clock = new TestClock();
		const { slot, round } = await start(clock);
		expect(slot.report(response(429, headers), round)).toBe(true);
		await slot.waitUntilClear();
		expect(clock.slept).toEqual([wait]);
	});

	it('slows down on 503, and leaves it to others what that means', async () => {
		const clock = new TestClock();
		const { slot, round } = await start(clock);
		expect(slot.report(response(503, { 'retry-after': '2' }), round)).toBe(false);
		await slot.waitUntilClear();
		expect(clock.slept).toEqual([2_000]);
	});

	it('gives up after thirty refusals in a row, and at once when it is to wait for an hour', async () => {
		const clock = new TestClock();
		const { slot } = await start(clock);
		const refusals: boolean[] = [];
		for (let i = 0; i < 30; i++)
			refusals.push(slot.report(response(429), await slot.waitUntilClear()));
		expect(refusals).toEqual([...Array<boolean>(29).fill(true), false]);
		const other = await start(new TestClock());
		expect(other.slot.report(response(429, { 'retry-after': '3600' }), other.round)).toBe(false);
	});

	it('gives the place of one that waits to others, and takes it back before those that come', async () => {
		const { limiter, slot } = await start(new TestClock());
		const second = limiter.acquire();
		slot.release();
		expect(await isSettled(second)).toBe(true);
		const third = limiter.acquire();
		const back = slot.waitUntilClear();
		(await second).release();
		expect(await isSettled(back)).toBe(true);
		expect(await isSettled(third)).toBe(false);
	});

	it('lets no more go on after a refusal than the halved limit has room for', async () => {
		const { limiter, slot: first, round } = await start(new TestClock());
		first.report(response(201), round);
		const second = await limiter.acquire();
		first.report(response(429, { 'retry-after': '5' }), await first.waitUntilClear());
		const waiting = [first.waitUntilClear(), second.waitUntilClear()];
		await Promise.race(waiting);
		expect(await Promise.all(waiting.map(isSettled))).toEqual([true, false]);
		first.release();
		expect(await Promise.all(waiting.map(isSettled))).toEqual([true, true]);
	});

	it('lets nobody begin as long as Imburse wants to be left alone', async () => {
		const clock = new TestClock();
		const { limiter, slot, round } = await start(clock);
		slot.report(response(429, { 'retry-after': '5' }), round);
		slot.release();
		await limiter.acquire();
		expect(clock.time).toBe(5_000);
	});

	it('takes no turn for a run that is stopped, which would be one less for others', async () => {
		const clock = new TestClock();
		const { slot, limiter } = await start(clock);
		const taken = jest.spyOn(limiter.pace, 'takeTurn');
		clock.stopped = true;
		await slot.waitUntilClear();
		expect(taken).not.toHaveBeenCalled();
		clock.stopped = false;
		await slot.waitUntilClear();
		expect(taken).toHaveBeenCalledTimes(1);
	});

	it('lets nobody go out after his turn who is to wait longer by then', async () => {
		const clock = new TestClock();
		const { slot, limiter, round } = await start(clock);
		slot.report(response(429), round);
		const next = await slot.waitUntilClear();
		slot.report(response(200), next);
		// The turn has to be waited for, and meanwhile a call from before the refusal asks for 5 seconds.
		jest.spyOn(limiter.pace, 'takeTurn').mockReturnValueOnce(100).mockReturnValue(0);
		const sleep = clock.sleep.bind(clock);
		jest.spyOn(clock, 'sleep').mockImplementationOnce(async (milliseconds) => {
			slot.report(response(429, { 'retry-after': '5' }), round);
			await sleep(milliseconds);
		});
		const asked = clock.time;
		await slot.waitUntilClear();
		expect(clock.time - asked).toBeGreaterThanOrEqual(5_000);
	});

	it('holds nobody back once the run is stopped', async () => {
		const clock = new TestClock();
		const { slot, round } = await start(clock);
		slot.report(response(429, { 'retry-after': '60' }), round);
		clock.stopped = true;
		await slot.waitUntilClear();
		expect(clock.slept).toEqual([]);
	});
});
