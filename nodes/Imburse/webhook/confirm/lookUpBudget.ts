const MINUTE_MS = 60_000;
/** Look-ups within this time are counted together, so that few entries are kept. Milliseconds. */
const STEP_MS = 500;
/** So that the last one of a step counts for a whole minute, too. */
const LIFETIME_MS = MINUTE_MS + STEP_MS;

/** Whose events are looked up: of senders whose origin is proved, or of others. */
export type SenderKind = 'proved' | 'unproved';

/** Look-ups that were made at about the same time. */
interface BudgetEntry {
	counts: Record<SenderKind, number>;
	/** For how many milliseconds the first of them has counted. */
	ageMs: number;
}

/** Of the look-ups per minute, those that unproved senders can use up. */
const UNPROVED_SHARE = 0.75;

/** How many look-ups per minute that kind of senders can use up. */
export function shareOf(kind: SenderKind, perMinute: number): number {
	return kind === 'proved' ? perMinute : Math.max(1, Math.floor(perMinute * UNPROVED_SHARE));
}

/**
 * Limits the look-ups per minute, which count against the same limit of Imburse's as payments do and of
 * which no figures are published (API reference 4.9). A quarter is kept for proved senders: others
 * cannot use it up.
 */
export class LookUpBudget {
	private entries: BudgetEntry[] = [];

	constructor(private updatedAt: number) {}

	/**
	 * Takes one look-up.
	 *
	 * @param now milliseconds since 1970
	 * @returns 0, or the milliseconds after which it can be tried again
	 */
	take(kind: SenderKind, perMinute: number, now: number): number {
		this.advanceTo(now);
		const total = (entry: BudgetEntry) => entry.counts.proved + entry.counts.unproved;
		const waits = [this.waitUntilBelow(perMinute, total)];
		if (kind === 'unproved') {
			waits.push(this.waitUntilBelow(shareOf(kind, perMinute), ({ counts }) => counts.unproved));
		}
		const wait = Math.max(...waits);
		if (wait === 0) this.count(kind);
		return wait;
	}

	/** A clock that is set back counts as one that stood still. */
	private advanceTo(now: number): void {
		const passed = Math.max(0, now - this.updatedAt);
		this.updatedAt = now;
		for (const entry of this.entries) entry.ageMs += passed;
		this.entries = this.entries.filter(({ ageMs }) => ageMs < LIFETIME_MS);
	}

	private count(kind: SenderKind): void {
		const newest = this.entries.at(-1);
		if (newest && newest.ageMs < STEP_MS) newest.counts[kind]++;
		else this.entries.push({ counts: { proved: 0, unproved: 0, [kind]: 1 }, ageMs: 0 });
	}

	/** Milliseconds until fewer than `limit` count; the oldest entries are the first that end. */
	private waitUntilBelow(limit: number, countOf: (entry: BudgetEntry) => number): number {
		let used = this.entries.reduce((sum, entry) => sum + countOf(entry), 0);
		let wait = 0;
		for (const entry of this.entries) {
			if (used < limit) break;
			used -= countOf(entry);
			wait = LIFETIME_MS - entry.ageMs;
		}
		return wait;
	}
}
