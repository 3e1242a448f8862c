import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type DestinationSettings } from '../../../sandbox/index.mts';
import { WebhookScene } from './set-up.mts';

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

const path = '/webhooks/destinations';

describe('destinations', () => {
	it('are those of the options from the start, with a verification key each', async () => {
		const { url } = scene.receiver;
		const sandbox = await startSandbox({ webhooks: [{ url }, { url, verificationKey: 'key' }] });
		expect(sandbox.webhooks.destinations).toMatchObject([
			{ url, verificationKey: expect.stringMatching(/^[\w+/]{43}=$/) },
			{ url, verificationKey: 'key', maximumBatchSize: 1, redelivery: [1000, 5000, 30_000] },
		]);
		sandbox.webhooks.emit({ eventType: 'INSTRUCTION' });
		await sandbox.webhooks.whenQuiet();
		expect(scene.receiver.received).toHaveLength(2);
		await sandbox.stop();
	});

	it('are added, shown, changed and removed over HTTP', async () => {
		const added = await scene.admin('POST', path, { url: scene.receiver.url });
		expect(added.status).toBe(201);
		expect((await scene.admin('GET', path)).body).toEqual([added.body]);
		expect(scene.webhooks.destinations).toEqual([added.body]);

		const { destinationId } = added.body as { destinationId: string };
		const changed = await scene.admin('PATCH', `${path}/${destinationId}`, { copies: 2 });
		expect([changed.status, changed.body]).toEqual([200, { ...(added.body as object), copies: 2 }]);
		expect(scene.webhooks.destinations).toEqual([changed.body]);

		expect((await scene.admin('DELETE', `${path}/${destinationId}`)).status).toBe(204);
		expect((await scene.admin('GET', path)).body).toEqual([]);
	});

	it('get the chosen types of events only', async () => {
		scene.listen({ eventTypes: ['CUSTOMER', 'CHARGEBACK'] });
		for (const eventType of ['INSTRUCTION', 'CHARGEBACK', 'CUSTOMER', 'OTHER']) {
			scene.webhooks.emit({ eventType });
		}
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toMatchObject([
			{ eventType: 'CHARGEBACK' },
			{ eventType: 'CUSTOMER' },
		]);
		expect(scene.webhooks.events).toHaveLength(4);
	});

	it('get nothing more once they are removed, not even what is on its way', async () => {
		const { destinationId } = scene.listen({ redelivery: [0], maximumBatchSize: 2 });
		scene.receiver.answer = () => 'silence';
		scene.webhooks.emit({ eventType: 'INSTRUCTION' });
		scene.webhooks.emit({ eventType: 'INSTRUCTION' });
		scene.webhooks.emit({ eventType: 'INSTRUCTION' });
		await scene.receiver.arrived(1);
		scene.webhooks.removeDestination(destinationId);
		scene.webhooks.emit({ eventType: 'INSTRUCTION' });
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.deliveries).toMatchObject([{ state: 'cancelled' }]);
		expect(scene.receiver.received).toHaveLength(1);
	});

	it('keep what is on its way when another is removed', async () => {
		scene.listen();
		const { destinationId } = scene.listen();
		scene.webhooks.hold();
		scene.webhooks.emit({ eventType: 'INSTRUCTION' });
		scene.webhooks.removeDestination(destinationId);
		expect(scene.webhooks.deliveries.map(({ state }) => state)).toEqual(['held', 'cancelled']);
		scene.webhooks.release();
		await scene.webhooks.whenQuiet();
		expect(scene.receiver.received).toHaveLength(1);
	});

	it('keep a secret in the URL as it is', async () => {
		scene.listen({ url: `${scene.receiver.url}?secret=a%20b` });
		scene.webhooks.emit({ eventType: 'INSTRUCTION' });
		await scene.receiver.arrived(1);
		expect(scene.receiver.received[0]?.path).toBe('/hook?secret=a%20b');
	});
});

describe('a destination that makes no sense', () => {
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
		[{ headers: { a: 'b\r\nc: d' } }, 'a text that a header may hold'],
		[{ signature: { header: 'a b' } }, 'is no name of a header'],
		[{ reverseEvery: 1 }, 'reverseEvery'],
		[{ redelivery: [-1] }, 'redelivery'],
	])('%j is refused with the reason', async (wrong, text) => {
		const settings =
			'url' in wrong || text === 'url' ? wrong : { url: scene.receiver.url, ...wrong };
		expect(() => scene.webhooks.addDestination(settings as DestinationSettings)).toThrow(text);
		const webhooks = [settings as DestinationSettings];
		await expect(startSandbox({ webhooks })).rejects.toThrow(text);
		const reply = await scene.admin('POST', path, settings);
		expect([reply.status, (reply.body as { error: string }).error]).toEqual([
			400,
			expect.stringContaining(text),
		]);
		expect(scene.webhooks.destinations).toEqual([]);
	});

	it('cannot come of a change, and an unknown one cannot be changed', async () => {
		const { destinationId } = scene.listen();
		const reply = await scene.admin('PATCH', `${path}/${destinationId}`, { copies: 0 });
		expect([reply.status, scene.webhooks.destinations[0]?.copies]).toEqual([400, 1]);
		expect((await scene.admin('PATCH', `${path}/x`, {})).body).toEqual({
			error: 'There is no webhook x.',
		});
		expect((await scene.admin('DELETE', `${path}/x`)).status).toBe(400);
	});
});

describe('a reset', () => {
	it('leaves the destinations of the options only, and no event or delivery', async () => {
		const { url } = scene.receiver;
		const sandbox = await startSandbox({ webhooks: [{ url }] });
		const [own] = sandbox.webhooks.destinations;
		sandbox.webhooks.changeDestination(own!.destinationId, { copies: 3 });
		sandbox.webhooks.addDestination({ url });
		sandbox.webhooks.emit({ eventType: 'INSTRUCTION' });
		sandbox.reset();
		expect(sandbox.webhooks.destinations).toEqual([own]);
		expect([...sandbox.webhooks.events, ...sandbox.webhooks.deliveries]).toEqual([]);
		sandbox.webhooks.emit({ eventType: 'AFTER' });
		await sandbox.webhooks.whenQuiet();
		expect(sandbox.webhooks.deliveries).toMatchObject([{ deliveryId: 1, state: 'acknowledged' }]);
		await sandbox.stop();
	});
});
