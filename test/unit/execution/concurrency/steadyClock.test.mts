import { describe, expect, it } from '@jest/globals';
import { createSteadyClock } from '../../../../nodes/Imburse/execution/concurrency/steadyClock.ts';

describe('the steady clock', () => {
	it('goes on where it was when the time is set back, and follows when it is set forward', () => {
		let time = 10_000;
		const now = createSteadyClock(() => time);
		expect(now()).toBe(10_000);
		time = 4_000;
		expect(now()).toBe(10_000);
		time = 4_500;
		expect(now()).toBe(10_500);
		time = 20_000;
		expect(now()).toBe(26_000);
	});
});
