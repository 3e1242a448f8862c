/** Room for so many at the same time. */
export interface Slots {
	/** Waits for a free place, behind everybody who waits already. */
	acquire(): Promise<void>;
	/** As `take`, before all who have not begun yet. */
	reacquire(): Promise<void>;
	/** Gives a place back; whoever waits is served, also with places that were added meanwhile. */
	release(): void;
}

/** @param room how many places there are at the moment */
export function createSlots(room: () => number): Slots {
	const returning: Array<() => void> = [];
	const arriving: Array<() => void> = [];
	let taken = 0;
	const serve = () => {
		while (taken < room()) {
			const next = returning.shift() ?? arriving.shift();
			if (!next) return;
			taken++;
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
			taken--;
			serve();
		},
	};
}
