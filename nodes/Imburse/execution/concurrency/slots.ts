/** The slots of all runs: each caller holds one at a time. */
export class Slots {
	private readonly groups = new Set<SlotGroup>();

	/** @param limit how many slots there are at the moment */
	constructor(private readonly limit: () => number) {}

	/** @param ceiling no more slots are in use as long as this run uses or wants one */
	join(ceiling: number, itemsLeft: () => number): SlotGroup {
		const group = new SlotGroup(ceiling, itemsLeft, () => this.serve());
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

	/** Of all runs together. */
	itemsLeft(): number {
		return [...this.groups].reduce((sum, group) => sum + group.itemsLeft(), 0);
	}

	/** Hands out what is free. */
	serve(): void {
		for (let next = this.nextGroup(); next; next = this.nextGroup()) next.serve();
	}

	/** The run with the fewest slots of those that wait, so that no run starves beside another one. */
	private nextGroup(): SlotGroup | undefined {
		let inUse = 0;
		let ceiling = Infinity;
		let next: SlotGroup | undefined;
		for (const group of this.groups) {
			const isWaiting = group.isWaiting();
			if (isWaiting && (!next || group.inUse < next.inUse)) next = group;
			if (isWaiting || group.inUse > 0) ceiling = Math.min(ceiling, group.ceiling);
			inUse += group.inUse;
		}
		if (!next) return undefined;
		const slots = Math.floor(Math.min(ceiling, this.limit()));
		return inUse < Math.max(1, slots) ? next : undefined;
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
		readonly itemsLeft: () => number,
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
