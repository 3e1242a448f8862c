import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	rateAfterGood,
	rateAfterRefusal,
	takeTurn,
	UNKNOWN_RATE,
	type LearntRate,
} from '../../../../nodes/Imburse/execution/concurrency/learntRate.ts';

const BEGIN = 1_000_000;

function turns(rate: LearntRate, count: number, now: number): { rate: LearntRate; at: number[] } {
	const at: number[] = [];
	let current = rate;
	for (let i = 0; i < count; i++) {
		const turn = takeTurn(current, now);
		at.push(turn.at);
		current = turn.rate;
	}
	return { rate: current, at };
}

function goods(rate: LearntRate, count: number, now: number): LearntRate {
	let current = turns(rate, count, now).rate;
	for (let i = 0; i < count; i++) current = rateAfterGood(current, now);
	return current;
}

/** 50 calls at once until the first refusal, and 50 more until the one a second later. */
function measured(): LearntRate {
	const guessed = rateAfterRefusal(goods(UNKNOWN_RATE, 50, BEGIN), BEGIN, BEGIN + 500);
	return rateAfterRefusal(goods(guessed, 50, BEGIN + 1_000), BEGIN + 1_000, BEGIN + 1_500);
}

describe('the rate that was learnt', () => {
	it('holds nobody back before the first refusal', () => {
		const { at } = turns(UNKNOWN_RATE, 1_000, BEGIN);
		expect(new Set(at)).toEqual(new Set([BEGIN]));
	});

	it('spaces the calls after a refusal', () => {
		const guessed = rateAfterRefusal(goods(UNKNOWN_RATE, 8, BEGIN), BEGIN, BEGIN + 100);
		const { at } = turns(guessed, 3, BEGIN + 100);
		expect(at.map((moment) => moment - BEGIN)).toEqual([100, 125, 150]);
	});

	it('is what went through between two refusals', () => {
		expect(measured().perMs * 1_000).toBeCloseTo(50);
	});

	it('lets as many go at once as have come in while nothing was sent, and spaces the others', () => {
		const { at } = turns(measured(), 27, BEGIN + 1_500);
		expect(at.slice(0, 25)).toEqual(Array(25).fill(BEGIN + 1_500));
		expect(at.slice(25).map((moment) => Math.round(moment - BEGIN))).toEqual([1_520, 1_540]);
	});

	it('leaves what a full bucket held out of the account where the wait was long', () => {
		const guessed = rateAfterRefusal(goods(UNKNOWN_RATE, 8, BEGIN), BEGIN, BEGIN + 5_000);
		const resumed = goods(guessed, 58, BEGIN + 6_000);
		const { perMs } = rateAfterRefusal({ ...resumed, perMs: 1 }, BEGIN + 6_000, BEGIN + 7_000);
		expect(perMs * 1_000).toBeCloseTo(50);
	});

	it('does not grow for a second at least, or as long as the measure took, and then by 2% and 4%', () => {
		const rate = measured();
		const { increaseAt } = rate;
		expect(increaseAt).toBe(BEGIN + 1_500 + 1_000);
		expect(goods(rate, 60, increaseAt - 1).perMs).toBe(rate.perMs);
		const first = goods(rate, 60, increaseAt);
		expect(first.perMs / rate.perMs).toBeCloseTo(1.02);
		const second = goods(first, 60, first.increaseAt);
		expect(second.perMs / first.perMs).toBeCloseTo(1.04);
	});

	it('does not grow where nobody makes use of it', () => {
		const rate = measured();
		expect(goods(rate, 20, BEGIN + 60_000).perMs).toBe(rate.perMs);
	});

	it('gives a tenth of a measure up at most, unless it is refused at once', () => {
		const rate = measured();
		const later = goods(rate, 12, BEGIN + 4_000);
		const refused = rateAfterRefusal(later, BEGIN + 4_000, BEGIN + 4_500);
		expect(refused.perMs / rate.perMs).toBeCloseTo(0.9);
		const early = rateAfterRefusal(goods(rate, 3, BEGIN + 4_000), BEGIN + 4_000, BEGIN + 4_500);
		expect(early.perMs / rate.perMs).toBeLessThan(0.1);
	});

	it('does not take a time without calls for a low rate', () => {
		const later = goods(measured(), 40, BEGIN + 3_600_000);
		const refused = rateAfterRefusal(later, BEGIN + 3_600_500, BEGIN + 3_601_000);
		expect(refused.perMs * 1_000).toBeGreaterThan(20);
	});

	it('is always a rate at which calls go on, whatever comes', () => {
		const step = fc.record({ after: fc.nat(5_000), isGood: fc.boolean(), wait: fc.nat(2_000) });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
				let rate = UNKNOWN_RATE;
				let now = BEGIN;
				for (const { after, isGood, wait } of steps) {
					now += after;
					const turn = takeTurn(rate, now);
					expect(turn.at).toBeGreaterThanOrEqual(now);
					expect(turn.at).toBeLessThan(Infinity);
					rate = isGood
						? rateAfterGood(turn.rate, now)
						: rateAfterRefusal(turn.rate, now, now + wait);
					expect(rate.perMs).toBeGreaterThan(0);
					expect(rate.room).toBeGreaterThanOrEqual(1);
				}
			}),
		);
	});
});
