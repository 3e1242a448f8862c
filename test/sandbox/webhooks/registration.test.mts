import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, send } from '../client.mts';
import { WebhookFixture } from './fixture.mts';

const path = '/management/v1/notifications/webhooks';

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

describe('registering a webhook', () => {
	it.each(['url', 'destination', 'destinationUrl', 'webhookUrl', 'callbackUrl', 'endpoint'])(
		'answers 201 with an ID and a key when the URL is called %s',
		async (name) => {
			const { url } = fixture.receiver;
			const reply = await fixture.client.post(path, { [name]: url, events: ['INSTRUCTION'] });
			const [destination] = fixture.webhooks.destinations;
			expect(reply.status).toBe(201);
			expect(reply.body).toEqual({
				id: destination?.destinationId,
				url,
				events: ['INSTRUCTION'],
				verificationKey: destination?.verificationKey,
			});
			fixture.webhooks.emit({ eventType: 'OTHER' });
			fixture.webhooks.emit({ eventType: 'INSTRUCTION' });
			await fixture.webhooks.whenIdle();
			expect(fixture.arrivedBodies).toMatchObject([{ eventType: 'INSTRUCTION' }]);
		},
	);

	it('is for all events when it names none', async () => {
		const reply = await fixture.client.post(path, { url: fixture.receiver.url, eventTypes: [] });
		expect(reply.body).toMatchObject({ events: null });
		fixture.webhooks.emit({ eventType: 'ANY' });
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toHaveLength(1);
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
		const reply = await fixture.client.post(path, body);
		expect([reply.status, codesOf(reply)]).toEqual([400, [code]]);
		expect(fixture.webhooks.destinations).toEqual([]);
	});

	it('requires a token, and a key with the role', async () => {
		const body = { url: fixture.receiver.url };
		expect((await send(fixture.sandbox.url + path, 'POST', { body })).status).toBe(401);
		fixture.sandbox.options.roles = ['tenant-transaction-write'];
		expect((await fixture.client.post(path, body)).status).toBe(403);
		for (const role of ['t.whk.a', 'tenant-webhook-write', 'tenant-admin']) {
			fixture.sandbox.options.roles = [role];
			expect((await fixture.client.post(path, body)).status).toBe(201);
		}
	});
});

describe('an endpoint that Imburse has not published', () => {
	async function register(): Promise<string> {
		const reply = await fixture.client.post(path, { url: fixture.receiver.url });
		return (reply.body as { id: string }).id;
	}

	it('answers 404: listing, reading, changing, deleting', async () => {
		const id = await register();
		const replies = await Promise.all([
			fixture.client.get(path),
			fixture.client.get(`${path}/${id}`),
			fixture.client.put(`${path}/${id}`, {}),
			fixture.client.call('DELETE', `${path}/${id}`),
		]);
		expect(replies.map(({ status, text }) => [status, text])).toEqual(new Array(4).fill([404, '']));
		expect(fixture.webhooks.destinations).toHaveLength(1);
	});

	it('deletes when the option says so', async () => {
		fixture.sandbox.options.webhookDeletion = true;
		const id = await register();
		expect((await fixture.client.call('DELETE', `${path}/${id}`)).status).toBe(204);
		expect(fixture.webhooks.destinations).toEqual([]);
		const again = await fixture.client.call('DELETE', `${path}/${id}`);
		expect([again.status, codesOf(again)]).toEqual([404, ['WEBHOOK_NOT_FOUND']]);
	});
});
