import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { useIdleClock } from '../../support/idleClock.mts';
import { SharedRead } from '../../../nodes/Imburse/webhook/sharedRead.ts';

useIdleClock();

/** Callers whose reads and whose work end when the test says so. */
function callers() {
	const clock = { now: 5_000 };
	const shared = new SharedRead<number>(() => clock.now);
	const reads: Array<{ end: (value: number) => void; fail: () => void }> = [];
	const read = async () =>
		await new Promise<number>((resolve, reject) =>
			reads.push({ end: resolve, fail: () => reject(new Error('broken')) }),
		);
	/** One more caller, at work until it leaves. */
	const come = () => {
		let isOver = false;
		const reader = shared.join(read, () => isOver);
		return { ...reader, end: () => (isOver = true) };
	};
	return { come, clock, reads };
}

async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await setTimeout(1);
}

describe('a shared read', () => {
	it('is one for all who come while others are at work, within a second', async () => {
		const { come, clock, reads } = callers();
		const first = come();
		const readings = [first.recent()];
		clock.now += 400;
		readings.push(come().recent());
		reads[0]?.end(1);
		expect(await Promise.all(readings)).toEqual([
			{ value: 1, isFresh: true },
			{ value: 1, isFresh: false },
		]);
		first.end();
		clock.now += 599;
		expect(await come().recent()).toEqual({ value: 1, isFresh: false });
		expect(reads).toHaveLength(1);
	});

	it('brings one who is alone what is read after it has come', async () => {
		const { come, reads } = callers();
		for (const value of [1, 2]) {
			const caller = come();
			const reading = caller.recent();
			reads.at(-1)?.end(value);
			expect(await reading).toEqual({ value, isFresh: true });
			caller.end();
		}
	});

	it('counts for a second and no longer, however long it takes', async () => {
		const { come, clock, reads } = callers();
		const first = come().recent();
		clock.now += 1_000;
		const second = come().recent();
		expect(reads).toHaveLength(2);
		reads[1]?.end(2);
		reads[0]?.end(1);
		expect([(await first).value, (await second).value]).toEqual([1, 2]);
		clock.now += 999;
		expect((await come().recent()).value).toBe(2);
		expect(reads).toHaveLength(2);
	});

	it('counts no longer for who came before it and was slow', async () => {
		const { come, clock, reads } = callers();
		const slow = come();
		const quick = come();
		const first = quick.recent();
		reads[0]?.end(1);
		await first;
		quick.end();
		clock.now += 1_000;
		const reading = slow.recent();
		reads[1]?.end(2);
		expect(await reading).toEqual({ value: 2, isFresh: true });
	});

	it('is read anew for who wants it fresh, once for all who came before', async () => {
		const { come, clock, reads } = callers();
		const atWork = come().recent();
		reads[0]?.end(1);
		await atWork;
		clock.now += 10;
		const waiting = [come(), come()];
		for (const caller of waiting) expect((await caller.recent()).isFresh).toBe(false);
		clock.now += 10;
		const fresh = waiting.map(async (caller) => await caller.fresh());
		await until(() => reads.length === 2);
		reads[1]?.end(2);
		expect(await Promise.all(fresh)).toEqual([2, 2]);
	});

	it('is not begun again and again for those who want it fresh one after another', async () => {
		const shared = new SharedRead<number>();
		let reads = 0;
		const join = () =>
			shared.join(
				async () => ++reads,
				() => false,
			);
		await join().recent();
		for (let caller = 0; caller < 20; caller++) {
			const { fresh } = join();
			const before = reads;
			await setTimeout(25);
			void fresh();
			await setTimeout(25);
			expect(reads - before).toBeLessThanOrEqual(1);
		}
		expect(reads).toBeGreaterThan(3);
		expect(reads).toBeLessThan(8);
	});

	it('that fails is read anew for who had come after it began', async () => {
		const { come, reads } = callers();
		const first = come().recent();
		const second = come().recent();
		reads[0]?.fail();
		await expect(first).rejects.toThrow('broken');
		await until(() => reads.length === 2);
		reads[1]?.end(2);
		expect(await second).toEqual({ value: 2, isFresh: true });
	});

	it('keeps nobody who has left', async () => {
		const { come, reads } = callers();
		const gone = come();
		gone.leave();
		const alone = come().recent();
		reads[0]?.end(1);
		await alone;
		expect(reads).toHaveLength(1);
	});

	it('that fails, fails for whoever began it alone', async () => {
		const { come, clock, reads } = callers();
		const atWork = come().recent();
		reads[0]?.end(1);
		await atWork;
		clock.now += 1_000;
		const waiting = come().recent();
		reads[1]?.fail();
		await expect(waiting).rejects.toThrow('broken');
		const next = come().recent();
		reads[2]?.end(2);
		expect((await next).value).toBe(2);
		expect(reads).toHaveLength(3);
	});

	it('that fails late takes away nothing that was read since', async () => {
		const { come, clock, reads } = callers();
		const first = come().recent();
		clock.now += 1_000;
		const second = come().recent();
		reads[1]?.end(2);
		expect((await second).value).toBe(2);
		reads[0]?.fail();
		await expect(first).rejects.toThrow('broken');
		expect((await come().recent()).value).toBe(2);
		expect(reads).toHaveLength(2);
	});
});
