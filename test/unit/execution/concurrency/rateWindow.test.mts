import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	bucketSize,
	burstIn,
	incomingRate,
	isSavedUp,
	newWindow,
	roughRate,
	windowAfterGood,
	windowAfterWait,
	type Burst,
	type RateWindow,
} from '../../../../nodes/Imburse/execution/concurrency/rateWindow.ts';

const BEGIN = 1_000_000;

/** A window after so many good responses whose calls went out then. */
function goods(window: RateWindow, count: number, sentAt: number): RateWindow {
	return Array.from({ length: count }).reduce<RateWindow>(
		(current) => windowAfterGood(current, sentAt, sentAt),
		window,
	);
}

describe('a window', () => {
	it('counts what went through, and the time in which calls were allowed', () => {
		const busy = goods(newWindow(BEGIN), 5, BEGIN);
		const waited = windowAfterWait(busy, BEGIN + 300, BEGIN + 800);
		expect(burstIn(waited, BEGIN + 500)).toEqual({ calls: 5, ms: 300, startMs: 0 });
		expect(burstIn(waited, BEGIN + 1_000)).toEqual({ calls: 5, ms: 500, startMs: 0 });
	});

	it('counts waits that overlap as one', () => {
		const first = windowAfterWait(newWindow(BEGIN), BEGIN + 100, BEGIN + 500);
		const second = windowAfterWait(first, BEGIN + 200, BEGIN + 400);
		const third = windowAfterWait(second, BEGIN + 300, BEGIN + 900);
		expect([second.resumedAt, third.resumedAt]).toEqual([BEGIN + 500, BEGIN + 900]);
		expect([third.waits, third.savedMs]).toEqual([1, 400]);
	});

	it('counts no wait that takes no time, in which nothing is saved up', () => {
		const refused = windowAfterWait(newWindow(BEGIN), BEGIN, BEGIN);
		expect([refused.waits, refused.savedMs]).toEqual([0, 0]);
	});

	it('saves up for no more than a second of a longer wait', () => {
		const waited = windowAfterWait(newWindow(BEGIN), BEGIN, BEGIN + 60_000);
		expect([waited.waits, waited.waitedMs, waited.savedMs]).toEqual([1, 60_000, 1_000]);
	});

	it('has no burst before the first answer, for which a token may have to come', () => {
		const first = windowAfterGood(newWindow(BEGIN), BEGIN + 70, BEGIN);
		const window = windowAfterGood(first, BEGIN + 75, BEGIN + 70);
		expect(burstIn(window, BEGIN + 90)).toEqual({ calls: 2, ms: 20, startMs: 70 });
		const waited = windowAfterWait(window, BEGIN + 90, BEGIN + 190);
		const later = windowAfterGood(waited, BEGIN + 195, BEGIN + 190);
		expect(burstIn(later, BEGIN + 200)).toEqual({ calls: 3, ms: 25, startMs: 75 });
	});

	it('does not take for a burst what had gone out before the wait', () => {
		const waited = windowAfterWait(newWindow(BEGIN), BEGIN + 100, BEGIN + 500);
		const window = goods(goods(waited, 3, BEGIN + 99), 4, BEGIN + 500);
		expect(burstIn(window, BEGIN + 600).calls).toBe(4);
		expect(window.passed).toBe(7);
	});
});

describe('the size of a bucket', () => {
	it('is what went through at once, but for what came in meanwhile', () => {
		expect(bucketSize({ calls: 18, ms: 200, startMs: 0 }, 50)).toBe(8);
	});
});

