import type { Clock } from '../time.mts';

/** A token bucket: it holds up to `burst` tokens and gets `perSecond` new ones. */
export class TokenBucket {
	private tokens: number;
	private refilledAt: number;

	constructor(
		private readonly perSecond: number,
		private readonly burst: number,
		private readonly clock: Clock,
	) {
		this.tokens = burst;
		this.refilledAt = clock();
	}

	/** Takes one token. Returns 0, or the seconds until there is one. */
	take(): number {
		this.refill();
		if (this.tokens < 1) return (1 - this.tokens) / this.perSecond;
		this.tokens -= 1;
		return 0;
	}

	private refill(): void {
		const now = this.clock();
		const seconds = Math.max(0, now - this.refilledAt) / 1000;
		this.tokens = Math.min(this.burst, this.tokens + seconds * this.perSecond);
		this.refilledAt = now;
	}
}
