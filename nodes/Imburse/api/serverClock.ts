/** What the way of an answer may take longer than the shortest one. Milliseconds. */
const TOLERANCE_MS = 100;
/** For how long only the dates themselves count after one that did not fit. */
const DISTRUST_MS = 60_000;

/**
 * What the headers `Date` of a server have shown of its clock. Each names a whole second that the server
 * had reached (RFC 9110, 6.6.1): the latest of them, by this machine's clock, say almost exactly when
 * the next second begins there. A date that does not fit to them is of an answer that took long, of a
 * clock that was set, or of another machine behind the same address: then nothing is made of them for a
 * minute.
 */
export class ServerClock {
	private aheadMs = -Infinity;
	private trustedFrom = -Infinity;

	/**
	 * @param date the header of a response that came just now
	 * @param now this machine's clock, milliseconds
	 * @returns a time that the server's clock has reached; `now` as long as it is not known
	 */
	read(date: string | undefined, now: number): number {
		const reached = Date.parse(date ?? '');
		if (Number.isNaN(reached)) return now + (this.aheadMs === -Infinity ? 0 : this.aheadMs);
		if (now + this.aheadMs > reached + 1000 + TOLERANCE_MS) {
			this.aheadMs = -Infinity;
			this.trustedFrom = now + DISTRUST_MS;
		}
		this.aheadMs = Math.max(this.aheadMs, reached - now);
		if (now < this.trustedFrom) return reached;
		const likely = Math.min(now + this.aheadMs - TOLERANCE_MS, reached + 999);
		return Math.max(reached, likely);
	}
}
