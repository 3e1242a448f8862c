/** Does a piece of work for each entry, so many at a time, and hands back the results in order. */
export async function atOnce<Entry, Result>(
	entries: readonly Entry[],
	most: number,
	work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	const worker = async () => {
		while (next < entries.length) {
			const index = next++;
			results[index] = await work(entries[index] as Entry);
		}
	};
	await Promise.all(Array.from({ length: Math.min(most, entries.length) }, worker));
	return results;
}
