import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LookUpBudget } from '../../../../nodes/Imburse/webhook/confirm/lookUpBudget.ts';
import { NOW } from '../deliveries.mts';

const MINUTE = 60_000;

describe('a budget of 10 look-ups', () => {
	it('is used up by 10 of them, and free again a minute later', () => {
		const budget = new LookUpBudget(10, NOW);
		for (let second = 0; second < 10; second++) {
			expect(budget.take(1, NOW + second * 1000).ok).toBe(true);
		}
		expect(budget.take(1, NOW + 20_000)).toEqual({ ok: false, retryAfter: 40 });
		expect(budget.take(1, NOW + MINUTE).ok).toBe(true);
		expect(budget.take(1, NOW + MINUTE)).toEqual({ ok: false, retryAfter: 1 });
	});

	it('may be overdrawn by one delivery, which counts for as many minutes', () => {
		const budget = new LookUpBudget(10, NOW);
		expect(budget.take(45, NOW).ok).toBe(true);
		expect(budget.take(1, NOW + MINUTE)).toEqual({ ok: false, retryAfter: 210 });
		expect(budget.take(1, NOW + 4.5 * MINUTE - 1).ok).toBe(false);
		expect(budget.take(1, NOW + 4.5 * MINUTE).ok).toBe(true);
	});

	it('takes back what was not used', () => {
		const budget = new LookUpBudget(10, NOW);
		const taken = budget.take(400, NOW);
		if (taken.ok) taken.giveBack(396);
		expect(budget.take(6, NOW).ok).toBe(true);
		expect(budget.take(1, NOW).ok).toBe(false);
		expect(budget.take(1, NOW + MINUTE).ok).toBe(true);
	});

	it('is neither filled nor blocked by a clock that is set back', () => {
		const budget = new LookUpBudget(10, NOW);
		expect(budget.take(10, NOW).ok).toBe(true);
		const back = NOW - 24 * 60 * MINUTE;
		expect(budget.take(1, back)).toEqual({ ok: false, retryAfter: 60 });
		expect(budget.take(1, back + MINUTE - 1).ok).toBe(false);
		expect(budget.take(1, back + MINUTE).ok).toBe(true);
	});
});

/** Deliveries one after another: how long after the one before, and how many look-ups they need. */
const deliveries = fc.array(
	fc.record({ pause: fc.nat(30_000), count: fc.integer({ min: 1, max: 30 }), made: fc.nat(30) }),
	{ maxLength: 100 },
);

describe('a budget', () => {
	it('never gives more per minute than it holds, apart from one overdrawing delivery', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 40 }), deliveries, (perMinute, list) => {
				const budget = new LookUpBudget(perMinute, NOW);
				const given: Array<{ at: number; count: number }> = [];
				let now = NOW;
				for (const { pause, count, made } of list) {
					now += pause;
					const taken = budget.take(count, now);
					if (!taken.ok) continue;
					const used = Math.min(made, count);
					taken.giveBack(count - used);
					given.push({ at: now, count: used });
				}
				for (const { at } of given) {
					const inMinute = given.filter((one) => one.at >= at && one.at < at + MINUTE);
					const counts = inMinute.map(({ count }) => count);
					const sum = counts.reduce((total, count) => total + count, 0);
					expect(sum - (counts.at(-1) ?? 0)).toBeLessThan(perMinute);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('is free again after the seconds that it returned', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 40 }), deliveries, (perMinute, list) => {
				const budget = new LookUpBudget(perMinute, NOW);
				let now = NOW;
				for (const { pause, count } of list) {
					now += pause;
					const taken = budget.take(count, now);
					if (taken.ok) continue;
					expect(taken.retryAfter).toBeGreaterThan(0);
					now += taken.retryAfter * 1000;
					expect(budget.take(1, now).ok).toBe(true);
				}
			}),
			{ numRuns: 300 },
		);
	});
});
