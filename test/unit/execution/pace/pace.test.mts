import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	FIRST_PACE,
	paceAfter,
	type Pace,
	type Signal,
} from '../../../../nodes/Imburse/execution/pace/pace.ts';

const GOOD: Signal = { kind: 'good' };
const AT = { now: 1_000, random: 1, ceiling: 8 };

function tooFast(wait?: number): Signal {
	return { kind: 'tooFast', wait };
}

/** The pace after these signals, each of a call that began just before it. */
function after(signals: Signal[], pace: Pace = FIRST_PACE): Pace {
	return signals.reduce((sofar, signal) => paceAfter(sofar, signal, sofar.round, AT), pace);
}

describe('the pace', () => {
	it('begins with one call', () => {
		expect(FIRST_PACE.width).toBe(1);
	});

	it('doubles with each round of good answers, up to the ceiling', () => {
		let pace = FIRST_PACE;
		const widths = [1, 2, 3].map(() => {
			pace = after(Array<Signal>(pace.width).fill(GOOD), pace);
			return pace.width;
		});
		expect(widths).toEqual([2, 4, 8]);
		expect(after([GOOD], pace).width).toBe(8);
	});

	it('halves once for all calls that were in flight together', () => {
		const fast = { ...FIRST_PACE, width: 8 };
		const first = paceAfter(fast, tooFast(), 0, AT);
		const second = paceAfter(first, tooFast(), 0, AT);
		expect([first.width, second.width]).toEqual([4, 4]);
		expect(second.notBefore).toBe(first.notBefore);
	});

	it('does not speed up on a good answer to a call from before the refusal', () => {
		const slow = after([tooFast()], { ...FIRST_PACE, width: 8 });
		expect(paceAfter(slow, GOOD, 0, AT)).toEqual(slow);
		expect(paceAfter(slow, GOOD, slow.round, AT).width).toBe(5);
	});

	it('waits as long as it is asked to, and twice as long each time where it is not', () => {
		expect(after([tooFast(7_000)]).notBefore).toBe(8_000);
		const waits = [1, 2, 3, 4].map((times) => after(Array<Signal>(times).fill(tooFast())));
		expect(waits.map(({ notBefore }) => notBefore - 1_000)).toEqual([250, 500, 1_000, 2_000]);
	});

	it('waits half as long at least, however chance falls', () => {
		const { notBefore } = paceAfter(FIRST_PACE, tooFast(), 0, { ...AT, random: 0 });
		expect(notBefore).toBe(1_125);
	});

	it('stays between one and the ceiling, and never shortens a wait', () => {
		const signals = fc.array(
			fc.record({
				signal: fc.oneof(
					fc.constant(GOOD),
					fc.option(fc.nat(60_000), { nil: undefined }).map(tooFast),
				),
				late: fc.nat(2),
				random: fc.double({ min: 0, max: 1, noNaN: true }),
				ceiling: fc.constant(16),
				now: fc.nat(100_000),
			}),
		);
		fc.assert(
			fc.property(signals, (steps) => {
				let pace = FIRST_PACE;
				for (const { signal, late, ...at } of steps) {
					const next = paceAfter(pace, signal, Math.max(0, pace.round - late), at);
					expect(next.width).toBeGreaterThanOrEqual(1);
					expect(next.width).toBeLessThanOrEqual(16);
					expect(next.notBefore).toBeGreaterThanOrEqual(pace.notBefore);
					if (signal.kind === 'tooFast' && signal.wait !== undefined) {
						expect(next.notBefore).toBeGreaterThanOrEqual(at.now + signal.wait);
					}
					pace = next;
				}
			}),
		);
	});
});
