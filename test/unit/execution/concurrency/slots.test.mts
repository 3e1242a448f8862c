import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { Slots, type SlotGroup } from '../../../../nodes/Imburse/execution/concurrency/slots.ts';

/** Lets a run want so many slots. */
async function want(group: SlotGroup, count: number): Promise<boolean[]> {
	const got: boolean[] = [];
	for (let i = 0; i < count; i++) void group.acquire().then((isHeld) => got.push(isHeld));
	await setImmediate();
	return got;
}

describe('the slots of several runs', () => {
	it('are no more than the limit, for all of them together', async () => {
		const slots = new Slots(() => 4);
		const [first, second] = [slots.join(50, () => 1), slots.join(50, () => 1)];
		await want(first, 3);
		await want(second, 3);
		expect([first.inUse, second.inUse]).toEqual([3, 1]);
	});

	it('go to the run that has the fewest', async () => {
		const slots = new Slots(() => 4);
		const [first, second] = [slots.join(50, () => 1), slots.join(50, () => 1)];
		await want(first, 100);
		await want(second, 100);
		for (let i = 0; i < 2; i++) first.release();
		expect([first.inUse, second.inUse]).toEqual([2, 2]);
		second.release();
		expect([first.inUse, second.inUse]).toEqual([2, 2]);
	});

	it('go by the least ceiling, for as long as a run with it uses or wants one', async () => {
		const slots = new Slots(() => 50);
		const [wide, narrow] = [slots.join(50, () => 1), slots.join(1, () => 1)];
		await want(wide, 3);
		await want(narrow, 1);
		expect([wide.inUse, narrow.inUse]).toEqual([3, 0]);
		for (let i = 0; i < 3; i++) wide.release();
		expect([wide.inUse, narrow.inUse]).toEqual([0, 1]);
		await want(wide, 2);
		expect(wide.inUse).toBe(0);
		narrow.release();
		expect(wide.inUse).toBe(2);
	});

	it('are given back when a run ends, whoever still holds or wants one', async () => {
		const slots = new Slots(() => 2);
		const [ended, other] = [slots.join(50, () => 1), slots.join(50, () => 1)];
		const got = await want(ended, 3);
		await want(other, 2);
		slots.leave(ended);
		await setImmediate();
		expect(got).toEqual([true, true, false]);
		expect(other.inUse).toBe(2);
		ended.release();
		expect(await ended.reacquire()).toBe(false);
		expect([ended.inUse, other.inUse]).toEqual([0, 2]);
	});

	it('are never fewer than one', async () => {
		const group = new Slots(() => 0.5).join(50, () => 1);
		await want(group, 2);
		expect(group.inUse).toBe(1);
	});
});
