import { expect, it } from '@jest/globals';
import { giveWayUntil, RunStoppedError } from '../../../nodes/Imburse/execution/slices.ts';
import { mapInSlices } from '../../../nodes/Imburse/n8n/timeSlice.ts';

const SLICE_MS = 50;

function work(milliseconds: number): void {
	const end = Date.now() + milliseconds;
	while (Date.now() < end);
}

it('other work has its turn while a list is gone through, and the results keep their order', async () => {
	let turns = 0;
	const other = setInterval(() => turns++, 0);
	const results = await mapInSlices([1, 2, 3, 4], giveWayUntil(undefined), (entry) => {
		work(SLICE_MS);
		return entry === 2 ? [] : [entry, -entry];
	});
	const during = turns;
	clearInterval(other);
	expect(results.flat()).toEqual([1, -1, 3, -3, 4, -4]);
	expect(during).toBeGreaterThanOrEqual(2);
});

it('a list that takes no time is gone through at once', async () => {
	let turns = 0;
	const pause = async () => {
		turns++;
	};
	await mapInSlices(
		[1, 2, 3],
		() => undefined,
		(entry) => [entry],
	);
	expect(turns).toBe(0);
	await mapInSlices([1, 2, 3], pause, (entry) => [entry]);
	expect(turns).toBe(3);
});

it('ends once the run is stopped', async () => {
	const stop = new AbortController();
	const seen: number[] = [];
	const run = mapInSlices([1, 2, 3], giveWayUntil(stop.signal), (entry) => {
		seen.push(entry);
		work(SLICE_MS);
		if (entry === 2) stop.abort();
		return [entry];
	});
	await expect(run).rejects.toThrow(RunStoppedError);
	expect(seen).toEqual([1, 2]);
});
