import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mapConcurrently } from '../../../../nodes/Imburse/execution/concurrency/mapConcurrently.ts';
import { Slots } from '../../../../nodes/Imburse/execution/concurrency/slots.ts';

interface Task {
	key: string | undefined;
	/** How many microtasks it takes. */
	length: number;
}

/** Runs tasks in so many places, and tells what was seen. */
async function observed(tasks: Task[], room: number, mostBegun = Infinity) {
	const places = new Slots(() => room).join(room, () => 1);
	const begun: Task[] = [];
	const inFlight = new Set<Task>();
	let widest = 0;
	let together = false;
	const results = await mapConcurrently(tasks, {
		acquireSlot: async () => void (await places.acquire()),
		releaseSlot: () => places.release(),
		run: async (task) => {
			together ||= [...inFlight].some(({ key }) => key !== undefined && key === task.key);
			begun.push(task);
			inFlight.add(task);
			widest = Math.max(widest, inFlight.size);
			for (let i = 0; i < task.length; i++) await Promise.resolve();
			inFlight.delete(task);
			return task;
		},
		serialKey: ({ key }) => key,
		continues: () => begun.length < mostBegun,
	});
	return { results, begun, widest, together };
}

const TASKS = fc.array(
	fc.record({ key: fc.constantFrom(undefined, 'a', 'b'), length: fc.nat(9) }),
	{ maxLength: 30 },
);

it('runs every task once, keeps their order, its room, and one at a time for each key', async () => {
	await fc.assert(
		fc.asyncProperty(TASKS, fc.integer({ min: 1, max: 5 }), async (tasks, room) => {
			const { results, begun, widest, together } = await observed(tasks, room);
			expect(results).toEqual(tasks);
			expect(new Set(begun).size).toBe(tasks.length);
			expect(widest).toBeLessThanOrEqual(room);
			expect(together).toBe(false);
			for (const key of ['a', 'b', undefined]) {
				const ofKey = (list: Task[]) => list.filter((task) => task.key === key);
				expect(ofKey(begun)).toEqual(ofKey(tasks));
			}
		}),
	);
});

it('begins nothing more after a no, and brings what has begun to its end', async () => {
	await fc.assert(
		fc.asyncProperty(TASKS, fc.nat(30), async (tasks, most) => {
			const { results, begun } = await observed(tasks, 3, most);
			expect(begun).toHaveLength(Math.min(most, tasks.length));
			expect(results.filter((result) => result !== undefined)).toHaveLength(begun.length);
		}),
	);
});

it('runs several at a time', async () => {
	const tasks = Array.from({ length: 10 }, () => ({ key: undefined, length: 100 }));
	expect((await observed(tasks, 4)).widest).toBe(4);
});
