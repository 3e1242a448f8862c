/**
 * Maps entries concurrently, in their order, until a result is the last one: then no further entry is
 * started. The result of an entry that was not started is undefined. An error in the mapper fails the
 * whole call.
 */
export async function mapUntil<Entry, Result>(
	entries: readonly Entry[],
	concurrency: number,
	mapper: (entry: Entry) => Promise<Result>,
	isLast: (result: Result) => boolean,
): Promise<Array<Result | undefined>> {
	const results = entries.map((): Result | undefined => undefined);
	let next = 0;
	const worker = async () => {
		while (next < entries.length) {
			const index = next++;
			const result = await mapper(entries[index] as Entry);
			results[index] = result;
			if (isLast(result)) next = entries.length;
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, entries.length) }, worker));
	return results;
}
