import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import {
	createRateLimiter,
	type Slot,
	type Clock,
} from '../../../../nodes/Imburse/execution/concurrency/rateLimiter.ts';
import type { HttpResponse } from '../../../../nodes/Imburse/api/http.ts';

/** A clock that stands still but for sleeping. */
class TestClock implements Clock {
	time = 0;
	stopped = false;
	slept: number[] = [];

	now = () => this.time;
	random = () => 1;
	isStopped = () => this.stopped;
	sleep = async (milliseconds: number) => {
		this.slept.push(milliseconds);
		await setImmediate();
		this.time += milliseconds;
	};
}

function answer(status: number, headers: Record<string, string> = {}): HttpResponse {
	return { status, headers, text: '' };
}

/** Whether a promise has come to its end by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
	let settled = false;
	void promise.then(() => (settled = true));
	await setImmediate();
	return settled;
}

async function entered(clock: TestClock, ceiling = 8) {
	const traffic = createRateLimiter(ceiling, clock);
	const lane: Slot = await traffic.acquire();
	return { traffic, lane, round: await lane.waitForTurn() };
}

describe('the traffic', () => {
	it('lets one in, and two after the first good answer', async () => {
		const { traffic, lane, round } = await entered(new TestClock());
		const second = traffic.acquire();
		expect(await isSettled(second)).toBe(false);
		expect(lane.report(answer(201), round)).toBe(false);
		expect(await isSettled(second)).toBe(false);
		lane.release();
		expect(await isSettled(second)).toBe(true);
		expect(await isSettled(traffic.acquire())).toBe(true);
		expect(await isSettled(traffic.acquire())).toBe(false);
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
		['nothing', {}, 250],
	])('sends again what was refused with 429, after %s', async (_, headers, wait) => {
		const clock = new TestClock();
		const { lane, round } = await entered(clock);
		expect(lane.report(answer(429, headers), round)).toBe(true);
		await lane.waitForTurn();
		expect(clock.slept).toEqual([wait]);
	});

	it('slows down on 503, and leaves it to others what that means', async () => {
		const clock = new TestClock();
		const { lane, round } = await entered(clock);
		expect(lane.report(answer(503, { 'retry-after': '2' }), round)).toBe(false);
		await lane.waitForTurn();
		expect(clock.slept).toEqual([2_000]);
	});

	it('gives up after ten refusals in a row, and at once when it is to wait for an hour', async () => {
		const clock = new TestClock();
		const { lane } = await entered(clock);
		const refusals: boolean[] = [];
		for (let i = 0; i < 10; i++) refusals.push(lane.report(answer(429), await lane.waitForTurn()));
		expect(refusals).toEqual([...Array<boolean>(9).fill(true), false]);
		const other = await entered(new TestClock());
		expect(other.lane.report(answer(429, { 'retry-after': '3600' }), other.round)).toBe(false);
	});

	it('gives the place of one that waits to others, and takes it back before those that come', async () => {
		const { traffic, lane } = await entered(new TestClock());
		const second = traffic.acquire();
		lane.release();
		expect(await isSettled(second)).toBe(true);
		const third = traffic.acquire();
		const back = lane.waitForTurn();
		(await second).release();
		expect(await isSettled(back)).toBe(true);
		expect(await isSettled(third)).toBe(false);
	});

	it('lets nobody begin as long as Imburse wants to be left alone', async () => {
		const clock = new TestClock();
		const { traffic, lane, round } = await entered(clock);
		lane.report(answer(429, { 'retry-after': '5' }), round);
		lane.release();
		await traffic.acquire();
		expect(clock.time).toBe(5_000);
	});

	it('holds nobody back once the run is stopped', async () => {
		const clock = new TestClock();
		const { lane, round } = await entered(clock);
		lane.report(answer(429, { 'retry-after': '60' }), round);
		clock.stopped = true;
		await lane.waitForTurn();
		expect(clock.slept).toEqual([]);
	});
});
