import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { mapUntil } from '../../../../nodes/Imburse/webhook/confirm/mapUntil.ts';

const never = () => false;

describe('mapUntil', () => {
	it('returns the results in order, and never runs more entries than its concurrency', async () => {
		let running = 0;
		let most = 0;
		const entries = Array.from({ length: 25 }, (_, index) => index);
		const results = await mapUntil(
			entries,
			4,
			async (entry) => {
				most = Math.max(most, ++running);
				for (let turn = 0; turn <= 25 - entry; turn++) await setImmediate();
				running--;
				return entry * 2;
			},
			never,
		);
		expect(results).toEqual(entries.map((entry) => entry * 2));
		expect(most).toBe(4);
	});

	it('starts no further entry after the last result', async () => {
		const started: number[] = [];
		const results = await mapUntil(
			[0, 1, 2, 3, 4, 5, 6, 7],
			2,
			async (entry) => {
				started.push(entry);
				await setImmediate();
				return entry;
			},
			(result) => result === 2,
		);
		expect(started).toEqual([0, 1, 2, 3]);
		expect(results).toEqual([0, 1, 2, 3, undefined, undefined, undefined, undefined]);
	});

	it('returns nothing for no entries', async () => {
		expect(await mapUntil([], 4, async () => 1, never)).toEqual([]);
	});

	it('fails if the mapper fails', async () => {
		const mapper = async () => {
			throw new Error('broken');
		};
		await expect(mapUntil([1], 4, mapper, never)).rejects.toThrow('broken');
	});
});
