import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookScene } from './set-up.mts';

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

function emit(...statuses: string[]): void {
	for (const status of statuses) scene.webhooks.emit({ eventType: 'INSTRUCTION', status });
}

describe('deliveries', () => {
	it('arrive in the order of the events', async () => {
		scene.listen();
		const statuses = Array.from({ length: 20 }, (_, index) => String(index));
		emit(...statuses);
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedStatuses).toEqual(statuses);
	});

	it('may be under way several at once', async () => {
		scene.listen({ concurrency: 3 });
		scene.receiver.answer = () => 'silence';
		emit('1', '2', '3', '4');
		await scene.receiver.arrived(3);
		const states = scene.webhooks.deliveries.map(({ state }) => state);
		expect(states).toEqual(['sending', 'sending', 'sending', 'waiting']);
	});

	it('may go out several times at the same moment', async () => {
		scene.listen({ copies: 3 });
		scene.receiver.answer = (number) => (number === 3 ? 200 : 'silence');
		emit('SETTLED');
		await scene.receiver.arrived(3);
		expect(new Set(scene.receiver.received.map(({ body }) => body)).size).toBe(1);
		expect(scene.webhooks.deliveries).toMatchObject([
			{ deliveryId: 1, cause: 'events', of: null },
			{ deliveryId: 2, cause: 'copy', of: 1 },
			{ deliveryId: 3, cause: 'copy', of: 1 },
		]);
	});

	it('may go out last first', async () => {
		scene.listen({ reverseEvery: 3 });
		emit('1', '2', '3', '4');
		await scene.receiver.arrived(3);
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedStatuses).toEqual(['3', '2', '1']);
		expect(scene.webhooks.deliveries.at(-1)?.state).toBe('held');
	});
});

describe('holding', () => {
	it.each([
		['in their order', undefined, ['1', '2', '3']],
		['in their order', { order: 'inOrder' }, ['1', '2', '3']],
		['last first', { order: 'reversed' }, ['3', '2', '1']],
	])('keeps deliveries back until they are released %s', async (_case, body, expected) => {
		scene.listen();
		expect((await scene.admin('POST', '/webhooks/hold')).status).toBe(204);
		emit('1', '2', '3');
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
		expect(scene.receiver.received).toEqual([]);

		expect((await scene.admin('POST', '/webhooks/release', body)).status).toBe(204);
		emit('4');
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedStatuses).toEqual([...expected, '4']);
	});

	it('refuses an order that it does not know, and holds on', async () => {
		scene.listen();
		scene.webhooks.hold();
		emit('1');
		const reply = await scene.admin('POST', '/webhooks/release', { order: 'random' });
		expect([reply.status, scene.webhooks.deliveries[0]?.state]).toEqual([400, 'held']);
	});
});

describe('a replay', () => {
	it('is byte for byte what was sent first, old time and old signature too', async () => {
		const { destinationId } = scene.listen({
			signature: { timestamp: { header: 'X-Time' }, content: 'timestampAndBody' },
		});
		emit('SETTLED');
		await scene.webhooks.whenQuiet();
		scene.sandbox.options.clockOffsetSeconds = 3600;
		scene.webhooks.changeDestination(destinationId, { verificationKey: 'rotated' });
		const reply = await scene.admin('POST', '/webhooks/deliveries/1/replay');
		expect([reply.status, reply.body]).toEqual([
			201,
			expect.objectContaining({ deliveryId: 2, cause: 'replay', of: 1 }),
		]);
		await scene.webhooks.whenQuiet();
		const [first, second] = scene.receiver.received;
		expect(first?.headers['x-time']).toMatch(/^\d{10}$/);
		expect(second?.body).toBe(first?.body);
		expect(second?.rawHeaders).toEqual(first?.rawHeaders);
	});

	it('is sent once, whatever the answer', async () => {
		scene.listen({ redelivery: [0, 0] });
		emit('SETTLED');
		await scene.webhooks.whenQuiet();
		scene.receiver.answer = () => 401;
		scene.webhooks.replay(1);
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries).toMatchObject([
			{ state: 'acknowledged' },
			{ state: 'givenUp', attempts: [{ status: 401 }] },
		]);
		expect(scene.webhooks.unacknowledged).toEqual([]);
	});

	it('needs a delivery that has been sent', async () => {
		scene.listen();
		scene.webhooks.hold();
		emit('SETTLED');
		expect((await scene.admin('POST', '/webhooks/deliveries/1/replay')).body).toEqual({
			error: 'Delivery 1 has not been sent yet.',
		});
		expect((await scene.admin('POST', '/webhooks/deliveries/9/replay')).body).toEqual({
			error: 'There is no delivery 9.',
		});
		expect(scene.webhooks.deliveries).toHaveLength(1);
	});
});
