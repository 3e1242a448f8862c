import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { OpenExchanges } from '../../../nodes/Imburse/api/openExchanges.ts';

/** Puts timers that a test ends by hand in the place of Node's. */
function replaceTimers() {
	const timers: { milliseconds: number; fire: () => void; listeners: Set<() => void> }[] = [];
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		const listeners = new Set<() => void>();
		timers.push({ milliseconds, listeners, fire: () => [...listeners].forEach((call) => call()) });
		return {
			addEventListener: (_: string, listener: () => void) => listeners.add(listener),
			removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
		} as unknown as AbortSignal;
	});
	let now = 0;
	jest.spyOn(performance, 'now').mockImplementation(() => now);
	const advance = (milliseconds: number) => void (now += milliseconds);
	return { timers, advance };
}

function listenedTo() {
	const stop = new AbortController();
	const add = jest.spyOn(stop.signal, 'addEventListener');
	const remove = jest.spyOn(stop.signal, 'removeEventListener');
	return { stop, left: () => add.mock.calls.length - remove.mock.calls.length };
}

afterEach(() => {
	jest.restoreAllMocks();
});

describe('OpenExchanges', () => {
	it('ends those whose time is over, and no other', () => {
		const { timers, advance } = replaceTimers();
		const open = new OpenExchanges();
		const first = open.begin(1000);
		advance(400);
		const second = open.begin(1000);
		expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([1000]);
		advance(600);
		timers[0]!.fire();
		expect([first.isOverdue, first.signal.aborted]).toEqual([true, true]);
		expect([second.isOverdue, second.signal.aborted]).toEqual([false, false]);
		expect(timers[1]!.milliseconds).toBe(400);
		advance(400);
		timers[1]!.fire();
		expect([second.isOverdue, second.signal.aborted]).toEqual([true, true]);
	});

	it('wakes up for the one that ends first, whichever began first', () => {
		const { timers, advance } = replaceTimers();
		const open = new OpenExchanges();
		const slow = open.begin(1000);
		const fast = open.begin(100);
		const [forSlow, forFast] = timers;
		expect(forFast!.milliseconds).toBe(100);
		expect(forSlow!.listeners.size).toBe(0);
		advance(100);
		forFast!.fire();
		expect([fast.isOverdue, slow.isOverdue]).toEqual([true, false]);
		expect(timers[2]!.milliseconds).toBe(900);
	});

	it('tries again where a timer fires too early', () => {
		const { timers, advance } = replaceTimers();
		const open = new OpenExchanges();
		const exchange = open.begin(100);
		advance(99.5);
		timers[0]!.fire();
		expect(exchange.isOverdue).toBe(false);
		expect(timers[1]!.milliseconds).toBe(1);
		advance(0.5);
		timers[1]!.fire();
		expect(exchange.isOverdue).toBe(true);
	});

	it('leaves one alone that has ended, and takes no timer any more', () => {
		const { timers, advance } = replaceTimers();
		const open = new OpenExchanges();
		const ended = open.begin(100);
		const other = open.begin(200);
		open.end(ended);
		advance(100);
		timers[0]!.fire();
		expect(ended.signal.aborted).toBe(false);
		open.end(other);
		expect(timers.every(({ listeners }) => listeners.size === 0)).toBe(true);
	});

	it('ends all when the run is stopped, not because of their time', () => {
		const { stop } = listenedTo();
		const open = new OpenExchanges(stop.signal);
		const both = [open.begin(1000), open.begin(1000)];
		stop.abort();
		expect(both.map(({ signal, isOverdue }) => [signal.aborted, isOverdue])).toEqual([
			[true, false],
			[true, false],
		]);
		for (const one of both) open.end(one);
	});

	it('ends at once what begins after the run was stopped', () => {
		const open = new OpenExchanges(AbortSignal.abort());
		const exchange = open.begin(1000);
		expect(exchange.signal.aborted).toBe(true);
		open.end(exchange);
	});

	it('has one listener on the run however many are open, and none after the last', () => {
		const { stop, left } = listenedTo();
		const open = new OpenExchanges(stop.signal);
		const [first, second] = [open.begin(1000), open.begin(1000)];
		expect(left()).toBe(1);
		open.end(first);
		expect(left()).toBe(1);
		open.end(second);
		expect(left()).toBe(0);
		const third = open.begin(1000);
		expect(left()).toBe(1);
		open.end(third);
		expect(left()).toBe(0);
	});
});
