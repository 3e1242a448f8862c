/** How tasks are run that may run at the same time. */
export interface ConcurrencyOptions<Task, Room, Result> {
	/** Waits until there is room for one more task to begin. */
	acquireSlot(): Promise<Room>;
	/** Gives back room that no task needs. */
	releaseSlot(room: Room): void;
	/** Never throws. */
	run(task: Task, room: Room): Promise<Result>;
	/** Tasks with the same text here run one after another, in their order. */
	serialKey(task: Task): string | undefined;
	/** Asked before each task begins; after a no, none begins any more. */
	continues(): boolean;
}

/**
 * Runs tasks, several at a time, and begins them in their order.
 *
 * @returns the result of each task in its place; undefined for one that was not begun
 */
export async function mapConcurrently<Task, Room, Result>(
	tasks: readonly Task[],
	how: ConcurrencyOptions<Task, Room, Result>,
): Promise<Array<Result | undefined>> {
	const results = new Array<Result | undefined>(tasks.length);
	const waiting = tasks.map((task, index) => ({ task, index, turn: how.serialKey(task) }));
	const running = new Set<Promise<void>>();
	const taken = new Set<string>();
	const begin = ({ task, index, turn }: (typeof waiting)[number], room: Room) => {
		if (turn !== undefined) taken.add(turn);
		const end = how.run(task, room).then((result) => {
			results[index] = result;
			how.releaseSlot(room);
			running.delete(end);
			if (turn !== undefined) taken.delete(turn);
		});
		running.add(end);
	};
	while (waiting.length > 0 && how.continues()) {
		const next = waiting.findIndex(({ turn }) => turn === undefined || !taken.has(turn));
		if (next === -1) {
			await Promise.race(running);
			continue;
		}
		const room = await how.acquireSlot();
		const [entry] = how.continues() ? waiting.splice(next, 1) : [];
		if (entry) begin(entry, room);
		else how.releaseSlot(room);
	}
	await Promise.all(running);
	return results;
}
