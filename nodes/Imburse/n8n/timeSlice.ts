import { sleep } from 'n8n-workflow';

/** How long work may go on before other work of the process gets its turn. Milliseconds. */
const SLICE_MS = 50;

/** Called between pieces of work: undefined, or a promise to wait for while others have a turn. */
export type GiveWay = () => Promise<void> | undefined;

/**
 * Divides long work into slices: n8n is one process with one thread, and answers nobody meanwhile.
 *
 * @returns a function to be called between pieces of work. It returns undefined while less than 50 ms
 * have passed since it last gave way, and otherwise a promise that resolves after other work of the
 * process has run
 */
export function timeSlice(): GiveWay {
	let startedAt = Date.now();
	return () => {
		if (Date.now() - startedAt < SLICE_MS) return undefined;
		return sleep(0).then(() => {
			startedAt = Date.now();
		});
	};
}

/** Takes all steps of long work, and gives way between them. */
export async function runInSlices<Result>(
	steps: Generator<void, Result>,
	giveWay: GiveWay,
): Promise<Result> {
	let step = steps.next();
	while (step.done !== true) {
		const pause = giveWay();
		if (pause) await pause;
		step = steps.next();
	}
	return step.value;
}

/** Maps entries in their order, and gives way between them. */
export async function mapInSlices<Entry, Result>(
	entries: readonly Entry[],
	giveWay: GiveWay,
	mapper: (entry: Entry, index: number) => Result,
): Promise<Result[]> {
	const results: Result[] = [];
	for (const [index, entry] of entries.entries()) {
		results.push(mapper(entry, index));
		const pause = giveWay();
		if (pause) await pause;
	}
	return results;
}
