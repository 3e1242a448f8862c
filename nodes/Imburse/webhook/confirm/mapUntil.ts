/**
 * Does a piece of work for each entry, so many at a time, and hands back the results in order. When
 * a result ends it, nothing more is begun, and what was not begun has no result.
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
