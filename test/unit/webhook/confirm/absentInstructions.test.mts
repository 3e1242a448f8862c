import { describe, expect, it } from '@jest/globals';
import { AbsentInstructions } from '../../../../nodes/Imburse/webhook/confirm/absentInstructions.ts';
import { NOW } from '../deliveries.mts';

describe('instructions that Imburse does not have', () => {
	it('are known for a minute', () => {
		const absent = new AbsentInstructions();
		absent.add('a', NOW);
		expect(absent.secondsLeft('a', NOW)).toBe(60);
		expect(absent.secondsLeft('a', NOW + 59_001)).toBe(1);
		expect(absent.secondsLeft('a', NOW + 60_000)).toBe(0);
		expect(absent.secondsLeft('b', NOW)).toBe(0);
	});

	it('are forgotten when they are found, or when the clock is set back', () => {
		const absent = new AbsentInstructions();
		absent.add('a', NOW);
		absent.add('b', NOW);
		absent.delete('a');
		expect(absent.secondsLeft('a', NOW)).toBe(0);
		expect(absent.secondsLeft('b', NOW - 1)).toBe(0);
	});

	it('are 5,000 at most, the newest, and long references take no more memory than short ones', () => {
		const absent = new AbsentInstructions();
		for (let index = 0; index <= 5_000; index++) absent.add(`${index}${'x'.repeat(5_000)}`, NOW);
		const isKnown = (index: number) => absent.secondsLeft(`${index}${'x'.repeat(5_000)}`, NOW) > 0;
		expect([0, 1, 5_000].map(isKnown)).toEqual([false, true, true]);
		expect(
			JSON.stringify([...(Reflect.get(absent, 'until') as Map<string, number>)]).length,
		).toBeLessThan(500_000);
	});
});
