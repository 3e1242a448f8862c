import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type DestinationSettings } from '../../../sandbox/index.mts';
import { WebhookFixture } from './fixture.mts';

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

const path = '/webhooks/destinations';

describe('destinations', () => {
	it('are those of the options at the start, each with a verification key', async () => {
		const { url } = fixture.receiver;
		const sandbox = await startSandbox({ webhooks: [{ url }, { url, verificationKey: 'key' }] });
		expect(sandbox.webhooks.destinations).toMatchObject([
			{ url, verificationKey: expect.stringMatching(/^[\w+/]{43}=$/) },
			{ url, verificationKey: 'key', maximumBatchSize: 1, redelivery: [1000, 5000, 30_000] },
		]);
		sandbox.webhooks.emit({ eventType: 'INSTRUCTION' });
		await sandbox.webhooks.whenIdle();
		expect(fixture.receiver.received).toHaveLength(2);
		await sandbox.stop();
	});

	it('are added, shown, changed and removed over HTTP', async () => {
		const added = await fixture.admin('POST', path, { url: fixture.receiver.url });
		expect(added.status).toBe(201);
		expect((await fixture.admin('GET', path)).body).toEqual([added.body]);
		expect(fixture.webhooks.destinations).toEqual([added.body]);

		const { destinationId } = added.body as { destinationId: string };
		const changed = await fixture.admin('PATCH', `${path}/${destinationId}`, { copies: 2 });
		expect([changed.status, changed.body]).toEqual([200, { ...(added.body as object), copies: 2 }]);
		expect(fixture.webhooks.destinations).toEqual([changed.body]);

		expect((await fixture.admin('DELETE', `${path}/${destinationId}`)).status).toBe(204);
		expect((await fixture.admin('GET', path)).body).toEqual([]);
	});

	it('get only the events of their types', async () => {
		fixture.listen({ eventTypes: ['CUSTOMER', 'CHARGEBACK'] });
		for (const eventType of ['INSTRUCTION', 'CHARGEBACK', 'CUSTOMER', 'OTHER']) {
			fixture.webhooks.emit({ eventType });
		}
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toMatchObject([
			{ eventType: 'CHARGEBACK' },
			{ eventType: 'CUSTOMER' },
		]);
		expect(fixture.webhooks.events).toHaveLength(4);
	});

	it('get nothing more once they are removed; what is on its way is cancelled', async () => {
		const { destinationId } = fixture.listen({ redelivery: [0], maximumBatchSize: 2 });
		fixture.receiver.respond = () => 'silence';
		fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
		fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
		fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
		await fixture.receiver.arrived(1);
		fixture.webhooks.removeDestination(destinationId);
		fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.deliveries).toMatchObject([{ state: 'cancelled' }]);
		expect(fixture.receiver.received).toHaveLength(1);
	});

	it('keep what is on its way when another is removed', async () => {
		fixture.listen();
		const { destinationId } = fixture.listen();
		fixture.webhooks.hold();
		fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
		fixture.webhooks.removeDestination(destinationId);
		expect(fixture.webhooks.deliveries.map(({ state }) => state)).toEqual(['held', 'cancelled']);
		fixture.webhooks.release();
		await fixture.webhooks.whenIdle();
		expect(fixture.receiver.received).toHaveLength(1);
	});

	it('keep a secret in the URL as it is', async () => {
		fixture.listen({ url: `${fixture.receiver.url}?secret=a%20b` });
		fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
		await fixture.receiver.arrived(1);
		expect(fixture.receiver.received[0]?.path).toBe('/hook?secret=a%20b');
	});
});

describe('an invalid destination', () => {
	it.each<[object, string]>([
		[{}, 'url'],
		[{ url: '/hook' }, 'absolute http or https URL'],
		[{ url: 'ftp://127.0.0.1/' }, 'absolute http or https URL'],
		[{ eventType: ['X'] }, '"eventType"'],
		[{ eventTypes: [] }, 'eventTypes'],
		[{ maximumBatchSize: 0 }, 'maximumBatchSize'],
		[{ maximumBatchSize: 2, envelope: 'object' }, 'must be array or wrapped'],
		[{ signature: { algorithm: 'md5' } }, 'signature.algorithm'],
		[{ signature: { content: 'timestampAndBody' } }, 'is needed when it is signed'],
		[{ headers: { 'a b': 'c' } }, 'headers["a b"]'],
		[{ headers: { a: 'b\r\nc: d' } }, 'must be a valid header value'],
		[{ signature: { header: 'a b' } }, 'is not a valid header name'],
		[{ reverseEvery: 1 }, 'reverseEvery'],
		[{ redelivery: [-1] }, 'redelivery'],
	])('%j is refused with the reason', async (invalid, text) => {
		const settings =
			'url' in invalid || text === 'url' ? invalid : { url: fixture.receiver.url, ...invalid };
		expect(() => fixture.webhooks.addDestination(settings as DestinationSettings)).toThrow(text);
		const webhooks = [settings as DestinationSettings];
		await expect(startSandbox({ webhooks })).rejects.toThrow(text);
		const reply = await fixture.admin('POST', path, settings);
		expect([reply.status, (reply.body as { error: string }).error]).toEqual([
			400,
			expect.stringContaining(text),
		]);
		expect(fixture.webhooks.destinations).toEqual([]);
	});

	it('is refused as a change too, and an unknown one cannot be changed', async () => {
		const { destinationId } = fixture.listen();
		const reply = await fixture.admin('PATCH', `${path}/${destinationId}`, { copies: 0 });
		expect([reply.status, fixture.webhooks.destinations[0]?.copies]).toEqual([400, 1]);
		expect((await fixture.admin('PATCH', `${path}/x`, {})).body).toEqual({
			error: 'There is no webhook x.',
		});
		expect((await fixture.admin('DELETE', `${path}/x`)).status).toBe(400);
	});
});

describe('a reset', () => {
	it('keeps only the destinations of the options, and no event or delivery', async () => {
		const { url } = fixture.receiver;
		const sandbox = await startSandbox({ webhooks: [{ url }] });
		const [own] = sandbox.webhooks.destinations;
		sandbox.webhooks.changeDestination(own!.destinationId, { copies: 3 });
		sandbox.webhooks.addDestination({ url });
		sandbox.webhooks.emit({ eventType: 'INSTRUCTION' });
		sandbox.reset();
		expect(sandbox.webhooks.destinations).toEqual([own]);
		expect([...sandbox.webhooks.events, ...sandbox.webhooks.deliveries]).toEqual([]);
		sandbox.webhooks.emit({ eventType: 'AFTER' });
		await sandbox.webhooks.whenIdle();
		expect(sandbox.webhooks.deliveries).toMatchObject([{ deliveryId: 1, state: 'acknowledged' }]);
		await sandbox.stop();
	});
});
