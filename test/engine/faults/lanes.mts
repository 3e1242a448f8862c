import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';

/**
 * Runs that stand side by side in one process, each on a sandbox and an engine of its own: most of
 * what they do is wait.
 */
export class Lanes {
	private readonly all: ImburseOnEngine[] = [];
	private readonly free: ImburseOnEngine[] = [];
	private readonly waiting: Array<() => void> = [];
	private inUse = 0;

	constructor(private readonly most: number) {}

	/** Waits for a lane, and runs there. */
	async use<Result>(run: (imburse: ImburseOnEngine) => Promise<Result>): Promise<Result> {
		while (this.inUse >= this.most) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		this.inUse++;
		try {
			const lane = this.free.pop() ?? (await this.open());
			const result = await run(lane);
			this.free.push(lane);
			return result;
		} finally {
			this.inUse--;
			this.waiting.shift()?.();
		}
	}

	async stop(): Promise<void> {
		await Promise.all(this.all.map(async (lane) => await lane.stop()));
	}

	private async open(): Promise<ImburseOnEngine> {
		const lane = await startImburse({ credentialId: `lane-${this.all.length}` });
		this.all.push(lane);
		return lane;
	}
}
