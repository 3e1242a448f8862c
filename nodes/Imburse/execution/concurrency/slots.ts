/** The slots of all runs: each caller holds one at a time. */
export class Slots {
	private readonly groups = new Set<SlotGroup>();

	/** @param limit how many slots there are at the moment */
	constructor(private readonly limit: () => number) {}

	/** @param ceiling no more slots are in use as long as this run uses or wants one */
	join(ceiling: number): SlotGroup {
		const group = new SlotGroup(ceiling, () => this.serve());
		this.groups.add(group);
		return group;
	}

	/** Gives back all that a run holds, and holds nobody of it back any more. */
	leave(group: SlotGroup): void {
		this.groups.delete(group);
		group.close();
		this.serve();
	}

	isUnused(): boolean {
		return this.groups.size === 0;
	}

	/** Hands out what is free. The run with the fewest slots is served first, so no run starves beside another one. */
	serve(): void {
		for (;;) {
			const active = [...this.groups].filter((group) => group.inUse > 0 || group.isWaiting());
			const inUse = active.reduce((sum, group) => sum + group.inUse, 0);
			const ceiling = Math.min(this.limit(), ...active.map((group) => group.ceiling));
			const waiting = active.filter((group) => group.isWaiting());
			const [next, ...others] = waiting;
			if (!next || inUse >= Math.max(1, Math.floor(ceiling))) return;
			others.reduce((least, group) => (group.inUse < least.inUse ? group : least), next).serve();
		}
	}
}

/** The slots of one run. */
export class SlotGroup {
	inUse = 0;
	private isClosed = false;
	private readonly returning: Array<(isHeld: boolean) => void> = [];
	private readonly arriving: Array<(isHeld: boolean) => void> = [];

	constructor(
		readonly ceiling: number,
		private readonly onChange: () => void,
	) {}

	/** Waits for a free slot, behind all who wait already. @returns false when the run has ended */
	async acquire(): Promise<boolean> {
		return await this.waitIn(this.arriving);
	}

	/** As `acquire`, before all who have not started yet. */
	async reacquire(): Promise<boolean> {
		return await this.waitIn(this.returning);
	}

	/** Gives a slot back; those who wait get it, and slots that were added meanwhile. */
	release(): void {
		if (this.isClosed) return;
		this.inUse--;
		this.onChange();
	}

	isWaiting(): boolean {
		return this.returning.length + this.arriving.length > 0;
	}

	/** Hands a slot to the next one who waits. */
	serve(): void {
		const next = this.returning.shift() ?? this.arriving.shift();
		if (!next) return;
		this.inUse++;
		next(true);
	}

	close(): void {
		this.isClosed = true;
		this.inUse = 0;
		for (const end of [...this.returning.splice(0), ...this.arriving.splice(0)]) end(false);
	}

	private async waitIn(queue: Array<(isHeld: boolean) => void>): Promise<boolean> {
		if (this.isClosed) return false;
		return await new Promise<boolean>((resolve) => {
			queue.push(resolve);
			this.onChange();
		});
	}
}