describe('the rate at which calls come in', () => {
	const burst = { calls: 8, ms: 0, startMs: 0 };
	const after = (wait: number, count: number) => {
		const waited = windowAfterWait(newWindow(BEGIN), BEGIN, BEGIN + wait);
		return goods(waited, count, BEGIN + wait);
	};

	it('is what went through over all the time, where the bucket did not run over', () => {
		expect(incomingRate(after(100, 105), burst, BEGIN + 2_100)).toBe(50);
		expect(incomingRate(after(1_000, 150), undefined, BEGIN + 3_000)).toBe(50);
	});

	it.each([1_000, 2_000, 60_000])(
		'is what went through beyond a full bucket, where it ran over in %d ms',
		(wait) => {
			expect(incomingRate(after(wait, 108), burst, BEGIN + wait + 2_000)).toBe(50);
		},
	);

	it.each([
		['fewer than 10 calls', 100, 9, 2_000],
		['less than a fifth of a second', 100, 50, 199],
		['less than a fifth of a second beside a wait that filled the bucket', 1_000, 15, 1_199],
	])('is not known from %s', (_, wait, count, now) => {
		expect(incomingRate(after(wait, count), burst, BEGIN + now)).toBeUndefined();
	});

	it('is not known where the first burst took almost as long, unless a second has gone by', () => {
		const slow = { calls: 19, ms: 334, startMs: 0 };
		expect(incomingRate(after(1_000, 31), slow, BEGIN + 1_530)).toBeUndefined();
		expect(incomingRate(after(1_000, 31), { calls: 19, ms: 900, startMs: 0 }, BEGIN + 2_000)).toBe(
			15.5,
		);
	});

	it('is not known where little more than a full bucket went through after a long wait', () => {
		const large = { calls: 51, ms: 80, startMs: 0 };
		expect(incomingRate(after(60_000, 54), large, BEGIN + 60_200)).toBeUndefined();
		expect(incomingRate(after(60_000, 91), large, BEGIN + 62_080)).toBe(20);
	});

	it('is what went through over all the time, where the bucket ran over by little', () => {
		const slow = { calls: 57, ms: 250, startMs: 0 };
		expect(incomingRate(after(1_000, 70), slow, BEGIN + 1_400)).toBe(50);
		expect(incomingRate(after(1_000, 119), slow, BEGIN + 1_400)).toBeUndefined();
	});

	it('is never more than went through, where the first burst was slower than that', () => {
		const slow = { calls: 89, ms: 787, startMs: 0 };
		expect(incomingRate(after(1_000, 400), slow, BEGIN + 3_000)).toBe(200);
	});

	it('is at least what went through, where the first burst took too long to tell more', () => {
		const slow = { calls: 500, ms: 10_000, startMs: 0 };
		expect(incomingRate(after(1_000, 60), slow, BEGIN + 2_000)).toBe(30);
	});

	it('is found for every bucket that is emptied twice, but for three calls', () => {
		const bucket = fc.record({
			perSecond: fc.integer({ min: 5, max: 400 }),
			size: fc.integer({ min: 1, max: 60 }),
			wait: fc.integer({ min: 50, max: 3_000 }),
			/** How many times as fast as calls come in. */
			firstSpeed: fc.double({ min: 2, max: 50, noNaN: true }),
			secondSpeed: fc.double({ min: 1.1, max: 3, noNaN: true }),
		});
		let found = 0;
		fc.assert(
			fc.property(bucket, ({ perSecond, size: most, wait, firstSpeed, secondSpeed }) => {
				// Of a longer wait, only what comes in within a second counts.
				const size = wait > 1_000 ? Math.min(most, perSecond) : most;
				const first = empty(size, perSecond, firstSpeed);
				const saved = Math.min(size, (wait * perSecond) / 1_000);
				const { calls, ms } = empty(saved, perSecond, secondSpeed);
				const rate = incomingRate(after(wait, calls), first, BEGIN + wait + ms);
				if (rate === undefined) return;
				found++;
				const inexact = 3_000 / Math.max(200, ms - first.ms);
				expect(rate).toBeLessThan(perSecond + inexact + 1e-6);
				if (ms - first.ms >= 200) expect(rate).toBeGreaterThan(perSecond - inexact - 1e-6);
			}),
		);
		expect(found).toBeGreaterThan(20);
	});
});

/** The calls that go through at so many times the rate, until the bucket is empty. */
function empty(tokens: number, perSecond: number, speed: number): Burst {
	const calls = Math.max(1, Math.floor(((tokens - 1) * speed) / (speed - 1)) + 1);
	return { calls, ms: (calls * 1_000) / (perSecond * speed), startMs: 0 };
}

describe('what goes through after a wait', () => {
	const burst = { calls: 8, ms: 0, startMs: 0 };

	it('may have been saved up, unless it is ten calls more than a full bucket', () => {
		const waited = windowAfterWait(newWindow(BEGIN), BEGIN, BEGIN + 500);
		expect(isSavedUp(goods(waited, 17, BEGIN + 500), burst)).toBe(true);
		expect(isSavedUp(goods(waited, 18, BEGIN + 500), burst)).toBe(false);
		expect(isSavedUp(goods(goods(waited, 3, BEGIN - 1), 17, BEGIN + 500), burst)).toBe(true);
		const twice = windowAfterWait(goods(waited, 17, BEGIN + 500), BEGIN + 600, BEGIN + 900);
		expect(isSavedUp(goods(twice, 8, BEGIN + 900), burst)).toBe(true);
		expect(isSavedUp(goods(waited, 10, BEGIN + 500), undefined)).toBe(false);
	});
});

describe('a rough rate', () => {
	it('lies between what came in if nothing was lost, and if nothing was saved up', () => {
		const waited = windowAfterWait(newWindow(BEGIN), BEGIN, BEGIN + 990);
		expect(roughRate(goods(waited, 2, BEGIN + 990), BEGIN + 1_000)).toBe(20);
	});

	it('is finite where all went through in no time', () => {
		expect(roughRate(goods(newWindow(BEGIN), 2, BEGIN), BEGIN)).toBe(2_000);
	});
});
