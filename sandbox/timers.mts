/** What Node can wait; a timer for longer goes off at once. */
export const longestWaitMs = 2 ** 31 - 1;

/** Timers that can all be ended together, so that nothing is left when the sandbox stops. */
export class Timers {
	private readonly pending = new Set<NodeJS.Timeout>();

	/** Returns how to cancel it. */
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
