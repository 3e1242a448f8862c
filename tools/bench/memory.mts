import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 20;
const MEGABYTE = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The memory that some work takes, in megabytes. */
export interface Memory {
	/** The most above the start, garbage included. */
	peak: number;
	/** What is still in use at the end. */
	retained: number;
	/** The whole process. */
	process: number;
}

/** Measures the memory of the process until the returned function is called. */
export function watchMemory(): () => Memory {
	collectGarbage();
	const start = process.memoryUsage().heapUsed;
	let peak = start;
	const measure = () => {
		peak = Math.max(peak, process.memoryUsage().heapUsed);
	};
	const timer = setInterval(measure, EVERY_MS);
	return () => {
		clearInterval(timer);
		measure();
		collectGarbage();
		const { heapUsed, rss } = process.memoryUsage();
		return {
			peak: (peak - start) / MEGABYTE,
			retained: (heapUsed - start) / MEGABYTE,
			process: rss / MEGABYTE,
		};
	};
}
