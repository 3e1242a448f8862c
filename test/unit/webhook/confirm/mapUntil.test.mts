import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { mapUntil } from '../../../../nodes/Imburse/webhook/confirm/mapUntil.ts';

const never = () => false;

describe('atOnce', () => {
	it('hands back the results in order, with so many under way at most', async () => {
		let underWay = 0;
		let most = 0;
		const entries = Array.from({ length: 25 }, (_, index) => index);
		const results = await mapUntil(
			entries,
			4,
			async (entry) => {
				most = Math.max(most, ++underWay);
				for (let turn = 0; turn <= 25 - entry; turn++) await setImmediate();
				underWay--;
				return entry * 2;
			},
			never,
		);
		expect(results).toEqual(entries.map((entry) => entry * 2));
		expect(most).toBe(4);
	});

	it('begins nothing more after a result that ends it', async () => {
		const begun: number[] = [];
		const results = await mapUntil(
			[0, 1, 2, 3, 4, 5, 6, 7],
			2,
			async (entry) => {
				begun.push(entry);
				await setImmediate();
				return entry;
			},
			(result) => result === 2,
		);
		expect(begun).toEqual([0, 1, 2, 3]);
		expect(results).toEqual([0, 1, 2, 3, undefined, undefined, undefined, undefined]);
	});

	it('has nothing to do for nothing', async () => {
		expect(await mapUntil([], 4, async () => 1, never)).toEqual([]);
	});

	it('fails with a piece of work that fails', async () => {
		const work = async () => {
			throw new Error('broken');
		};
		await expect(mapUntil([1], 4, work, never)).rejects.toThrow('broken');
	});
});
