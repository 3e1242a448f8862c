/** How to run tasks that may run at the same time. */
export interface ConcurrencyOptions<Task, Slot, Result> {
	/** Waits until one more task may start. */
	acquireSlot(): Promise<Slot>;
	/** Gives back a slot that no task needs. */
	releaseSlot(slot: Slot): void;
	/** Never throws. */
	run(task: Task, slot: Slot): Promise<Result>;
	/** Tasks with the same key run one after another, in their order. */
	serialKey(task: Task): string | undefined;
	/** Asked before each task starts; after a no, none starts any more. */
	continues(): boolean;
}

/**
 * Runs tasks, several at a time, and starts them in their order.
 *
 * @returns the result of each task in its place; undefined for one that was not started
 */
export async function mapConcurrently<Task, Slot, Result>(
	tasks: readonly Task[],
	options: ConcurrencyOptions<Task, Slot, Result>,
): Promise<Array<Result | undefined>> {
	const results = new Array<Result | undefined>(tasks.length);
	const waiting = tasks.map((task, index) => ({ task, index, key: options.serialKey(task) }));
	const running = new Set<Promise<void>>();
	const busyKeys = new Set<string>();
	const start = ({ task, index, key }: (typeof waiting)[number], slot: Slot) => {
		if (key !== undefined) busyKeys.add(key);
		const end = options.run(task, slot).then((result) => {
			results[index] = result;
			options.releaseSlot(slot);
			running.delete(end);
			if (key !== undefined) busyKeys.delete(key);
		});
		running.add(end);
	};
	while (waiting.length > 0 && options.continues()) {
		const next = waiting.findIndex(({ key }) => key === undefined || !busyKeys.has(key));
		if (next === -1) {
			await Promise.race(running);
			continue;
		}
		const slot = await options.acquireSlot();
		const [entry] = options.continues() ? waiting.splice(next, 1) : [];
		if (entry) start(entry, slot);
		else options.releaseSlot(slot);
	}
	await Promise.all(running);
	return results;
}
