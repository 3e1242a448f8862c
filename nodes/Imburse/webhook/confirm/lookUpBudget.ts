/** How many look-ups may wait for Imburse at the same time in one delivery. */
export const LOOK_UP_CONCURRENCY = 4;

const MINUTE_MS = 60_000;

/** What was taken at one time, and for how many milliseconds it has counted. */
interface SpentEntry {
	count: number;
	age: number;
}

/** Look-ups that may be made, or the seconds after which to ask again where nothing is left. */
export type BudgetResult =
	{ ok: true; giveBack: (count: number) => void } | { ok: false; retryAfter: number };

/**
 * Caps the look-ups of one trigger in any minute, so that a flood of calls cannot use up the rate at
 * which Imburse takes payouts (its limit is not published: API reference 4.9). One delivery may
 * overdraw the budget, or a large one could never be taken; it then counts for as many minutes as it
 * is too large.
 */
export class LookUpBudget {
	private spent: SpentEntry[] = [];

	constructor(
		private readonly perMinute: number,
		private updatedAt: number,
	) {}

	/**
	 * Takes out so many look-ups. Those that were not made can be given back.
	 *
	 * @param now milliseconds since 1970
	 */
	take(count: number, now: number): BudgetResult {
		this.advanceTo(now);
		if (this.used() >= this.perMinute) return { ok: false, retryAfter: this.wait() };
		const entry = { count, age: 0 };
		this.spent.push(entry);
		return { ok: true, giveBack: (unused) => (entry.count -= unused) };
	}

	/** A clock that is set back counts as one that stood still. */
	private advanceTo(now: number): void {
		const passed = Math.max(0, now - this.updatedAt);
		this.updatedAt = now;
		for (const entry of this.spent) entry.age += passed;
		this.spent = this.spent.filter((entry) => this.remainingMs(entry) > 0);
	}

	/** Milliseconds for which an entry still counts. */
	private remainingMs({ count, age }: SpentEntry): number {
		return MINUTE_MS * Math.max(1, count / this.perMinute) - age;
	}

	private used(): number {
		return this.spent.reduce((sum, { count }) => sum + count, 0);
	}

	private wait(): number {
		let used = this.used();
		for (const entry of [...this.spent].sort((a, b) => this.remainingMs(a) - this.remainingMs(b))) {
			used -= entry.count;
			if (used < this.perMinute) return Math.ceil(this.remainingMs(entry) / 1000);
		}
		return 1;
	}
}
