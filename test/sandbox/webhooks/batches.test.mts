import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { useIdleClock } from '../../support/idleClock.mts';
import { WebhookFixture } from './fixture.mts';

useIdleClock();

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

function emit(count: number): string[] {
	return Array.from(
		{ length: count },
		() => fixture.webhooks.emit({ eventType: 'INSTRUCTION' }).eventId,
	);
}

/** The IDs of the events in each request that arrived. */
function arrivedIds(): string[][] {
	return fixture.arrivedBodies.map((body) =>
		(body as Array<{ eventId: string }>).map(({ eventId }) => eventId),
	);
}

describe('a batch', () => {
	it('is sent as soon as it is full', async () => {
		fixture.listen({ maximumBatchSize: 3, maximumBatchDelayMs: 60_000 });
		const ids = emit(7);
		await fixture.receiver.arrived(2);
		expect(arrivedIds()).toEqual([ids.slice(0, 3), ids.slice(3, 6)]);
		expect(fixture.webhooks.isIdle).toBe(false);
		expect(fixture.webhooks.unacknowledged.map(({ eventId }) => eventId)).toContain(ids[6]);
	});

	it('is sent when its first event has waited long enough', async () => {
		fixture.listen({ maximumBatchSize: 10, maximumBatchDelayMs: 50 });
		const before = Date.now();
		const ids = emit(2);
		await fixture.webhooks.whenIdle();
		expect(arrivedIds()).toEqual([ids]);
		// Node's timers may be a millisecond early.
		expect((fixture.webhooks.deliveries[0]?.createdAt ?? 0) - before).toBeGreaterThanOrEqual(49);
		const later = emit(1);
		await fixture.webhooks.whenIdle();
		expect(arrivedIds()).toEqual([ids, later]);
	});

	it('waits from its own first event on, not from that of the batch before it', async () => {
		fixture.listen({ eventTypes: ['A'], maximumBatchSize: 2, maximumBatchDelayMs: 1000 });
		// Its delivery shows that a part of the delay has passed.
		fixture.listen({ eventTypes: ['B'], maximumBatchSize: 2, maximumBatchDelayMs: 100 });
		for (const eventType of ['A', 'B']) fixture.webhooks.emit({ eventType });
		await fixture.receiver.arrived(1);
		const before = Date.now();
		for (const eventType of ['A', 'A']) fixture.webhooks.emit({ eventType });
		await fixture.webhooks.whenIdle();
		expect(arrivedIds().map((ids) => ids.length)).toEqual([1, 2, 1]);
		// Node's timers may be a millisecond early.
		expect((fixture.webhooks.deliveries[2]?.createdAt ?? 0) - before).toBeGreaterThanOrEqual(999);
	});

	it('is sent at once by flush', async () => {
		fixture.listen({ maximumBatchSize: 10, maximumBatchDelayMs: 60_000 });
		const ids = emit(2);
		expect((await fixture.admin('POST', '/webhooks/flush')).status).toBe(204);
		await fixture.webhooks.whenIdle();
		expect(arrivedIds()).toEqual([ids]);
	});

	it('is acknowledged or sent again as a whole', async () => {
		fixture.listen({ maximumBatchSize: 2, redelivery: [0] });
		fixture.receiver.respond = (number) => (number === 1 ? 503 : 200);
		const ids = emit(2);
		await fixture.webhooks.whenIdle();
		expect(arrivedIds()).toEqual([ids, ids]);
		expect(fixture.webhooks.deliveries).toMatchObject([{ eventIds: ids, state: 'acknowledged' }]);
	});

	it('has the events of several instructions', async () => {
		fixture.listen({ maximumBatchSize: 3 });
		await fixture.createOrder('ORDER-1', ['A', 'B', 'C']);
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toMatchObject([
			[{ instructionRef: 'A' }, { instructionRef: 'B' }, { instructionRef: 'C' }],
		]);
	});
});
