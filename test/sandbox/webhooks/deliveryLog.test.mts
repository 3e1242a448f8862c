import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../../sandbox/index.mts';
import { WebhookFixture } from './fixture.mts';

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

async function deliveriesFor(query: string): Promise<number[]> {
	const { body } = await fixture.admin('GET', `/webhooks/deliveries${query}`);
	return (body as { deliveries: Delivery[] }).deliveries.map(({ deliveryId }) => deliveryId);
}

describe('the delivery log', () => {
	it('is the same over HTTP', async () => {
		fixture.listen();
		await fixture.createOrder();
		await fixture.webhooks.whenIdle();
		const { deliveries } = fixture.webhooks;
		expect((await fixture.admin('GET', '/webhooks/deliveries')).text).toBe(
			JSON.stringify({ isIdle: true, deliveries }),
		);
		expect((await fixture.admin('GET', '/webhooks/events')).text).toBe(
			JSON.stringify(fixture.webhooks.events),
		);
		expect(fixture.webhooks.deliveries[0]?.attempts).toEqual([
			{
				startedAt: expect.any(Number),
				endedAt: expect.any(Number),
				headers: expect.objectContaining({ 'x-signature': expect.any(String) }),
				status: 200,
				responseBody: 'answered 200',
				error: null,
			},
		]);
	});

	it('can be filtered by destination, state and event', async () => {
		const first = fixture.listen({ redelivery: [] });
		fixture.listen({ redelivery: [] });
		fixture.receiver.respond = (number) => (number === 1 ? 500 : 200);
		const { eventId } = fixture.webhooks.emit({ eventType: 'A' });
		await fixture.webhooks.whenIdle();
		fixture.webhooks.emit({ eventType: 'B' });
		await fixture.webhooks.whenIdle();
		expect(await deliveriesFor('')).toEqual([1, 2, 3, 4]);
		expect(await deliveriesFor(`?destinationId=${first.destinationId}`)).toEqual([1, 3]);
		expect(await deliveriesFor(`?eventId=${eventId}`)).toEqual([1, 2]);
		expect(await deliveriesFor('?state=acknowledged')).toHaveLength(3);
		expect(await deliveriesFor(`?state=givenUp&eventId=${eventId}`)).toHaveLength(1);
	});

	it('shows which destination has not acknowledged which event', async () => {
		const { destinationId } = fixture.listen({ redelivery: [], copies: 2 });
		fixture.receiver.respond = (number) => (number === 1 ? 500 : 200);
		fixture.webhooks.emit({ eventType: 'A' });
		await fixture.webhooks.whenIdle();
		expect((await fixture.admin('GET', '/webhooks/unacknowledged')).body).toEqual([]);

		fixture.receiver.respond = () => 500;
		const { eventId } = fixture.webhooks.emit({ eventType: 'B' });
		await fixture.webhooks.whenIdle();
		const unacknowledged = [{ eventId, destinationId }];
		expect((await fixture.admin('GET', '/webhooks/unacknowledged')).body).toEqual(unacknowledged);
	});
});

describe('an event that is emitted over HTTP', () => {
	it('is sent like any other', async () => {
		fixture.listen();
		const event = { eventType: 'REFUND', refundId: 'R-1' };
		const reply = await fixture.admin('POST', '/webhooks/events', event);
		expect([reply.status, reply.body]).toEqual([201, expect.objectContaining(event)]);
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toEqual([reply.body]);
	});

	it.each([undefined, {}, { eventType: '' }])('is refused as %j', async (body) => {
		expect((await fixture.admin('POST', '/webhooks/events', body)).status).toBe(400);
		expect(fixture.webhooks.events).toEqual([]);
	});
});
