import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { timeSlice } from '../../../nodes/Imburse/n8n/timeSlice.ts';

const START = 1_796_040_000_000;

afterEach(() => {
	jest.useRealTimers();
});

describe('a time slice', () => {
	it('gives way after 50 ms of work, and then after 50 ms more', async () => {
		jest.useFakeTimers({ now: START });
		const giveWay = timeSlice();
		expect(giveWay()).toBeUndefined();
		jest.setSystemTime(START + 49);
		expect(giveWay()).toBeUndefined();
		jest.setSystemTime(START + 50);
		const turn = giveWay();
		expect(turn).toBeInstanceOf(Promise);
		jest.setSystemTime(START + 200);
		await jest.advanceTimersByTimeAsync(1);
		await turn;
		expect(giveWay()).toBeUndefined();
		jest.setSystemTime(START + 245);
		expect(giveWay()).toBeUndefined();
		jest.setSystemTime(START + 255);
		expect(giveWay()).toBeInstanceOf(Promise);
	});

	it('goes on after other work of the process has run', async () => {
		const giveWay = timeSlice();
		const order: string[] = [];
		setTimeout(() => order.push('other work'), 0);
		let turn = giveWay();
		while (!turn) turn = giveWay();
		order.push('gave way');
		await turn;
		order.push('went on');
		expect(order).toEqual(['gave way', 'other work', 'went on']);
	});
});
