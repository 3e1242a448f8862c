import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	LookUpBudget,
	shareOf,
	type SenderKind,
} from '../../../../nodes/Imburse/webhook/confirm/lookUpBudget.ts';
import { NOW } from '../deliveries.mts';

const MINUTE = 60_000;
/** Look-ups of the same half second are counted together. */
const STEP = 500;

/** Takes as many as there are. */
function takeAll(budget: LookUpBudget, kind: SenderKind, perMinute: number, now: number): number {
	let taken = 0;
	while (budget.take(kind, perMinute, now) === 0) taken++;
	return taken;
}

describe('a budget of 8 look-ups', () => {
	it('is used up by 8 of a proved sender, and free again a minute later', () => {
		const budget = new LookUpBudget(NOW);
		expect(takeAll(budget, 'proved', 8, NOW)).toBe(8);
		expect(budget.take('proved', 8, NOW + 20_000)).toBe(40_000 + STEP);
		expect(budget.take('proved', 8, NOW + MINUTE + STEP)).toBe(0);
	});

	it('gives unproved senders three quarters, and keeps the rest for proved ones', () => {
		const budget = new LookUpBudget(NOW);
		expect(takeAll(budget, 'unproved', 8, NOW)).toBe(6);
		expect(takeAll(budget, 'proved', 8, NOW)).toBe(2);
		expect(takeAll(budget, 'unproved', 8, NOW + MINUTE - 1)).toBe(0);
	});

	it('lets proved senders use up all of it', () => {
		const budget = new LookUpBudget(NOW);
		expect(takeAll(budget, 'proved', 8, NOW)).toBe(8);
		expect(takeAll(budget, 'unproved', 8, NOW)).toBe(0);
	});

	it('lets an unproved sender make one look-up, however small it is', () => {
		expect(shareOf('unproved', 1)).toBe(1);
		expect(takeAll(new LookUpBudget(NOW), 'unproved', 1, NOW)).toBe(1);
	});

	it('is neither filled nor blocked by a clock that is set back', () => {
		const budget = new LookUpBudget(NOW);
		takeAll(budget, 'proved', 8, NOW);
		const back = NOW - 24 * 60 * MINUTE;
		expect(budget.take('proved', 8, back)).toBe(MINUTE + STEP);
		expect(budget.take('proved', 8, back + MINUTE + STEP)).toBe(0);
	});
});

/** Look-ups one after another: how long after the one before, and for whom. */
const lookUps = fc.array(
	fc.record({
		pause: fc.nat(5_000),
		kind: fc.constantFrom<SenderKind>('proved', 'unproved'),
	}),
	{ maxLength: 200 },
);

describe('a budget', () => {
	it('never gives more per minute than it holds, nor to unproved senders more than their share', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 40 }), lookUps, (perMinute, list) => {
				const budget = new LookUpBudget(NOW);
				const given: Array<{ at: number; kind: SenderKind }> = [];
				let now = NOW;
				for (const { pause, kind } of list) {
					now += pause;
					if (budget.take(kind, perMinute, now) === 0) given.push({ at: now, kind });
				}
				for (const { at } of given) {
					const inMinute = given.filter((one) => one.at >= at && one.at < at + MINUTE);
					expect(inMinute.length).toBeLessThanOrEqual(perMinute);
					const unproved = inMinute.filter(({ kind }) => kind === 'unproved');
					expect(unproved.length).toBeLessThanOrEqual(shareOf('unproved', perMinute));
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('is free again after the time that it returned', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 40 }), lookUps, (perMinute, list) => {
				const budget = new LookUpBudget(NOW);
				let now = NOW;
				for (const { pause, kind } of list) {
					now += pause;
					const wait = budget.take(kind, perMinute, now);
					if (wait === 0) continue;
					now += wait;
					expect(budget.take(kind, perMinute, now)).toBe(0);
				}
			}),
			{ numRuns: 300 },
		);
	});
});
