/** For how long what was read counts for others. Milliseconds. */
const LIFETIME_MS = 1000;

/** What one caller gets. */
export interface Reading<Value> {
	value: Value;
	/** Whether it was read after the caller had come. */
	isFresh: boolean;
}

export interface Reader<Value> {
	/** What is read now, or was within a second before while others are at work. */
	recent(): Promise<Reading<Value>>;
	/** What was read after the caller had come. */
	fresh(): Promise<Value>;
}

interface Begun<Value> {
	/** Callers that had come until then. */
	after: number;
	startedAt: number;
	value: Promise<Value>;
}

/**
 * Reads that callers share who are at work at the same time. One who is alone gets what is read after
 * it has come.
 */
export class SharedRead<Value> {
	private came = 0;
	/** Of each caller, whether its work is over. */
	private readonly callers = new Set<() => boolean>();
	private last: Begun<Value> | undefined;

	/** @param now milliseconds, never going back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/**
	 * @param read reads once
	 * @param isOver whether the caller's work is over
	 */
	join(read: () => Promise<Value>, isOver: () => boolean): Reader<Value> {
		const number = ++this.came;
		this.callers.add(isOver);
		const isFresh = ({ after }: Begun<Value>) => after >= number;
		const isRecent = ({ startedAt }: Begun<Value>) => this.now() - startedAt < LIFETIME_MS;
		return {
			recent: async () => {
				const begun = this.begin(read, this.hasSeveralAtWork() ? isRecent : isFresh);
				return { value: await begun.value, isFresh: isFresh(begun) };
			},
			fresh: async () => await this.begin(read, isFresh).value,
		};
	}

	private hasSeveralAtWork(): boolean {
		for (const isOver of this.callers) if (isOver()) this.callers.delete(isOver);
		return this.callers.size > 1;
	}

	/** Begins to read, unless the last reading will do. */
	private begin(read: () => Promise<Value>, willDo: (last: Begun<Value>) => boolean): Begun<Value> {
		if (this.last && willDo(this.last)) return this.last;
		const begun = { after: this.came, startedAt: this.now(), value: read() };
		this.last = begun;
		// One that fails is forgotten: whoever asks next may be luckier.
		begun.value.catch(() => {
			if (this.last === begun) this.last = undefined;
		});
		return begun;
	}
}
