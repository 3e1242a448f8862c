const EVERY_MS = 20;
const MEGABYTE = 1024 * 1024;

/** Watches what the process takes; the returned function ends it and gives megabytes. */
export function watchMemory(): () => { heap: number; rss: number } {
	const start = process.memoryUsage().heapUsed;
	let most = start;
	const timer = setInterval(() => {
		most = Math.max(most, process.memoryUsage().heapUsed);
	}, EVERY_MS);
	return () => {
		clearInterval(timer);
		return { heap: (most - start) / MEGABYTE, rss: process.memoryUsage().rss / MEGABYTE };
	};
}
