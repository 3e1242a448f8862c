import { sleep } from 'n8n-workflow';

/** How long work may go on before other work of the process gets its turn. Milliseconds. */
const SLICE_MS = 50;

/**
 * Divides long work into slices: n8n is one process with one thread, and answers nobody meanwhile.
 *
 * @returns a function to be called between pieces of work. It returns undefined while less than 50 ms
 * have passed since it last gave way, and otherwise a promise that resolves after other work of the
 * process has run
 */
export function timeSlice(): () => Promise<void> | undefined {
	let startedAt = Date.now();
	return () => {
		if (Date.now() - startedAt < SLICE_MS) return undefined;
		return sleep(0).then(() => {
			startedAt = Date.now();
		});
	};
}
