import type { Clock } from '../clock.mts';

/** Holds up to `burst` calls and is filled at `perSecond`. */
export class TokenBucket {
	private level: number;
	private filledAt: number;

	constructor(
		private readonly perSecond: number,
		private readonly burst: number,
		private readonly clock: Clock,
	) {
		this.level = burst;
		this.filledAt = clock();
	}

	/** Takes one call out. Returns 0, or the seconds until there will be one. */
	take(): number {
		this.fill();
		if (this.level < 1) return (1 - this.level) / this.perSecond;
		this.level -= 1;
		return 0;
	}

	private fill(): void {
		const now = this.clock();
		const seconds = Math.max(0, now - this.filledAt) / 1000;
		this.level = Math.min(this.burst, this.level + seconds * this.perSecond);
		this.filledAt = now;
	}
}
