/** A `Date` that is so much behind is of a clock that was set meanwhile. Milliseconds. */
const SET_BACK_MS = 2_000;

/**
 * What the headers `Date` of a server have shown of its clock. Each names a whole second that the server
 * had reached (RFC 9110, 6.6.1): the latest of them, by this machine's clock, say almost exactly when
 * the next second begins there.
 */
export class ServerClock {
	private aheadMs = -Infinity;

	/**
	 * @param date the header of a response that came just now
	 * @param now this machine's clock, milliseconds
	 * @returns a time that the server's clock has reached for certain; `now` without a `Date`
	 */
	read(date: string | undefined, now: number): number {
		const reached = Date.parse(date ?? '');
		if (Number.isNaN(reached)) return now;
		const isSetBack = now + this.aheadMs > reached + SET_BACK_MS;
		this.aheadMs = isSetBack ? reached - now : Math.max(this.aheadMs, reached - now);
		return Math.min(now + this.aheadMs, reached + 999);
	}
}
