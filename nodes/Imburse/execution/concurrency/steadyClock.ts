/**
 * A clock that never goes back, so that nobody waits for an hour because the machine's time was
 * corrected by an hour. What it loses by that is never made up for: only differences count.
 *
 * @param now milliseconds
 */
export function createSteadyClock(now: () => number): () => number {
	let last = -Infinity;
	let takenBack = 0;
	return () => {
		const current = now();
		takenBack += Math.max(0, last - current);
		last = current;
		return current + takenBack;
	};
}
