import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 20;
const MEGABYTE = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What a stretch of work has taken, in megabytes. */
export interface Memory {
	/** The most that was seen above the start, garbage included. */
	most: number;
	/** What is still in use at the end. */
	kept: number;
	/** The whole process. */
	process: number;
}

/** Watches what the process takes; the returned function ends it. */
export function watchMemory(): () => Memory {
	collectGarbage();
	const start = process.memoryUsage().heapUsed;
	let most = start;
	const look = () => {
		most = Math.max(most, process.memoryUsage().heapUsed);
	};
	const timer = setInterval(look, EVERY_MS);
	return () => {
		clearInterval(timer);
		look();
		collectGarbage();
		const { heapUsed, rss } = process.memoryUsage();
		return {
			most: (most - start) / MEGABYTE,
			kept: (heapUsed - start) / MEGABYTE,
			process: rss / MEGABYTE,
		};
	};
}
