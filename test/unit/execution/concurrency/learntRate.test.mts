import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	currentRate,
	rateAfterGood,
	rateAfterIdleness,
	rateAfterRefusal,
	rateAfterWait,
	takeTurn,
	UNKNOWN_RATE,
	type LearntRate,
} from '../../../../nodes/Imburse/execution/concurrency/learntRate.ts';

const BEGIN = 1_000_000;

/** The rate in the middle of a long run. */
function rateOf(rate: LearntRate, now: number): number {
	return currentRate(rate, now, Infinity);
}

/** Good responses, evenly spread from one moment to another. */
function goods(rate: LearntRate, count: number, from: number, to: number): LearntRate {
	let current = rate;
	for (let i = 0; i < count; i++) {
		const at = from + ((to - from) * i) / Math.max(1, count - 1);
		current = rateAfterGood(current, at, at);
	}
	return current;
}

/** How long each of so many turns has to be waited for, all taken now. */
function waits(rate: LearntRate, count: number, now: number): number[] {
	let current = rate;
	return Array.from({ length: count }, () => {
		const turn = takeTurn(current, now, Infinity);
		current = turn.rate;
		return Math.round(turn.wait);
	});
}

const beginning = rateAfterIdleness(UNKNOWN_RATE, BEGIN);

/** 8 calls at once until the first refusal. */
const guessed = rateAfterRefusal(goods(beginning, 8, BEGIN, BEGIN), BEGIN, BEGIN + 100);

/** The second refusal comes 2 seconds after the first one, and 100 calls went through meanwhile. */
const secondRefusal = BEGIN + 2_000;
const measured = rateAfterRefusal(
	goods(guessed, 100, BEGIN + 100, secondRefusal),
	secondRefusal,
	secondRefusal + 100,
);

