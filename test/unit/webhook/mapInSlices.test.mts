import { describe, expect, it } from '@jest/globals';
import { mapInSlices } from '../../../nodes/Imburse/webhook/mapInSlices.ts';

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
