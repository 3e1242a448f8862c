import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookScene } from './set-up.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

function emit() {
	return scene.webhooks.emit({ eventType: 'INSTRUCTION' });
}

describe('a delivery', () => {
	it.each([200, 204, 299])('is acknowledged by %d, and not sent again', async (status) => {
		scene.listen({ redelivery: [0, 0] });
		scene.receiver.answer = () => status;
		const { eventId } = emit();
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries).toMatchObject([
			{ deliveryId: 1, state: 'acknowledged', eventIds: [eventId], attempts: [{ status }] },
		]);
		expect(scene.receiver.received).toHaveLength(1);
		expect(scene.webhooks.unacknowledged).toEqual([]);
	});

	it.each([302, 400, 401, 404, 410, 429, 500, 503])(
		'is sent again after %d, byte for byte, until it is acknowledged',
		async (status) => {
			scene.listen({ redelivery: [0, 0, 0] });
			scene.receiver.answer = (number) => (number < 3 ? status : 200);
			emit();
			await scene.webhooks.whenQuiet();
			const statuses = scene.webhooks.deliveries[0]?.attempts.map((attempt) => attempt.status);
			expect(statuses).toEqual([status, status, 200]);
			expect(new Set(scene.receiver.received.map(({ body }) => body)).size).toBe(1);
			expect(scene.webhooks.deliveries[0]?.state).toBe('acknowledged');
		},
	);

	it('is given up when no attempts are left, which the journal shows', async () => {
		const { destinationId } = scene.listen({ redelivery: [0] });
		scene.receiver.answer = () => 500;
		const { eventId } = emit();
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries).toMatchObject([
			{
				state: 'givenUp',
				attempts: [
					{ status: 500, answer: 'answered 500', error: null },
					{ status: 500, answer: 'answered 500', error: null },
				],
			},
		]);
		expect(scene.webhooks.unacknowledged).toEqual([{ eventId, destinationId }]);
	});

	it('is tried once only when there is no redelivery', async () => {
		scene.listen({ redelivery: [] });
		scene.receiver.answer = () => 503;
		emit();
		await scene.webhooks.whenQuiet();
		expect(scene.receiver.received).toHaveLength(1);
	});

	it('waits as long as it is told before each further attempt', async () => {
		scene.listen({ redelivery: [30, 60] });
		scene.receiver.answer = () => 500;
		emit();
		await scene.webhooks.whenQuiet();
		const attempts = scene.webhooks.deliveries[0]?.attempts ?? [];
		const waits = attempts
			.slice(1)
			.map(({ startedAt }, index) => startedAt - (attempts[index]?.endedAt ?? 0));
		expect(waits).toHaveLength(2);
		// Node's timers may be a millisecond early.
		expect(waits[0]).toBeGreaterThanOrEqual(29);
		expect(waits[1]).toBeGreaterThanOrEqual(59);
	});

	it('fails when the receiver is silent for too long', async () => {
		scene.listen({ redelivery: [0], timeoutMs: 500 });
		scene.receiver.answer = (number) => (number === 1 ? 'silence' : 200);
		emit();
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries[0]?.attempts).toMatchObject([
			{ status: null, answer: null, error: 'No answer within 500 ms.' },
			{ status: 200, error: null },
		]);
	});

	it.each([
		['unfinished', 'No answer within 500 ms.'],
		['cutOff', 'The answer broke off.'],
	] as const)('fails when the answer is %s', async (answer, error) => {
		scene.listen({ redelivery: [], timeoutMs: 500 });
		scene.receiver.answer = () => answer;
		emit();
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries).toMatchObject([
			{ state: 'givenUp', attempts: [{ status: null, answer: null, error }] },
		]);
	});

	it('is acknowledged by an answer that ends with its connection', async () => {
		scene.listen();
		scene.receiver.answer = () => 'untilClose';
		emit();
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries[0]?.attempts).toMatchObject([
			{ status: 200, answer: 'answered 200' },
		]);
	});

	it('fails when nobody is there, and arrives once somebody is', async () => {
		const { destinationId } = scene.listen({ url: 'http://127.0.0.1:1/', redelivery: [0] });
		emit();
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries).toMatchObject([
			{
				state: 'givenUp',
				attempts: [{ error: expect.stringContaining('ECONNREFUSED') }, { status: null }],
			},
		]);
		scene.webhooks.changeDestination(destinationId, { url: scene.receiver.url });
		emit();
		await scene.webhooks.whenQuiet();
		expect(scene.receiver.received).toHaveLength(1);
	});

	it('goes over TLS when the URL says so', async () => {
		scene.listen({ url: scene.receiver.url.replace('http:', 'HTTPS:'), redelivery: [] });
		emit();
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries).toMatchObject([
			{ state: 'givenUp', attempts: [{ status: null, error: expect.stringMatching(/SSL|TLS/) }] },
		]);
		expect(scene.receiver.received).toEqual([]);
	});

	it('does not hold up the next one while it waits for its next attempt', async () => {
		scene.listen({ redelivery: [60_000] });
		scene.receiver.answer = (number) => (number === 1 ? 500 : 200);
		emit();
		emit();
		await scene.receiver.arrived(2);
		await scene.webhooks.until(() => scene.webhooks.deliveries[1]?.state === 'acknowledged');
		expect(scene.webhooks.deliveries[0]?.state).toBe('waiting');
	});
});
