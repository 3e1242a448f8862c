/** Runs jobs in their order, up to `concurrency` of them at once. */
export class JobQueue {
	private waiting: Array<() => Promise<void>> = [];
	private running = 0;

	constructor(private readonly concurrency: () => number) {}

	/** The job must not reject. */
	add(job: () => Promise<void>): void {
		this.waiting.push(job);
		this.startNext();
	}

	/** Jobs that have started go on. */
	clear(): void {
		this.waiting = [];
	}

	private startNext(): void {
		while (this.running < this.concurrency()) {
			const job = this.waiting.shift();
			if (!job) return;
			this.running += 1;
			void job().then(() => {
				this.running -= 1;
				this.startNext();
			});
		}
	}
}
