/** A limited number of slots, of which each caller holds one at a time. */
export interface Slots {
	/** Waits for a free slot, behind all who wait already. */
	acquire(): Promise<void>;
	/** As `acquire`, before all who have not started yet. */
	reacquire(): Promise<void>;
	/** Gives a slot back; those who wait get it, and slots that were added meanwhile. */
	release(): void;
}

/** @param limit how many slots there are at the moment */
export function createSlots(limit: () => number): Slots {
	const returning: Array<() => void> = [];
	const arriving: Array<() => void> = [];
	let inUse = 0;
	const serve = () => {
		while (inUse < limit()) {
			const next = returning.shift() ?? arriving.shift();
			if (!next) return;
			inUse++;
			next();
		}
	};
	const waitIn = async (queue: Array<() => void>) => {
		await new Promise<void>((resolve) => {
			queue.push(resolve);
			serve();
		});
	};
	return {
		acquire: async () => await waitIn(arriving),
		reacquire: async () => await waitIn(returning),
		release: () => {
			inUse--;
			serve();
		},
	};
}
