/** Carries out one job after the other, or as many at once as are allowed. */
export class Lane {
	private waiting: Array<() => Promise<void>> = [];
	private running = 0;

	constructor(private readonly width: () => number) {}

	/** The job must not reject. */
	add(job: () => Promise<void>): void {
		this.waiting.push(job);
		this.advance();
	}

	/** What has begun goes on. */
	clear(): void {
		this.waiting = [];
	}

	private advance(): void {
		while (this.running < this.width()) {
			const job = this.waiting.shift();
			if (!job) return;
			this.running += 1;
			void job().then(() => {
				this.running -= 1;
				this.advance();
			});
		}
	}
}
