/** Room for so many at the same time. */
export interface Places {
	/** Waits for a free place, behind everybody who waits already. */
	take(): Promise<void>;
	/** As `take`, before all who have not begun yet. */
	takeBack(): Promise<void>;
	/** Gives a place back; whoever waits is served, also with places that were added meanwhile. */
	give(): void;
}

/** @param room how many places there are at the moment */
export function openPlaces(room: () => number): Places {
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
		take: async () => await waitIn(arriving),
		takeBack: async () => await waitIn(returning),
		give: () => {
			taken--;
			serve();
		},
	};
}
