import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mapInSlices, runInSlices, timeSlice } from '../../../nodes/Imburse/n8n/timeSlice.ts';

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

describe('mapping in slices', () => {
	it('keeps the order, and waits for each turn that it gives', async () => {
		const steps: string[] = [];
		let calls = 0;
		const giveWay = () => {
			if (++calls % 2 === 1) return undefined;
			return new Promise<void>((resolve) => {
				setImmediate(() => {
					steps.push('other work');
					resolve();
				});
			});
		};
		const results = await mapInSlices(['a', 'b', 'c'], giveWay, (entry, index) => {
			steps.push(entry);
			return `${entry}${index}`;
		});
		expect(results).toEqual(['a0', 'b1', 'c2']);
		expect(steps).toEqual(['a', 'b', 'other work', 'c']);
	});

	it('of nothing is nothing', async () => {
		expect(await mapInSlices([], () => undefined, String)).toEqual([]);
	});
});

describe('steps in slices', () => {
	it('are all taken, with each turn in between waited for', async () => {
		const order: string[] = [];
		function* steps(): Generator<void, string> {
			for (const name of ['a', 'b']) {
				order.push(name);
				yield;
			}
			return 'done';
		}
		const giveWay = async () => {
			await Promise.resolve();
			order.push('other work');
		};
		expect(await runInSlices(steps(), giveWay)).toBe('done');
		expect(order).toEqual(['a', 'other work', 'b', 'other work']);
	});
});
