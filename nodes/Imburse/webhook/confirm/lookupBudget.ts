/** How many look-ups may wait for Imburse at the same time in one delivery. */
export const LOOKUPS_AT_ONCE = 4;

const MINUTE_MS = 60_000;

/**
 * Caps the look-ups of one trigger, so that a flood of calls cannot use up the rate at which Imburse
 * takes payouts (its limit is not published: API reference 4.9). One delivery may overdraw the
 * budget, or a large one could never be taken; the next then waits until that is made good.
 */
export class LookupBudget {
	private left: number;

	constructor(
		private readonly perMinute: number,
		private filledAt: number,
	) {
		this.left = perMinute;
	}

	/**
	 * Takes out so many look-ups.
	 *
	 * @param now milliseconds since 1970
	 * @returns 0, or the seconds after which to ask again where nothing is left
	 */
	take(count: number, now: number): number {
		const perMillisecond = this.perMinute / MINUTE_MS;
		const gained = Math.max(0, now - this.filledAt) * perMillisecond;
		this.left = Math.min(this.perMinute, this.left + gained);
		this.filledAt = now;
		if (this.left < 1) return Math.ceil((1 - this.left) / perMillisecond / 1000);
		this.left -= count;
		return 0;
	}
}
