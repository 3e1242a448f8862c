import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { useIdleClock } from '../../support/idleClock.mts';
import { WebhookFixture } from './fixture.mts';

useIdleClock();

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

function emit() {
	return fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
}

describe('a delivery', () => {
	it.each([200, 204, 299])('is acknowledged by %d, and not sent again', async (status) => {
		fixture.listen({ redelivery: [0, 0] });
		fixture.receiver.respond = () => status;
		const { eventId } = emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries).toMatchObject([
			{ deliveryId: 1, state: 'acknowledged', eventIds: [eventId], attempts: [{ status }] },
		]);
		expect(fixture.receiver.received).toHaveLength(1);
		expect(fixture.webhooks.unacknowledged).toEqual([]);
	});

	it.each([302, 400, 401, 404, 410, 429, 500, 503])(
		'is sent again after %d, byte for byte, until it is acknowledged',
		async (status) => {
			fixture.listen({ redelivery: [0, 0, 0] });
			fixture.receiver.respond = (number) => (number < 3 ? status : 200);
			emit();
			await fixture.webhooks.whenIdle();
			const statuses = fixture.webhooks.deliveries[0]?.attempts.map((attempt) => attempt.status);
			expect(statuses).toEqual([status, status, 200]);
			expect(new Set(fixture.receiver.received.map(({ body }) => body)).size).toBe(1);
			expect(fixture.webhooks.deliveries[0]?.state).toBe('acknowledged');
		},
	);

	it('is given up when no attempts are left, as the log shows', async () => {
		const { destinationId } = fixture.listen({ redelivery: [0] });
		fixture.receiver.respond = () => 500;
		const { eventId } = emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries).toMatchObject([
			{
				state: 'givenUp',
				attempts: [
					{ status: 500, responseBody: 'answered 500', error: null },
					{ status: 500, responseBody: 'answered 500', error: null },
				],
			},
		]);
		expect(fixture.webhooks.unacknowledged).toEqual([{ eventId, destinationId }]);
	});

	it('is sent only once without redelivery', async () => {
		fixture.listen({ redelivery: [] });
		fixture.receiver.respond = () => 503;
		emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.receiver.received).toHaveLength(1);
	});

	it('waits for the delay before each further attempt', async () => {
		fixture.listen({ redelivery: [30, 60] });
		fixture.receiver.respond = () => 500;
		emit();
		await fixture.webhooks.whenIdle();
		const attempts = fixture.webhooks.deliveries[0]?.attempts ?? [];
		const delays = attempts
			.slice(1)
			.map(({ startedAt }, index) => startedAt - (attempts[index]?.endedAt ?? 0));
		expect(delays).toHaveLength(2);
		// Node's timers may be a millisecond early.
		expect(delays[0]).toBeGreaterThanOrEqual(29);
		expect(delays[1]).toBeGreaterThanOrEqual(59);
	});

	it('fails when the receiver is silent for too long', async () => {
		fixture.listen({ redelivery: [0], timeoutMs: 500 });
		fixture.receiver.respond = (number) => (number === 1 ? 'silence' : 200);
		emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries[0]?.attempts).toMatchObject([
			{ status: null, responseBody: null, error: 'No response within 500 ms.' },
			{ status: 200, error: null },
		]);
	});

	it.each([
		['unfinished', 'No response within 500 ms.'],
		['cutOff', 'The response was cut off.'],
	] as const)('fails when the response is %s', async (response, error) => {
		fixture.listen({ redelivery: [], timeoutMs: 500 });
		fixture.receiver.respond = () => response;
		emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries).toMatchObject([
			{ state: 'givenUp', attempts: [{ status: null, responseBody: null, error }] },
		]);
	});

	it('is acknowledged by a response that ends with its connection', async () => {
		fixture.listen();
		fixture.receiver.respond = () => 'untilClose';
		emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries[0]?.attempts).toMatchObject([
			{ status: 200, responseBody: 'answered 200' },
		]);
	});

	it('fails when no server listens, and arrives once one does', async () => {
		const { destinationId } = fixture.listen({ url: 'http://127.0.0.1:1/', redelivery: [0] });
		emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries).toMatchObject([
			{
				state: 'givenUp',
				attempts: [{ error: expect.stringContaining('ECONNREFUSED') }, { status: null }],
			},
		]);
		fixture.webhooks.changeDestination(destinationId, { url: fixture.receiver.url });
		emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.receiver.received).toHaveLength(1);
	});

	it('uses TLS when the URL says so', async () => {
		fixture.listen({ url: fixture.receiver.url.replace('http:', 'HTTPS:'), redelivery: [] });
		emit();
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries).toMatchObject([
			{ state: 'givenUp', attempts: [{ status: null, error: expect.stringMatching(/SSL|TLS/) }] },
		]);
		expect(fixture.receiver.received).toEqual([]);
	});

	it('does not delay the next one while it waits for its next attempt', async () => {
		fixture.listen({ redelivery: [60_000] });
		fixture.receiver.respond = (number) => (number === 1 ? 500 : 200);
		emit();
		emit();
		await fixture.receiver.arrived(2);
		await fixture.webhooks.until(() => fixture.webhooks.deliveries[1]?.state === 'acknowledged');
		expect(fixture.webhooks.deliveries[0]?.state).toBe('waiting');
	});
});
