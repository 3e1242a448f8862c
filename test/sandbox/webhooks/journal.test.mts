import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../../sandbox/index.mts';
import { WebhookScene } from './set-up.mts';

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

async function deliveriesFor(query: string): Promise<number[]> {
	const { body } = await scene.admin('GET', `/webhooks/deliveries${query}`);
	return (body as { deliveries: Delivery[] }).deliveries.map(({ deliveryId }) => deliveryId);
}

describe('the journal of deliveries', () => {
	it('is the same over HTTP', async () => {
		scene.listen();
		await scene.createOrder();
		await scene.webhooks.whenQuiet();
		const { deliveries } = scene.webhooks;
		expect((await scene.admin('GET', '/webhooks/deliveries')).text).toBe(
			JSON.stringify({ isQuiet: true, deliveries }),
		);
		expect((await scene.admin('GET', '/webhooks/events')).text).toBe(
			JSON.stringify(scene.webhooks.events),
		);
		expect(scene.webhooks.deliveries[0]?.attempts).toEqual([
			{
				startedAt: expect.any(Number),
				endedAt: expect.any(Number),
				headers: expect.objectContaining({ 'x-signature': expect.any(String) }),
				status: 200,
				answer: 'answered 200',
				error: null,
			},
		]);
	});

	it('can be asked for a destination, a state and an event', async () => {
		const first = scene.listen({ redelivery: [] });
		scene.listen({ redelivery: [] });
		scene.receiver.answer = (number) => (number === 1 ? 500 : 200);
		const { eventId } = scene.webhooks.emit({ eventType: 'A' });
		await scene.webhooks.whenQuiet();
		scene.webhooks.emit({ eventType: 'B' });
		await scene.webhooks.whenQuiet();
		expect(await deliveriesFor('')).toEqual([1, 2, 3, 4]);
		expect(await deliveriesFor(`?destinationId=${first.destinationId}`)).toEqual([1, 3]);
		expect(await deliveriesFor(`?eventId=${eventId}`)).toEqual([1, 2]);
		expect(await deliveriesFor('?state=acknowledged')).toHaveLength(3);
		expect(await deliveriesFor(`?state=givenUp&eventId=${eventId}`)).toHaveLength(1);
	});

	it('tells which events were not acknowledged where', async () => {
		const { destinationId } = scene.listen({ redelivery: [], copies: 2 });
		scene.receiver.answer = (number) => (number === 1 ? 500 : 200);
		scene.webhooks.emit({ eventType: 'A' });
		await scene.webhooks.whenQuiet();
		expect((await scene.admin('GET', '/webhooks/unacknowledged')).body).toEqual([]);

		scene.receiver.answer = () => 500;
		const { eventId } = scene.webhooks.emit({ eventType: 'B' });
		await scene.webhooks.whenQuiet();
		const unacknowledged = [{ eventId, destinationId }];
		expect((await scene.admin('GET', '/webhooks/unacknowledged')).body).toEqual(unacknowledged);
	});
});

describe('an event made up over HTTP', () => {
	it('is sent like any other', async () => {
		scene.listen();
		const event = { eventType: 'REFUND', refundId: 'R-1' };
		const reply = await scene.admin('POST', '/webhooks/events', event);
		expect([reply.status, reply.body]).toEqual([201, expect.objectContaining(event)]);
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toEqual([reply.body]);
	});

	it.each([undefined, {}, { eventType: '' }])('is refused as %j', async (body) => {
		expect((await scene.admin('POST', '/webhooks/events', body)).status).toBe(400);
		expect(scene.webhooks.events).toEqual([]);
	});
});
