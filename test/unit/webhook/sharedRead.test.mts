import { describe, expect, it } from '@jest/globals';
import { SharedRead } from '../../../nodes/Imburse/webhook/sharedRead.ts';

const NOW = 1_800_000_000_000;

/** Callers whose reads and whose work end when the test says so. */
function callers() {
	const clock = { now: NOW };
	const shared = new SharedRead<number>(() => clock.now);
	const reads: Array<{ end: (value: number) => void; fail: () => void }> = [];
	const read = async () =>
		await new Promise<number>((resolve, reject) =>
			reads.push({ end: resolve, fail: () => reject(new Error('broken')) }),
		);
	/** One more caller: `value` resolves when it begins to work. */
	const call = () => {
		let leave = () => {};
		let ended: Promise<void> = Promise.resolve();
		const value = new Promise<number>((resolve, reject) => {
			ended = shared
				.share(read, async (found) => {
					resolve(found);
					await new Promise<void>((end) => (leave = end));
				})
				.catch(reject);
		});
		const end = async () => {
			leave();
			await ended;
		};
		return { value, end };
	};
	return { call, clock, reads };
}

describe('a shared read', () => {
	it('is one for all who come while others are at work, within a second', async () => {
		const { call, clock, reads } = callers();
		const first = call();
		clock.now += 400;
		const second = call();
		reads[0]?.end(1);
		expect(await Promise.all([first.value, second.value])).toEqual([1, 1]);
		await first.end();
		clock.now = NOW + 999;
		expect(await call().value).toBe(1);
		expect(reads).toHaveLength(1);
	});

	it('brings one who is alone what is read after it has come', async () => {
		const { call, reads } = callers();
		for (const value of [1, 2]) {
			const caller = call();
			reads.at(-1)?.end(value);
			expect(await caller.value).toBe(value);
			await caller.end();
		}
	});

	it('counts for a second and no longer, however long it takes', async () => {
		const { call, clock, reads } = callers();
		const first = call();
		clock.now += 1000;
		const second = call();
		expect(reads).toHaveLength(2);
		reads[1]?.end(2);
		reads[0]?.end(1);
		expect(await Promise.all([first.value, second.value])).toEqual([1, 2]);
		clock.now += 999;
		expect(await call().value).toBe(2);
	});

	it('ends when the clock is set back', async () => {
		const { call, clock, reads } = callers();
		const first = call();
		clock.now -= 1;
		const second = call();
		reads[0]?.end(1);
		reads[1]?.end(2);
		expect(await Promise.all([first.value, second.value])).toEqual([1, 2]);
	});

	it('that fails, fails for those who waited for it alone', async () => {
		const { call, clock, reads } = callers();
		const atWork = call();
		reads[0]?.end(1);
		expect(await atWork.value).toBe(1);
		clock.now += 1000;
		const waiting = [call(), call()];
		reads[1]?.fail();
		for (const { value } of waiting) await expect(value).rejects.toThrow('broken');
		const next = call();
		reads[2]?.end(2);
		expect(await next.value).toBe(2);
		expect(reads).toHaveLength(3);
	});

	it('that fails late takes away nothing that was read since', async () => {
		const { call, clock, reads } = callers();
		const first = call();
		clock.now += 1000;
		const second = call();
		reads[1]?.end(2);
		expect(await second.value).toBe(2);
		reads[0]?.fail();
		await expect(first.value).rejects.toThrow('broken');
		expect(await call().value).toBe(2);
		expect(reads).toHaveLength(2);
	});
});
