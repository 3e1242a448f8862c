/** How many look-ups may wait for Imburse at the same time in one delivery. */
export const LOOKUPS_AT_ONCE = 4;

const MINUTE_MS = 60_000;

/** What was taken at one time, and for how many milliseconds it has counted. */
interface Taken {
	count: number;
	age: number;
}

/** Look-ups that may be made, or the seconds after which to ask again where nothing is left. */
export type Taking = { ok: true; giveBack: (count: number) => void } | { ok: false; wait: number };

/**
 * Caps the look-ups of one trigger in any minute, so that a flood of calls cannot use up the rate at
 * which Imburse takes payouts (its limit is not published: API reference 4.9). One delivery may
 * overdraw the budget, or a large one could never be taken; it then counts for as many minutes as it
 * is too large.
 */
export class LookupBudget {
	private taken: Taken[] = [];

	constructor(
		private readonly perMinute: number,
		private askedAt: number,
	) {}

	/**
	 * Takes out so many look-ups. Those that were not made can be given back.
	 *
	 * @param now milliseconds since 1970
	 */
	take(count: number, now: number): Taking {
		this.passTo(now);
		if (this.used() >= this.perMinute) return { ok: false, wait: this.wait() };
		const entry = { count, age: 0 };
		this.taken.push(entry);
		return { ok: true, giveBack: (unused) => (entry.count -= unused) };
	}

	/** A clock that is set back counts as one that stood still. */
	private passTo(now: number): void {
		const passed = Math.max(0, now - this.askedAt);
		this.askedAt = now;
		for (const entry of this.taken) entry.age += passed;
		this.taken = this.taken.filter((entry) => this.left(entry) > 0);
	}

	/** Milliseconds for which an entry still counts. */
	private left({ count, age }: Taken): number {
		return MINUTE_MS * Math.max(1, count / this.perMinute) - age;
	}

	private used(): number {
		return this.taken.reduce((sum, { count }) => sum + count, 0);
	}

	private wait(): number {
		let used = this.used();
		for (const entry of [...this.taken].sort((a, b) => this.left(a) - this.left(b))) {
			used -= entry.count;
			if (used < this.perMinute) return Math.ceil(this.left(entry) / 1000);
		}
		return 1;
	}
}
