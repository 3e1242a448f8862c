import { TriggerCache } from '../triggerCache';

const MINUTE_MS = 60_000;

/** Look-ups that were taken at one time. */
interface BudgetEntry {
	count: number;
	/** For how many milliseconds they have counted. */
	ageMs: number;
}

/** `retryAfter` is in seconds. */
export type BudgetResult =
	{ ok: true; giveBack: (count: number) => void } | { ok: false; retryAfter: number };

/**
 * Limits the look-ups of one trigger per minute. A flood of calls must not use up the rate at which
 * Imburse takes payouts: look-ups count against the same limit, of which no figures are published (API
 * reference 4.9). One delivery may overdraw the
 * budget, because otherwise a large delivery could never be accepted. It then counts for as many
 * minutes as it exceeds the budget.
 */
export class LookUpBudget {
	private entries: BudgetEntry[] = [];

	constructor(
		readonly perMinute: number,
		private updatedAt: number,
	) {}

	/**
	 * Takes so many look-ups. Those that are not made can be given back.
	 *
	 * @param now milliseconds since 1970
	 */
	take(count: number, now: number): BudgetResult {
		this.advanceTo(now);
		if (this.used() >= this.perMinute) return { ok: false, retryAfter: this.secondsUntilFree() };
		const entry = { count, ageMs: 0 };
		this.entries.push(entry);
		return { ok: true, giveBack: (unused) => (entry.count -= unused) };
	}

	/** A clock that is set back counts as one that stood still. */
	private advanceTo(now: number): void {
		const passed = Math.max(0, now - this.updatedAt);
		this.updatedAt = now;
		for (const entry of this.entries) entry.ageMs += passed;
		this.entries = this.entries.filter((entry) => this.remainingMs(entry) > 0);
	}

	/** For how many milliseconds an entry still counts. */
	private remainingMs({ count, ageMs }: BudgetEntry): number {
		return MINUTE_MS * Math.max(1, count / this.perMinute) - ageMs;
	}

	private used(): number {
		return this.entries.reduce((sum, { count }) => sum + count, 0);
	}

	private secondsUntilFree(): number {
		let used = this.used();
		const byRemainingTime = [...this.entries].sort(
			(a, b) => this.remainingMs(a) - this.remainingMs(b),
		);
		for (const entry of byRemainingTime) {
			used -= entry.count;
			if (used < this.perMinute) return Math.ceil(this.remainingMs(entry) / 1000);
		}
		return 1;
	}
}

const budgets = new TriggerCache<LookUpBudget>();

/** The budget of one trigger, the same for every call in this process. */
export function lookUpBudgetOf(triggerId: string, perMinute: number): LookUpBudget {
	const known = budgets.get(triggerId);
	if (known?.perMinute === perMinute) return known;
	const budget = new LookUpBudget(perMinute, Date.now());
	budgets.set(triggerId, budget);
	return budget;
}
