import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CREDENTIAL_ID } from '../support/imburse.mts';
import {
	SHARED_SECRET,
	startTrigger,
	type TriggerOnEngine,
	type TriggerSettings,
} from '../support/trigger.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let trigger: TriggerOnEngine;
afterEach(() => trigger.stop());

const start = async (settings: TriggerSettings = {}) => {
	trigger = await startTrigger({ isActive: false, ...settings });
	return trigger;
};

const PATH = '/management/v1/notifications/webhooks';
const API: INodeParameters = { setUp: 'api' };

const registrationCalls = ({ sandbox }: TriggerOnEngine) =>
	sandbox.requests
		.filter(({ path }) => path.startsWith(PATH))
		.map(({ method, path }) => `${method} ${path}`);

/** The message of an activation that fails. */
async function failureOf(activation: Promise<unknown>): Promise<string> {
	const error: unknown = await activation.catch((reason: unknown) => reason);
	if (!(error instanceof Error)) throw new Error('it was activated');
	return error.message;
}

describe('activating', () => {
	it('by hand registers nothing, and warns of a URL that Imburse cannot reach', async () => {
		const { log, sandbox, webhook } = await start();
		await webhook.activate();
		expect(sandbox.requests).toEqual([]);
		expect(log()).toEqual([
			expect.stringContaining(
				`The webhook URL ${webhook.url} can be reached from this network only, so Imburse cannot call it. Ask whoever runs your n8n to set its public address (WEBHOOK_URL).`,
			),
		]);
	});

	it.each<[string, INodeParameters, IDataObject, string]>([
		['no shared secret', {}, { webhookSharedSecret: '' }, 'Webhook Shared Secret: it is empty'],
		['a short one', {}, { webhookSharedSecret: 'short' }, 'it is shorter than 16 characters'],
		[
			'no shared secret for a header',
			{ verification: 'secretInHeader' },
			{ webhookSharedSecret: ' ' },
			'Webhook Shared Secret: it is empty',
		],
		[
			'no verification key',
			{ verification: 'signature' },
			{ webhookVerificationKey: '' },
			'Webhook Verification Key: it is empty',
		],
		[
			'only a previous verification key',
			{ verification: 'signature' },
			{ webhookVerificationKey: '', webhookPreviousVerificationKey: 'previous' },
			'Webhook Verification Key: it is empty',
		],
		[
			'a key in another encoding',
			{ verification: 'signature', signature: { keyEncoding: 'hex' } },
			{ webhookVerificationKey: 'no hex' },
			'it is not written in the Key Encoding',
		],
		['an unknown verification', { verification: 'whatever' }, {}, 'Verification: it is none'],
		[
			'addresses that are none',
			{ options: { allowedAddresses: 'office' } },
			{},
			'Allowed Addresses',
		],
		['a credential that lacks its keys', {}, { privateKey: '' }, 'Private Key: it is empty'],
	])('stops with %s', async (_, parameters, credential, words) => {
		const { webhook } = await start({ parameters, credential });
		await expect(webhook.activate()).rejects.toThrow(words);
	});
});

