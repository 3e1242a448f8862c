import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookFixture } from './fixture.mts';

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

function emit(...statuses: string[]): void {
	for (const status of statuses) fixture.webhooks.emit({ eventType: 'INSTRUCTION', status });
}

describe('deliveries', () => {
	it('arrive in the order of the events', async () => {
		fixture.listen();
		const statuses = Array.from({ length: 20 }, (_, index) => String(index));
		emit(...statuses);
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedStatuses).toEqual(statuses);
	});

	it('can be in flight several at once', async () => {
		fixture.listen({ concurrency: 3 });
		fixture.receiver.respond = () => 'silence';
		emit('1', '2', '3', '4');
		await fixture.receiver.arrived(3);
		const states = fixture.webhooks.deliveries.map(({ state }) => state);
		expect(states).toEqual(['sending', 'sending', 'sending', 'waiting']);
	});

	it('can be sent several times at the same moment', async () => {
		fixture.listen({ copies: 3 });
		fixture.receiver.respond = (number) => (number === 3 ? 200 : 'silence');
		emit('SETTLED');
		await fixture.receiver.arrived(3);
		expect(new Set(fixture.receiver.received.map(({ body }) => body)).size).toBe(1);
		expect(fixture.webhooks.deliveries).toMatchObject([
			{ deliveryId: 1, cause: 'events', originalId: null },
			{ deliveryId: 2, cause: 'copy', originalId: 1 },
			{ deliveryId: 3, cause: 'copy', originalId: 1 },
		]);
	});

	it('can be sent last first', async () => {
		fixture.listen({ reverseEvery: 3 });
		emit('1', '2', '3', '4');
		await fixture.receiver.arrived(3);
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedStatuses).toEqual(['3', '2', '1']);
		expect(fixture.webhooks.deliveries.at(-1)?.state).toBe('held');
	});
});

describe('hold', () => {
	it.each([
		['in their order', undefined, ['1', '2', '3']],
		['in their order', { order: 'inOrder' }, ['1', '2', '3']],
		['last first', { order: 'reversed' }, ['3', '2', '1']],
	])('keeps deliveries back until they are released %s', async (_case, body, expected) => {
		fixture.listen();
		expect((await fixture.admin('POST', '/webhooks/hold')).status).toBe(204);
		emit('1', '2', '3');
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
		expect(fixture.receiver.received).toEqual([]);

		expect((await fixture.admin('POST', '/webhooks/release', body)).status).toBe(204);
		emit('4');
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedStatuses).toEqual([...expected, '4']);
	});

	it('refuses an unknown order, and holds on', async () => {
		fixture.listen();
		fixture.webhooks.hold();
		emit('1');
		const reply = await fixture.admin('POST', '/webhooks/release', { order: 'random' });
		expect([reply.status, fixture.webhooks.deliveries[0]?.state]).toEqual([400, 'held']);
	});
});

describe('a replay', () => {
	it('has the bytes of the first attempt, with the old time and the old signature', async () => {
		const { destinationId } = fixture.listen({
			signature: { timestamp: { header: 'X-Time' }, content: 'timestampAndBody' },
		});
		emit('SETTLED');
		await fixture.webhooks.whenIdle();
		fixture.sandbox.options.clockOffsetSeconds = 3600;
		fixture.webhooks.changeDestination(destinationId, { verificationKey: 'rotated' });
		const reply = await fixture.admin('POST', '/webhooks/deliveries/1/replay');
		expect([reply.status, reply.body]).toEqual([
			201,
			expect.objectContaining({ deliveryId: 2, cause: 'replay', originalId: 1 }),
		]);
		await fixture.webhooks.whenIdle();
		const [first, second] = fixture.receiver.received;
		expect(first?.headers['x-time']).toMatch(/^\d{10}$/);
		expect(second?.body).toBe(first?.body);
		expect(second?.rawHeaders).toEqual(first?.rawHeaders);
	});

	it('is sent once, whatever the response', async () => {
		fixture.listen({ redelivery: [0, 0] });
		emit('SETTLED');
		await fixture.webhooks.whenIdle();
		fixture.receiver.respond = () => 401;
		fixture.webhooks.replay(1);
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries).toMatchObject([
			{ state: 'acknowledged' },
			{ state: 'givenUp', attempts: [{ status: 401 }] },
		]);
		expect(fixture.webhooks.unacknowledged).toEqual([]);
	});

	it('requires a delivery that has been sent', async () => {
		fixture.listen();
		fixture.webhooks.hold();
		emit('SETTLED');
		expect((await fixture.admin('POST', '/webhooks/deliveries/1/replay')).body).toEqual({
			error: 'Delivery 1 has not been sent yet.',
		});
		expect((await fixture.admin('POST', '/webhooks/deliveries/9/replay')).body).toEqual({
			error: 'There is no delivery 9.',
		});
		expect(fixture.webhooks.deliveries).toHaveLength(1);
	});
});
