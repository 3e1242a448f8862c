import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, send } from '../client.mts';
import { WebhookScene } from './set-up.mts';

const path = '/management/v1/notifications/webhooks';

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

describe('registering a webhook with Imburse', () => {
	it.each(['url', 'destination', 'destinationUrl', 'webhookUrl', 'callbackUrl', 'endpoint'])(
		'answers 201 with an ID and a key when the URL is called %s',
		async (name) => {
			const { url } = scene.receiver;
			const reply = await scene.client.post(path, { [name]: url, events: ['INSTRUCTION'] });
			const [destination] = scene.webhooks.destinations;
			expect(reply.status).toBe(201);
			expect(reply.body).toEqual({
				id: destination?.destinationId,
				url,
				events: ['INSTRUCTION'],
				verificationKey: destination?.verificationKey,
			});
			scene.webhooks.emit({ eventType: 'OTHER' });
			scene.webhooks.emit({ eventType: 'INSTRUCTION' });
			await scene.webhooks.whenQuiet();
			expect(scene.arrivedBodies).toMatchObject([{ eventType: 'INSTRUCTION' }]);
		},
	);

	it('means all events when it names none', async () => {
		const reply = await scene.client.post(path, { url: scene.receiver.url, eventTypes: [] });
		expect(reply.body).toMatchObject({ events: null });
		scene.webhooks.emit({ eventType: 'ANY' });
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toHaveLength(1);
	});

	it.each<[object, string]>([
		[{}, 'WEBHOOK_URL_IS_REQUIRED'],
		[{ url: null }, 'WEBHOOK_URL_IS_REQUIRED'],
		[{ url: 'hook' }, 'WEBHOOK_URL_NOT_RECOGNISED'],
		[{ url: 1 }, 'WEBHOOK_URL_NOT_RECOGNISED'],
		[{ url: 'http://127.0.0.1/', events: 'ALL' }, 'WEBHOOK_EVENTS_NOT_RECOGNISED'],
		[{ url: 'http://127.0.0.1/', events: [1] }, 'WEBHOOK_EVENTS_NOT_RECOGNISED'],
		[{ url: 'http://127.0.0.1/', events: [''] }, 'WEBHOOK_EVENTS_NOT_RECOGNISED'],
	])('is refused as %j', async (body, code) => {
		const reply = await scene.client.post(path, body);
		expect([reply.status, codesOf(reply)]).toEqual([400, [code]]);
		expect(scene.webhooks.destinations).toEqual([]);
	});

	it('needs a token, and a key with the role', async () => {
		const body = { url: scene.receiver.url };
		expect((await send(scene.sandbox.url + path, 'POST', { body })).status).toBe(401);
		scene.sandbox.options.roles = ['tenant-transaction-write'];
		expect((await scene.client.post(path, body)).status).toBe(403);
		for (const role of ['t.whk.a', 'tenant-webhook-write', 'tenant-admin']) {
			scene.sandbox.options.roles = [role];
			expect((await scene.client.post(path, body)).status).toBe(201);
		}
	});
});

describe('what Imburse has not published', () => {
	async function register(): Promise<string> {
		const reply = await scene.client.post(path, { url: scene.receiver.url });
		return (reply.body as { id: string }).id;
	}

	it('is answered 404: listing, reading, changing, deleting', async () => {
		const id = await register();
		const replies = await Promise.all([
			scene.client.get(path),
			scene.client.get(`${path}/${id}`),
			scene.client.put(`${path}/${id}`, {}),
			scene.client.call('DELETE', `${path}/${id}`),
		]);
		expect(replies.map(({ status, text }) => [status, text])).toEqual(new Array(4).fill([404, '']));
		expect(scene.webhooks.destinations).toHaveLength(1);
	});

	it('can be made to delete', async () => {
		scene.sandbox.options.webhookDeletion = true;
		const id = await register();
		expect((await scene.client.call('DELETE', `${path}/${id}`)).status).toBe(204);
		expect(scene.webhooks.destinations).toEqual([]);
		const again = await scene.client.call('DELETE', `${path}/${id}`);
		expect([again.status, codesOf(again)]).toEqual([404, ['WEBHOOK_NOT_FOUND']]);
	});
});