describe('the rate that was learnt', () => {
	it('holds nobody back before the first refusal', () => {
		expect(new Set(waits(UNKNOWN_RATE, 1_000, BEGIN))).toEqual(new Set([0]));
	});

	it('is guessed at the first refusal from what went through just before it', () => {
		expect(rateOf(guessed, BEGIN + 100)).toBeCloseTo(50);
		const slow = goods(beginning, 300, BEGIN, BEGIN + 60_000);
		const fast = goods(slow, 100, BEGIN + 60_000, BEGIN + 61_000);
		const refused = rateAfterRefusal(fast, BEGIN + 61_000, BEGIN + 61_000);
		expect(Math.abs(rateOf(refused, BEGIN + 61_000) - 100)).toBeLessThan(10);
	});

	it('is not guessed from fewer than five calls', () => {
		const rate = rateAfterRefusal(goods(beginning, 4, BEGIN, BEGIN), BEGIN, BEGIN);
		expect(rateOf(rate, BEGIN)).toBe(Infinity);
	});

	it('is measured by what went through between two refusals', () => {
		expect(rateOf(measured, secondRefusal + 100)).toBeCloseTo(50);
	});

	it('spaces the calls, and lets go at once what a wait has saved up', () => {
		expect(waits(measured, 7, secondRefusal + 100)).toEqual([0, 0, 0, 0, 0, 20, 40]);
	});

	it('saves up no more than a full bucket held at the first refusal', () => {
		const turns = waits(measured, 10, secondRefusal + 1_000);
		expect(turns.filter((wait) => wait === 0)).toHaveLength(8);
	});

	it.each([
		['fewer than 10 calls', 9, 2_000],
		['less than a fifth of a second', 100, 199],
	])('is not measured by %s: the guess is halved at most', (_, calls, ms) => {
		const few = goods(guessed, calls, BEGIN + 100, BEGIN + ms);
		const refused = rateAfterRefusal(few, BEGIN + ms, BEGIN + ms);
		const halved = Math.max(25, Math.min(50, (calls * 1_000) / Math.sqrt((ms - 100) * ms)));
		expect(rateOf(refused, BEGIN + ms)).toBeCloseTo(halved);
		const more = goods(refused, 20, BEGIN + ms, BEGIN + 3_000);
		const again = rateAfterRefusal(more, BEGIN + 3_000, BEGIN + 3_000);
		expect(rateOf(again, BEGIN + 3_000)).toBeCloseTo((calls + 20) / 3);
	});

	it('is guessed from two refusals where the first one came after fewer than five calls', () => {
		const first = rateAfterRefusal(goods(beginning, 1, BEGIN, BEGIN), BEGIN, BEGIN + 1_000);
		const now = BEGIN + 1_010;
		const second = rateAfterRefusal(goods(first, 2, BEGIN + 1_000, now), now, now);
		expect(rateOf(second, now)).toBeCloseTo(2_000 / Math.sqrt(10 * 1_010));
	});

	it('is measured without what ran over in a wait that fills the bucket', () => {
		const resumed = BEGIN + 1_000;
		const told = rateAfterRefusal(goods(beginning, 8, BEGIN, BEGIN), BEGIN, resumed);
		const now = resumed + 2_000;
		const refused = rateAfterRefusal(goods(told, 108, resumed, now), now, now);
		expect(rateOf(refused, now)).toBeCloseTo(50);
	});

	it('that was guessed is not guessed again by a later run', () => {
		const now = BEGIN + 2_000;
		const next = goods(rateAfterIdleness(guessed, now - 100), 30, now - 100, now);
		const refused = rateAfterRefusal(next, now, now + 100);
		expect(rateOf(refused, now)).toBeCloseTo(50);
		expect(refused.burst).toEqual({ calls: 30, ms: 100, startMs: 0 });
	});

	it('stays the same for longer where a refusal costs time, and fades no later for that', () => {
		const from = secondRefusal + 1_000;
		const costly = rateAfterRefusal(
			goods(guessed, 100, BEGIN + 100, secondRefusal),
			secondRefusal,
			from,
		);
		const rates = [0, 4.2, 9].map((s) => rateOf(costly, from + s * 1_000) / 50);
		expect(rates.map((rate) => Math.round(rate * 10) / 10)).toEqual([1, 1, 17]);
	});

	it('fades: about the same after 2 seconds, twice as high after 4.5 and 17 times after 9', () => {
		const from = secondRefusal + 100;
		const rates = [0, 2, 4.5, 9].map((s) => rateOf(measured, from + s * 1_000) / 50);
		expect(rates.map((rate) => Math.round(rate * 10) / 10)).toEqual([1, 1, 2, 17]);
		expect(rateOf(guessed, BEGIN + 100 + 2_250) / 50).toBeCloseTo(2);
	});

	it('comes back at a refusal that shows nothing new, for a minute at most', () => {
		const idle = (now: number) => rateAfterIdleness(measured, now);
		const soon = secondRefusal + 50_000;
		expect(rateOf(rateAfterRefusal(idle(soon), soon, soon), soon)).toBeCloseTo(50);
		const late = secondRefusal + 70_000;
		expect(rateOf(rateAfterRefusal(idle(late), late, late), late)).toBe(Infinity);
	});

	it('takes back a fifth at most of what went through just now', () => {
		const now = secondRefusal + 8_000;
		const slow = goods(measured, 20, secondRefusal + 100, now - 1_000);
		const fast = goods(slow, 100, now - 1_000, now);
		expect(rateOf(rateAfterRefusal(fast, now, now), now)).toBeGreaterThan(75);
	});

	it('takes no long wait after a 429 for a low rate: a full bucket of 8 was saved up', () => {
		const waiting = rateAfterRefusal(goods(beginning, 8, BEGIN, BEGIN), BEGIN, BEGIN + 60_000);
		const now = BEGIN + 61_000;
		const rate = goods(waiting, 40, BEGIN + 60_000, now);
		expect(rateOf(rateAfterRefusal(rate, now, now), now)).toBe(32);
	});

	it('takes no long wait after a 503 for a low rate: one second of it counts', () => {
		const waiting = rateAfterWait(guessed, BEGIN + 100, BEGIN + 60_000);
		const now = BEGIN + 61_000;
		const rate = goods(waiting, 40, BEGIN + 60_000, now);
		expect(rateOf(rateAfterRefusal(rate, now, now), now)).toBeCloseTo(40 / 2.1);
	});

	it.each([
		{ wait: 1_000, steady: 5 * 840 },
		{ wait: 3_000, steady: 5 * 2_840 },
		{ wait: 60_000, steady: 30_000 },
	])('stays the same for five times as long as a refusal costs: %j', ({ wait, steady }) => {
		const from = secondRefusal + wait;
		const rate = rateAfterRefusal(
			goods(guessed, 100, BEGIN + 100, secondRefusal),
			secondRefusal,
			from,
		);
		expect(rateOf(rate, from + steady)).toBe(rateOf(rate, from));
		expect(rateOf(rate, from + steady + 4_500)).toBeGreaterThan(2 * rateOf(rate, from));
	});

	describe('where a refusal costs more than what is left', () => {
		const resumed = secondRefusal + 1_000;
		const rate = rateAfterRefusal(
			goods(guessed, 100, BEGIN + 100, secondRefusal),
			secondRefusal,
			resumed,
		);
		/** A second costs 0.84 s, as a bucket of 8 makes up for the rest: it is steady for 4.2 s. */
		const fadesFrom = resumed + 4_200;

		it('is not asked for more', () => {
			expect(currentRate(rate, fadesFrom + 4_000, 43)).toBeGreaterThan(100);
			expect(currentRate(rate, fadesFrom + 4_000, 41)).toBe(50);
			// For 2 calls the bucket makes up for 0.04 s.
			expect(currentRate(rate, fadesFrom + 4_000, 2)).toBe(50);
		});

		it('fades after five seconds once more, whatever is left', () => {
			const twice = fadesFrom + 5_000;
			const held = takeTurn(rate, twice - 1, 2).rate;
			expect(currentRate(held, twice + 4_500, 2)).toBeGreaterThan(100);
			expect(currentRate(held, twice + 600_000, 2)).toBeGreaterThan(1_000);
		});

		it('never takes back what has faded', () => {
			const faded = takeTurn(rate, fadesFrom + 4_000, 1_000).rate;
			const wanted = currentRate(rate, fadesFrom + 4_000, 1_000);
			expect(wanted).toBeGreaterThan(100);
			expect(currentRate(faded, fadesFrom + 4_000, 2)).toBeCloseTo(wanted);
			expect(currentRate(faded, fadesFrom + 4_100, 2)).toBeCloseTo(wanted);
		});

		it('is asked for more all the same where it is no more than a guess', () => {
			const refused = goods(beginning, 8, BEGIN, BEGIN);
			const first = rateAfterRefusal(refused, BEGIN, BEGIN + 60_000);
			expect(currentRate(first, BEGIN + 65_000, 2)).toBeGreaterThan(500);
		});

		it('is not held back where nobody has refused yet', () => {
			expect(currentRate(UNKNOWN_RATE, fadesFrom, 0)).toBe(Infinity);
		});
	});

	describe('a measure that is refused before it can be measured anew', () => {
		/** Refused after each of so many waits, with so many good responses at once in between. */
		const refused = (rate: LearntRate, rounds: number, calls: number, wait: number, ms = 5) => {
			let [current, now] = [rate, secondRefusal + 100];
			for (let round = 0; round < rounds; round++) {
				current = rateAfterRefusal(goods(current, calls, now, now + ms), now + ms, now + ms + wait);
				now += ms + wait;
			}
			return { rate: current, now };
		};
		const large = { ...measured, burst: { calls: 98, ms: 1_000, startMs: 0 } };

		it('stays while that may be chance', () => {
			expect(refused(large, 1, 1, 2_000).rate).toMatchObject({ perSecond: 50, burst: large.burst });
		});

		it('knows of a smaller bucket after two waits that would have filled it', () => {
			const { rate, now } = refused(large, 2, 1, 2_000);
			expect(rate.perSecond).toBe(50);
			expect(waits(rate, 3, now)).toEqual([0, 20, 40]);
		});

		it('takes the bucket for no smaller where it had no time to fill', () => {
			expect(refused(large, 4, 1, 10).rate.burst).toEqual(large.burst);
			expect(refused(large, 4, 1, 0).rate.burst).toEqual(large.burst);
		});

		it('stays where everything is refused, which says nothing of a bucket', () => {
			const { rate, now } = refused(large, 1, 0, 2_000);
			const waited = rateAfterWait(rate, now, now + 2_000);
			const again = refused(rateAfterWait(waited, now + 2_500, now + 4_000), 1, 0, 2_000).rate;
			expect(again).toMatchObject({ perSecond: 50, burst: large.burst });
		});

		it('is lowered where the bucket is as large as it seemed', () => {
			const { rate } = refused(measured, 2, 8, 2_000, 100);
			expect(rate.perSecond).toBeLessThan(30);
			expect(rate.burst).toEqual(measured.burst);
		});
	});

	it('takes no run whose calls were spaced for a bucket', () => {
		const later = rateAfterIdleness(guessed, BEGIN + 5_000);
		const spaced = goods(later, 98, BEGIN + 5_000, BEGIN + 8_000);
		const rate = rateAfterRefusal(spaced, BEGIN + 8_000, BEGIN + 8_100);
		expect(rate.burst).toEqual(guessed.burst);
	});

	it('falls while a full bucket is all that goes through, however fast that goes', () => {
		const tooHigh = { ...measured, perSecond: 80 };
		const next = [1, 2, 3, 4].reduce((rate, round) => {
			const now = secondRefusal + round * 5_000;
			return rateAfterRefusal(goods(rate, 10, now - 100, now), now, now + 4_900);
		}, tooHigh);
		expect(next.perSecond).toBeLessThan(50);
	});

	it('is never below two calls a second', () => {
		let rate = guessed;
		for (let i = 1; i < 40; i++) {
			const now = BEGIN + i * 60_000;
			rate = rateAfterRefusal(goods(rate, 10, now - 59_000, now - 2_000), now, now);
		}
		expect(rateOf(rate, BEGIN + 39 * 60_000)).toBe(2);
	});

	it('has a turn within half a second once calls may go out, whatever comes', () => {
		const step = fc.record({ after: fc.nat(5_000), isGood: fc.boolean(), wait: fc.nat(70_000) });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
				let rate = UNKNOWN_RATE;
				let now = BEGIN;
				for (const { after, isGood, wait } of steps) {
					now += after;
					rate = isGood ? rateAfterGood(rate, now, now) : rateAfterRefusal(rate, now, now + wait);
					expect(waits(rate, 1, now + wait)[0]).toBeLessThanOrEqual(500);
					expect(rateOf(rate, now + wait)).toBeGreaterThanOrEqual(2);
				}
			}),
		);
	});
});
