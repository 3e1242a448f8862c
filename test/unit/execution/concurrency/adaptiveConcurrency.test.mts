import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	INITIAL_STATE,
	nextState,
	type ConcurrencyState,
	type Signal,
} from '../../../../nodes/Imburse/execution/concurrency/adaptiveConcurrency.ts';

const GOOD: Signal = { kind: 'good', latency: 0, hasWaited: false };
const SLOW: Signal = { kind: 'good', latency: 250, hasWaited: false };
const AT = { now: 1_000, random: 1, ceiling: 8 };

function tooFast(wait?: number): Signal {
	return { kind: 'tooFast', wait };
}

/** The pace after these signals, each of a call that began just before it. */
function after(signals: Signal[], pace: ConcurrencyState = INITIAL_STATE): ConcurrencyState {
	return signals.reduce((sofar, signal) => nextState(sofar, signal, sofar.round, AT), pace);
}

describe('the pace', () => {
	it('begins with one call', () => {
		expect(INITIAL_STATE.limit).toBe(1);
	});

	it('doubles with each round of good answers, up to the ceiling', () => {
		let pace = INITIAL_STATE;
		const widths = [1, 2, 3].map(() => {
			pace = after(Array<Signal>(pace.limit).fill(SLOW), pace);
			return pace.limit;
		});
		expect(widths).toEqual([2, 4, 8]);
		expect(after([SLOW], pace).limit).toBe(8);
	});

	it('adds a tenth with each round once it has two calls in flight and 64 a second', () => {
		const two = { ...INITIAL_STATE, limit: 2 };
		expect(after([GOOD, GOOD], two).limit).toBeCloseTo(2.2);
		const at = { ...AT, ceiling: 50 };
		const limitAfter = (limit: number) => nextState({ ...INITIAL_STATE, limit }, SLOW, 0, at).limit;
		expect([15, 16].map(limitAfter)).toEqual([16, 16.1]);
	});

	it('does not take away what another run has found when it has a lower ceiling itself', () => {
		expect(after([GOOD, SLOW], { ...INITIAL_STATE, limit: 20 }).limit).toBe(20);
	});

	it('does not grow by a call that had to wait for its turn, since the rate held it back', () => {
		const four = { ...INITIAL_STATE, limit: 4 };
		expect(after([{ ...SLOW, hasWaited: true }], four).limit).toBe(4);
	});

	it('halves once for all calls that were in flight together', () => {
		const fast = { ...INITIAL_STATE, limit: 8 };
		const first = nextState(fast, tooFast(), 0, AT);
		const second = nextState(first, tooFast(), 0, AT);
		expect([first.limit, second.limit]).toEqual([4, 4]);
		expect(second.notBefore).toBe(first.notBefore);
	});

	it('does not speed up on a good answer to a call from before the refusal', () => {
		const slow = after([tooFast()], { ...INITIAL_STATE, limit: 8 });
		expect(nextState(slow, GOOD, 0, AT)).toEqual(slow);
		expect(nextState(slow, GOOD, slow.round, AT).limit).toBeCloseTo(4.1);
	});

	it('waits as long as it is asked to, and twice as long each time where it is not', () => {
		expect(after([tooFast(7_000)]).notBefore).toBe(8_000);
		const waits = [1, 2, 3, 4].map((times) => after(Array<Signal>(times).fill(tooFast())));
		expect(waits.map(({ notBefore }) => notBefore - 1_000)).toEqual([125, 250, 500, 1_000]);
		expect(after(Array<Signal>(20).fill(tooFast())).notBefore - 1_000).toBe(4_000);
		const asked = after(Array<Signal>(6).fill(tooFast(0)));
		expect(asked.notBefore - 1_000).toBe(4_000);
	});

	it('waits half as long at least, however chance falls', () => {
		const { notBefore } = nextState(INITIAL_STATE, tooFast(), 0, { ...AT, random: 0 });
		expect(notBefore).toBe(1_063);
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
				let pace = INITIAL_STATE;
				for (const { signal, late, ...at } of steps) {
					const next = nextState(pace, signal, Math.max(0, pace.round - late), at);
					expect(next.limit).toBeGreaterThanOrEqual(1);
					expect(next.limit).toBeLessThanOrEqual(16);
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
