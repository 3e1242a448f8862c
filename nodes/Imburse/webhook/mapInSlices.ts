import type { timeSlice } from '../n8n/timeSlice';

/** Lets other work of the process run, if it is time for that. */
export type GiveWay = ReturnType<typeof timeSlice>;

/** Maps entries in their order, and gives way between them. */
export async function mapInSlices<Entry, Result>(
	entries: readonly Entry[],
	giveWay: GiveWay,
	mapper: (entry: Entry, index: number) => Result,
): Promise<Result[]> {
	const results: Result[] = [];
	for (const [index, entry] of entries.entries()) {
		results.push(mapper(entry, index));
		const turn = giveWay();
		if (turn) await turn;
	}
	return results;
}
