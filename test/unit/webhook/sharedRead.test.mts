import { describe, expect, it } from '@jest/globals';
import { SharedRead } from '../../../nodes/Imburse/webhook/sharedRead.ts';

/** Reads that end when the test says so. */
function manualReads() {
	const open: Array<{ end: (value: number) => void; fail: () => void }> = [];
	const read = async () =>
		await new Promise<number>((resolve, reject) =>
			open.push({ end: resolve, fail: () => reject(new Error('broken')) }),
		);
	return { open, read };
}

const settle = async () => await new Promise<void>((resolve) => setImmediate(resolve));

describe('a shared read', () => {
	it('is one for all who wait, and begins after they have asked', async () => {
		const { open, read } = manualReads();
		const shared = new SharedRead<number>();
		const first = shared.get(read);
		await settle();
		const waiting = [shared.get(read), shared.get(read), shared.get(read)];
		await settle();
		expect(open).toHaveLength(1);
		open[0]?.end(1);
		expect(await first).toBe(1);
		await settle();
		expect(open).toHaveLength(2);
		open[1]?.end(2);
		expect(await Promise.all(waiting)).toEqual([2, 2, 2]);
	});

	it('hands out nothing that was read before', async () => {
		const shared = new SharedRead<number>();
		expect(await shared.get(async () => 1)).toBe(1);
		expect(await shared.get(async () => 2)).toBe(2);
	});

	it('that fails, fails for those who waited for it alone', async () => {
		const { open, read } = manualReads();
		const shared = new SharedRead<number>();
		const first = shared.get(read);
		await settle();
		const second = shared.get(read);
		open[0]?.fail();
		await expect(first).rejects.toThrow('broken');
		await settle();
		open[1]?.end(2);
		expect(await second).toBe(2);
	});
});
