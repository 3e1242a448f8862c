import { digest } from '../../n8n/digest';

/** For how long an instruction that Imburse does not have is not looked up again. Milliseconds. */
const MEMORY_MS = 60_000;
const MAX_ENTRIES = 5_000;

/**
 * The instructions that Imburse did not have a short while ago. They are kept by their digest, so that
 * long made-up references take no more memory than short ones; beyond 5,000 the oldest is forgotten.
 */
export class AbsentInstructions {
	/** By digest: until when it counts, in milliseconds since 1970. */
	private readonly until = new Map<string, number>();

	/** @param key of the look-up */
	add(key: string, now: number): void {
		const hash = digest(key);
		this.until.delete(hash);
		this.until.set(hash, now + MEMORY_MS);
		const [oldest] = this.until.keys();
		if (this.until.size > MAX_ENTRIES && oldest !== undefined) this.until.delete(oldest);
	}

	delete(key: string): void {
		this.until.delete(digest(key));
	}

	/** For how many seconds it still counts; 0 if it does not. A clock that was set back ends it. */
	secondsLeft(key: string, now: number): number {
		const left = (this.until.get(digest(key)) ?? 0) - now;
		return left > 0 && left <= MEMORY_MS ? Math.ceil(left / 1000) : 0;
	}
}
