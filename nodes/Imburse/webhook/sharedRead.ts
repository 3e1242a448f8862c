import { sleep } from 'n8n-workflow';

/** For how long what was read counts for others. Milliseconds. */
const LIFETIME_MS = 1000;
/** Those who want it fresh wait for each other, so that many of them cost few readings. */
const FRESH_EVERY_MS = 200;

/** What one caller gets. */
export interface Reading<Value> {
	value: Value;
	/** Whether it was begun after the caller had come. */
	isFresh: boolean;
}

export interface Reader<Value> {
	/** What is read now, or was within a second before while others are at work. */
	recent: () => Promise<Reading<Value>>;
	/** What is read after the caller had come. */
	fresh: () => Promise<Value>;
	/** To be called when the caller is gone. */
	leave: () => void;
}

interface Begun<Value> {
	/** How many callers had come. */
	callers: number;
	at: number;
	value: Promise<Value>;
}

/**
 * Reads that callers share who are at work at the same time. One who is alone gets what is read after
 * it has come.
 */
export class SharedRead<Value> {
	private callers = 0;
	/** Of each caller that has not left, whether its work is over. */
	private readonly present = new Set<() => boolean>();
	private last: Begun<Value> | undefined;
	private next: Promise<Begun<Value>> | undefined;

	/** @param now milliseconds, never going back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/**
	 * @param read reads once
	 * @param isOver whether the caller's work is over
	 */
	join(read: () => Promise<Value>, isOver: () => boolean): Reader<Value> {
		const number = ++this.callers;
		this.present.add(isOver);
		const isFresh = (begun: Begun<Value>) => begun.callers >= number;
		const isRecent = ({ at }: Begun<Value>) => this.now() - at < LIFETIME_MS;
		const willDo = (begun: Begun<Value>) =>
			isRecent(begun) && (isFresh(begun) || this.hasSeveralAtWork());
		const fresh = async () => {
			const begun = this.last && isFresh(this.last) ? this.last : await this.beginNext(read);
			return await begun.value;
		};
		const recent = async () => {
			const begun = this.last && willDo(this.last) ? this.last : this.begin(read);
			try {
				return { value: await begun.value, isFresh: isFresh(begun) };
			} catch {
				return { value: await (isFresh(begun) ? begun.value : fresh()), isFresh: true };
			}
		};
		return { recent, fresh, leave: () => void this.present.delete(isOver) };
	}

	private hasSeveralAtWork(): boolean {
		for (const isOver of this.present) if (isOver()) this.present.delete(isOver);
		return this.present.size > 1;
	}

	private begin(read: () => Promise<Value>): Begun<Value> {
		const begun = { callers: this.callers, at: this.now(), value: read() };
		this.last = begun;
		// One that fails is forgotten: whoever asks next may be luckier.
		begun.value.catch(() => {
			if (this.last === begun) this.last = undefined;
		});
		return begun;
	}

	private async beginNext(read: () => Promise<Value>): Promise<Begun<Value>> {
		this.next ??= this.afterPause().then(() => {
			this.next = undefined;
			return this.begin(read);
		});
		return await this.next;
	}

	private async afterPause(): Promise<void> {
		await sleep(this.last ? Math.max(0, this.last.at + FRESH_EVERY_MS - this.now()) : 0);
	}
}
