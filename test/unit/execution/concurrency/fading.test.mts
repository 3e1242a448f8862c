import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	fadedUpTo,
	fadingOfGuess,
	fadingOfMeasure,
	growth,
	type Fading,
} from '../../../../nodes/Imburse/execution/concurrency/fading.ts';

const BEGIN = 1_000_000;

/** How many times as high a rate is in the middle of a long run. */
function growthAt(fading: Fading, now: number): number {
	return growth(fadedUpTo(fading, now, Infinity, 0));
}

describe('a rate that was measured', () => {
	it('is twice as high after 4.5 seconds, and 17 times as high after 9', () => {
		const fading = fadingOfMeasure(BEGIN, BEGIN + 100, 100);
		const seconds = [0, 2, 4.5, 9];
		const grown = seconds.map((s) => growthAt(fading, BEGIN + 100 + s * 1_000));
		expect(grown).toEqual([1, expect.closeTo(1.04), 2, 17]);
	});

	it.each([
		{ wait: 1_000, saved: 160, steady: 4_200 },
		{ wait: 1_000, saved: 1_000, steady: 0 },
		{ wait: 5_000, saved: 1_000, steady: 20_000 },
		{ wait: 60_000, saved: 0, steady: 30_000 },
	])('stays the same for five times as long as a refusal costs: %j', ({ wait, saved, steady }) => {
		const fading = fadingOfMeasure(BEGIN, BEGIN + wait, saved);
		expect(growthAt(fading, BEGIN + wait + steady)).toBe(1);
		expect(growthAt(fading, BEGIN + wait + Math.max(9_000, steady + 4_000))).toBeGreaterThanOrEqual(
			16,
		);
	});
});

describe('a guess', () => {
	it('fades in half the time, whatever a refusal costs', () => {
		for (const wait of [100, 60_000]) {
			expect(growthAt(fadingOfGuess(BEGIN + wait), BEGIN + wait + 2_250)).toBe(2);
			const end = fadedUpTo(fadingOfGuess(BEGIN + wait), BEGIN + wait + 2_250, 0, 0);
			expect(growth(end)).toBe(2);
		}
	});
});

describe('at the end of a run', () => {
	const fading = fadingOfMeasure(BEGIN, BEGIN + 1_000, 200);
	const { from, costsUntil } = fading;

	it('no more is asked for where that costs more than what is left', () => {
		expect(growth(fadedUpTo(fading, from + 3_000, 801, 200))).toBeGreaterThan(1);
		expect(growth(fadedUpTo(fading, from + 3_000, 800, 200))).toBe(1);
		expect(growth(fadedUpTo(fading, from + 3_000, 800, 201))).toBeGreaterThan(1);
	});

	it('that lasts no longer than five times what Imburse asked for, and half a minute', () => {
		expect(costsUntil - from).toBe(5_000);
		const long = fadingOfMeasure(BEGIN, BEGIN + 60_000, 200);
		expect(long.costsUntil - long.from).toBe(30_000);
		expect(growth(fadedUpTo(fading, costsUntil, 1, 0))).toBeGreaterThan(1);
	});

	it('what has faded stays so, and the rest of the time does not count later', () => {
		const faded = fadedUpTo(fading, from + 2_500, Infinity, 0);
		const held = fadedUpTo(faded, from + 3_500, 1, 0);
		expect(growth(held)).toBe(growth(faded));
		const again = fadedUpTo(held, from + 3_600, Infinity, 0);
		expect(again.ms).toBe(faded.ms + 100);
	});
});

it('never falls, and grows without end', () => {
	const look = fc.record({ after: fc.nat(20_000), leftMs: fc.nat(10_000) });
	fc.assert(
		fc.property(fc.nat(120_000), fc.nat(2_000), fc.array(look), (wait, savedMs, looks) => {
			let fading = fadingOfMeasure(BEGIN, BEGIN + wait, savedMs);
			let now = BEGIN;
			for (const { after, leftMs } of looks) {
				now += after;
				const next = fadedUpTo(fading, now, leftMs, savedMs);
				expect(growth(next)).toBeGreaterThanOrEqual(growth(fading));
				fading = next;
			}
			expect(growthAt(fading, Math.max(now, fading.costsUntil) + 60_000)).toBeGreaterThan(1_000);
		}),
	);
});
