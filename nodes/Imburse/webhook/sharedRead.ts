/** For how long what was read counts for others. Milliseconds. */
const LIFETIME_MS = 1000;

/**
 * Reads that callers share who are at work at the same time. One who is alone gets what is read after
 * it has come. While others are at work, what a read brought counts for all of them that come within
 * a second of its beginning; a clock that was set back ends it.
 */
export class SharedRead<Value> {
	private atWork = 0;
	private last: { startedAt: number; value: Promise<Value> } | undefined;

	constructor(private readonly now: () => number = Date.now) {}

	/** @param work is handed what was read; who comes before it has ended is not alone */
	async share<Result>(
		read: () => Promise<Value>,
		work: (value: Value) => Promise<Result>,
	): Promise<Result> {
		this.atWork++;
		try {
			return await work(await this.get(read));
		} finally {
			this.atWork--;
		}
	}

	private async get(read: () => Promise<Value>): Promise<Value> {
		const now = this.now();
		const age = this.last ? now - this.last.startedAt : LIFETIME_MS;
		const isShared = this.atWork > 1 && age >= 0 && age < LIFETIME_MS;
		if (!isShared || !this.last) this.last = this.begin(read(), now);
		return await this.last.value;
	}

	/** One that fails is forgotten: whoever asks next may be luckier. */
	private begin(value: Promise<Value>, startedAt: number) {
		const begun = { startedAt, value };
		value.catch(() => {
			if (this.last === begun) this.last = undefined;
		});
		return begun;
	}
}
