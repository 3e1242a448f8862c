import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import {
	openTraffic,
	type Lane,
	type Surroundings,
} from '../../../../nodes/Imburse/execution/pace/traffic.ts';
import type { WireAnswer } from '../../../../nodes/Imburse/api/wire.ts';

/** A clock that stands still but for sleeping. */
class Clock implements Surroundings {
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

function answer(status: number, headers: Record<string, string> = {}): WireAnswer {
	return { status, headers, text: '' };
}

/** Whether a promise has come to its end by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
	let settled = false;
	void promise.then(() => (settled = true));
	await setImmediate();
	return settled;
}

async function entered(clock: Clock, ceiling = 8) {
	const traffic = openTraffic(ceiling, clock);
	const lane: Lane = await traffic.enter();
	return { traffic, lane, round: await lane.turn() };
}

describe('the traffic', () => {
	it('lets one in, and two after the first good answer', async () => {
		const { traffic, lane, round } = await entered(new Clock());
		const second = traffic.enter();
		expect(await isSettled(second)).toBe(false);
		expect(lane.heard(answer(201), round)).toBe(false);
		expect(await isSettled(second)).toBe(false);
		lane.stepAside();
		expect(await isSettled(second)).toBe(true);
		expect(await isSettled(traffic.enter())).toBe(true);
		expect(await isSettled(traffic.enter())).toBe(false);
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
		const clock = new Clock();
		const { lane, round } = await entered(clock);
		expect(lane.heard(answer(429, headers), round)).toBe(true);
		await lane.turn();
		expect(clock.slept).toEqual([wait]);
	});

	it('slows down on 503, and leaves it to others what that means', async () => {
		const clock = new Clock();
		const { lane, round } = await entered(clock);
		expect(lane.heard(answer(503, { 'retry-after': '2' }), round)).toBe(false);
		await lane.turn();
		expect(clock.slept).toEqual([2_000]);
	});

	it('gives up after ten refusals in a row, and at once when it is to wait for an hour', async () => {
		const clock = new Clock();
		const { lane } = await entered(clock);
		const refusals: boolean[] = [];
		for (let i = 0; i < 10; i++) refusals.push(lane.heard(answer(429), await lane.turn()));
		expect(refusals).toEqual([...Array<boolean>(9).fill(true), false]);
		const other = await entered(new Clock());
		expect(other.lane.heard(answer(429, { 'retry-after': '3600' }), other.round)).toBe(false);
	});

	it('gives the place of one that waits to others, and takes it back before those that come', async () => {
		const { traffic, lane } = await entered(new Clock());
		const second = traffic.enter();
		lane.stepAside();
		expect(await isSettled(second)).toBe(true);
		const third = traffic.enter();
		const back = lane.turn();
		(await second).stepAside();
		expect(await isSettled(back)).toBe(true);
		expect(await isSettled(third)).toBe(false);
	});

	it('lets nobody begin as long as Imburse wants to be left alone', async () => {
		const clock = new Clock();
		const { traffic, lane, round } = await entered(clock);
		lane.heard(answer(429, { 'retry-after': '5' }), round);
		lane.stepAside();
		await traffic.enter();
		expect(clock.time).toBe(5_000);
	});

	it('holds nobody back once the run is stopped', async () => {
		const clock = new Clock();
		const { lane, round } = await entered(clock);
		lane.heard(answer(429, { 'retry-after': '60' }), round);
		clock.stopped = true;
		await lane.turn();
		expect(clock.slept).toEqual([]);
	});
});