describe('registering through the API', () => {
	it('sends the URL once, and stores the response without its key', async () => {
		const running = await start({ parameters: API });
		const { sandbox, webhook } = running;
		await webhook.activate();
		await webhook.activate();
		expect(registrationCalls(running)).toEqual([`POST ${PATH}`]);
		const [destination] = sandbox.webhooks.destinations;
		expect(destination?.url).toBe(`${webhook.url}?secret=${SHARED_SECRET}`);
		expect(webhook.staticData.registration).toMatchObject({
			url: webhook.url,
			id: destination?.destinationId,
		});
		const kept = JSON.stringify(webhook.staticData);
		expect(kept).not.toContain(destination?.verificationKey);
		expect(kept).not.toContain(SHARED_SECRET);
	});

	it('sends the body that the user filled in, with the URL in place of {URL}', async () => {
		const { sandbox, webhook } = await start({
			parameters: {
				...API,
				verification: 'signature',
				registrationBody: '{"destination":"{URL}","events":["CHARGEBACK"]}',
			},
		});
		await webhook.activate();
		expect(sandbox.webhooks.destinations[0]).toMatchObject({
			url: webhook.url,
			eventTypes: ['CHARGEBACK'],
		});
	});

	it('sends the URL again when its secret has changed, and says what to remove', async () => {
		const running = await start({ parameters: API });
		const { engine, log, sandbox, webhook } = running;
		await webhook.activate();
		const secret = 'another-secret-of-32-characters-';
		engine.credentials.change(CREDENTIAL_ID, { webhookSharedSecret: secret });
		await webhook.activate();
		await webhook.activate();
		expect(sandbox.webhooks.destinations.map(({ url }) => url)).toEqual([
			`${webhook.url}?secret=${SHARED_SECRET}`,
			`${webhook.url}?secret=${secret}`,
		]);
		expect(log().join()).toContain(
			`The secret in the address has changed. Imburse may still call ${webhook.url} with the old secret, and such calls are refused. Remove that address in the Tenant Portal under Developers > Webhooks.`,
		);
	});

	it('says what to remove when it is deactivated, and registers nothing again afterwards', async () => {
		const running = await start({ parameters: API });
		const { log, webhook } = running;
		await webhook.activate();
		await webhook.deactivate();
		await webhook.activate();
		expect(registrationCalls(running)).toEqual([`POST ${PATH}`]);
		expect(log().join()).toContain(
			`Imburse may still call ${webhook.url}. Remove it in the Tenant Portal under Developers > Webhooks.`,
		);
	});

	it('removes it if the user has filled in a path, and registers it again', async () => {
		const running = await start({
			parameters: { ...API, deletePath: `${PATH}/{ID}` },
			sandbox: { webhookDeletion: true },
		});
		const { sandbox, webhook } = running;
		await webhook.activate();
		const [made] = sandbox.webhooks.destinations;
		await webhook.deactivate();
		expect(sandbox.webhooks.destinations).toEqual([]);
		expect(registrationCalls(running)).toEqual([
			`POST ${PATH}`,
			`DELETE ${PATH}/${made?.destinationId}`,
		]);
		await webhook.activate();
		expect(registrationCalls(running)).toHaveLength(3);
	});

	it('says that the removal failed, and keeps the registration', async () => {
		const running = await start({ parameters: { ...API, deletePath: `${PATH}/{ID}` } });
		const { log, sandbox, webhook } = running;
		await webhook.activate();
		sandbox.setFaults([{ kind: 'answer', at: 'beforeWrite', method: 'DELETE', status: 503 }]);
		await webhook.deactivate();
		expect(log().join()).toContain('Imburse did not remove it: it answered 503');
		expect(webhook.staticData.registration).toBeDefined();
	});

	it.each([
		[
			'a path that is gone',
			404,
			"it answered 404, Not Found: the requested resource doesn't exist",
		],
		['a missing role', 403, 'it answered 403, Forbidden: the requested endpoint is not valid'],
		['an outage', 503, 'it answered 503, Internal Server Error'],
	])('stops the activation after %s', async (_, status, words) => {
		const { sandbox, webhook } = await start({ parameters: API });
		sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', method: 'POST', route: 'registerWebhook', status },
		]);
		const message = await failureOf(webhook.activate());
		expect(message).toContain(`Imburse did not register the address: ${words}`);
		expect(message).toContain(
			'. The path is one of 2019 and may no longer exist. Choose Set Up: By Hand in the Tenant Portal, or ask Imburse for the path and the body.',
		);
		expect(webhook.staticData).toEqual({});
	});

	it('reports an unknown outcome after a lost response, and says where to look', async () => {
		const { sandbox, webhook } = await start({ parameters: API });
		sandbox.setFaults([{ kind: 'reset', at: 'afterWrite', route: 'registerWebhook' }]);
		expect(await failureOf(webhook.activate())).toBe(
			'Imburse gave no answer. It is not known whether it was registered. Look in the Tenant Portal under Developers > Webhooks: if the address stands there, choose Set Up: By Hand. Otherwise publish the workflow again (n8n 1.x: activate it again).',
		);
	});

	it.each([
		['another host', 'https://elsewhere.example/hooks'],
		['a host in a path', '//elsewhere.example/hooks'],
		['a path that climbs out', '/v1/../../hooks'],
		['nothing', ''],
	])('sends nothing to %s', async (_, registrationPath) => {
		const { sandbox, webhook } = await start({ parameters: { ...API, registrationPath } });
		await expect(webhook.activate()).rejects.toThrow('is not a path that begins with "/"');
		expect(sandbox.requests).toEqual([]);
	});

	it('refuses a body that is no JSON, and sends nothing', async () => {
		const { sandbox, webhook } = await start({
			parameters: { ...API, registrationBody: '{"url": ' },
		});
		await expect(webhook.activate()).rejects.toThrow(
			'Body: the JSON breaks off at line 1, character 8',
		);
		expect(sandbox.requests).toEqual([]);
	});

	it('says of a setting that is wrong that the trigger is not set up, and what to do', async () => {
		const { webhook } = await start({ credential: { webhookSharedSecret: '' } });
		expect(await failureOf(webhook.activate())).toBe(
			'The trigger is not set up. Webhook Shared Secret: it is empty. Open the Imburse credential and enter a long random secret of letters and digits, at least 16 of them.',
		);
	});

	it('is not tried at Imburse with an address that Imburse cannot reach', async () => {
		const { webhook } = await start({
			parameters: API,
			credential: { environment: 'production', baseUrl: '' },
		});
		expect(await failureOf(webhook.activate())).toBe(
			`The address of this n8n cannot be reached by Imburse. The webhook URL ${webhook.url} can be reached from this network only, so Imburse cannot call it. Ask whoever runs your n8n to set its public address (WEBHOOK_URL).`,
		);
	});

	it('registers no test address', async () => {
		const running = await start({ parameters: API, isTest: true });
		await running.webhook.activate();
		expect(registrationCalls(running)).toEqual([]);
	});
});
