/** The sandbox's own time in epoch milliseconds (UTC). */
export type Clock = () => number;

/** Reads the offset anew each time, since a test may change it. */
export function createClock(options: { clockOffsetSeconds: number }): Clock {
	return () => Date.now() + options.clockOffsetSeconds * 1000;
}

/** The longest delay of a timer in Node; a longer one ends at once. */
export const maxDelayMs = 2 ** 31 - 1;

/** Timers that can all be cancelled together, so that none is left when the sandbox stops. */
export class Timers {
	private readonly pending = new Set<NodeJS.Timeout>();

	/** Returns a function that cancels the timer. */
	after(milliseconds: number, run: () => void): () => void {
		const timer = setTimeout(() => {
			this.pending.delete(timer);
			run();
		}, milliseconds);
		this.pending.add(timer);
		return () => {
			clearTimeout(timer);
			this.pending.delete(timer);
		};
	}

	clear(): void {
		for (const timer of this.pending) clearTimeout(timer);
		this.pending.clear();
	}
}
