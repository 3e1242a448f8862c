import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookScene } from './set-up.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

function emit(count: number): string[] {
	return Array.from(
		{ length: count },
		() => scene.webhooks.emit({ eventType: 'INSTRUCTION' }).eventId,
	);
}

/** The IDs of the events of each call that arrived. */
function arrivedIds(): string[][] {
	return scene.arrivedBodies.map((body) =>
		(body as Array<{ eventId: string }>).map(({ eventId }) => eventId),
	);
}

describe('a batch', () => {
	it('is sent as soon as it is full', async () => {
		scene.listen({ maximumBatchSize: 3, maximumBatchDelayMs: 60_000 });
		const ids = emit(7);
		await scene.receiver.arrived(2);
		expect(arrivedIds()).toEqual([ids.slice(0, 3), ids.slice(3, 6)]);
		expect(scene.webhooks.isQuiet).toBe(false);
		expect(scene.webhooks.unacknowledged.map(({ eventId }) => eventId)).toContain(ids[6]);
	});

	it('is sent when its first event has waited long enough', async () => {
		scene.listen({ maximumBatchSize: 10, maximumBatchDelayMs: 50 });
		const before = Date.now();
		const ids = emit(2);
		await scene.webhooks.whenQuiet();
		expect(arrivedIds()).toEqual([ids]);
		// Node's timers may be a millisecond early.
		expect((scene.webhooks.deliveries[0]?.createdAt ?? 0) - before).toBeGreaterThanOrEqual(49);
		const later = emit(1);
		await scene.webhooks.whenQuiet();
		expect(arrivedIds()).toEqual([ids, later]);
	});

	it('waits from its own first event on, not from that of the batch before', async () => {
		scene.listen({ eventTypes: ['A'], maximumBatchSize: 2, maximumBatchDelayMs: 1000 });
		// Its delivery shows that part of that time has passed.
		scene.listen({ eventTypes: ['B'], maximumBatchSize: 2, maximumBatchDelayMs: 100 });
		for (const eventType of ['A', 'B']) scene.webhooks.emit({ eventType });
		await scene.receiver.arrived(1);
		const before = Date.now();
		for (const eventType of ['A', 'A']) scene.webhooks.emit({ eventType });
		await scene.webhooks.whenQuiet();
		expect(arrivedIds().map((ids) => ids.length)).toEqual([1, 2, 1]);
		// Node's timers may be a millisecond early.
		expect((scene.webhooks.deliveries[2]?.createdAt ?? 0) - before).toBeGreaterThanOrEqual(999);
	});

	it('is sent at once by command', async () => {
		scene.listen({ maximumBatchSize: 10, maximumBatchDelayMs: 60_000 });
		const ids = emit(2);
		expect((await scene.admin('POST', '/webhooks/flush')).status).toBe(204);
		await scene.webhooks.whenQuiet();
		expect(arrivedIds()).toEqual([ids]);
	});

	it('is acknowledged or sent again as a whole', async () => {
		scene.listen({ maximumBatchSize: 2, redelivery: [0] });
		scene.receiver.answer = (number) => (number === 1 ? 503 : 200);
		const ids = emit(2);
		await scene.webhooks.whenQuiet();
		expect(arrivedIds()).toEqual([ids, ids]);
		expect(scene.webhooks.deliveries).toMatchObject([{ eventIds: ids, state: 'acknowledged' }]);
	});

	it('holds the events of several instructions, each destination its own', async () => {
		scene.listen({ maximumBatchSize: 3 });
		await scene.createOrder('ORDER-1', ['A', 'B', 'C']);
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toMatchObject([
			[{ instructionRef: 'A' }, { instructionRef: 'B' }, { instructionRef: 'C' }],
		]);
	});
});
