import { afterEach, describe, expect, it } from '@jest/globals';

import type { Fault } from '../../../sandbox/index.mts';
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
	trigger = await startTrigger(settings);
	return trigger;
};

const SETTLED = { eventType: 'INSTRUCTION', orderRef: 'CLAIM-1', instructionRef: 'I-1' };

const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown;

describe('an event of an instruction', () => {
	it('starts the workflow with what Imburse confirms, and the metadata of order and instruction', async () => {
		const { createOrder, listen, runs, sandbox, webhook } = await start();
		await createOrder('CLAIM-1', ['I-1'], { claimNumber: 'of the order', policy: 'P-7' });
		listen();
		sandbox.advance('SETTLED');
		await sandbox.webhooks.whenIdle();
		expect(runs()).toEqual([
			[
				{
					eventType: null,
					eventKey: expect.stringMatching(/\/CLAIM-1\/I-1\/SETTLED$/) as unknown,
					orderRef: 'CLAIM-1',
					instructionRef: 'I-1',
					customerRef: 'C-1',
					direction: 'CREDIT',
					amount: '210.10',
					currency: 'EUR',
					status: 'SETTLED',
					state: 'settled',
					failureReason: null,
					metadata: { claimNumber: 'CLAIM-1/I-1', policy: 'P-7' },
					environment: 'custom',
					correlationId: null,
					confirmed: true,
					occurredAt: null,
					receivedAt: INSTANT,
					payload: null,
					unconfirmed: {
						eventType: 'INSTRUCTION',
						correlationId: expect.any(String) as unknown,
						occurredAt: INSTANT,
						payload: expect.objectContaining({ status: 'SETTLED', orderRef: 'CLAIM-1' }) as unknown,
					},
				},
			],
		]);
		expect(webhook.deliveries[0]?.items?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(sandbox.webhooks.unacknowledged).toEqual([]);
	});

	it.each([
		['secretInHeader', false],
		['secretInUrl', true],
		['none', true],
	])(
		'under the verification %s has its sender’s words under "unconfirmed": %s',
		async (verification, isUnconfirmed) => {
			const parameters = { verification };
			const { createOrder, post, runs, sandbox } = await start({ parameters });
			await createOrder('CLAIM-1');
			sandbox.advance('SETTLED');
			const words = { eventType: 'WORDS', correlationId: 'WORDS', note: 'WORDS' };
			const headers = { 'X-Webhook-Secret': SHARED_SECRET };
			await post({ ...SETTLED, ...words }, { headers });
			const { unconfirmed, ...item } = runs()[0]?.[0] ?? {};
			expect(item).toMatchObject({ status: 'SETTLED', confirmed: true });
			expect(JSON.stringify(item).includes('WORDS')).toBe(!isUnconfirmed);
			expect(unconfirmed).toEqual(
				isUnconfirmed ? expect.objectContaining({ eventType: 'WORDS' }) : null,
			);
		},
	);

	it('that was forged leaves the genuine one what it would have been', async () => {
		const { createOrder, post, runs, sandbox } = await start();
		await createOrder('CLAIM-1');
		await createOrder('CLAIM-2');
		sandbox.advance('SETTLED');
		const told = { ...SETTLED, status: 'SETTLED', occurredAt: '2026-11-01T00:00:00Z' };
		await post({
			...told,
			eventType: 'FORGED',
			metadata: { claimNumber: 'forged' },
			amount: '1.00',
		});
		await post({ ...told, orderRef: 'CLAIM-2' });
		const [forged, genuine] = runs().map(([item]) => item);
		expect(genuine).toMatchObject({ status: 'SETTLED', amount: '210.10', confirmed: true });
		expect(forged).toEqual({
			...genuine,
			orderRef: 'CLAIM-1',
			eventKey: expect.stringContaining('CLAIM-1') as unknown,
			metadata: { claimNumber: 'CLAIM-1/I-1' },
			receivedAt: INSTANT,
			unconfirmed: expect.objectContaining({ eventType: 'FORGED' }) as unknown,
		});
	});

	it('is only a hint: a forged final status is deferred, and anything else is output as Imburse holds it', async () => {
		const { createOrder, log, post, runs } = await start();
		await createOrder('CLAIM-1');
		const forged = await post({ ...SETTLED, status: 'SETTLED', amount: '999999.00' });
		expect(forged.status).toBe(503);
		expect(runs()).toEqual([]);
		expect(log()[0]).toContain('it tells of the status SETTLED, and Imburse still answers READY');
		const response = await post({ ...SETTLED, status: 'PROCESSING', amount: '999999.00' });
		expect(response.status).toBe(200);
		expect(await response.text()).toBe('');
		expect(runs()[0]?.[0]).toMatchObject({ status: 'READY', amount: '210.10', confirmed: true });
	});

	it('is rejected if Imburse has no such instruction', async () => {
		const { log, post, runs } = await start();
		const response = await post({ ...SETTLED, status: 'SETTLED' });
		expect(response.status).toBe(401);
		expect(await response.text()).toBe('Unauthorized');
		expect(runs()).toEqual([]);
		expect(log()[0]).toContain('Imburse has no instruction "I-1" of Payment Order "CLAIM-1"');
	});

	it('reports why an instruction failed', async () => {
		const { createOrder, listen, runs, sandbox } = await start({
			credential: { apiVersion: 'v2' },
		});
		await createOrder('CLAIM-1');
		listen();
		sandbox.setInstructionStatus('CLAIM-1', 'I-1', 'FAILED', {
			errorCode: 'ACCOUNT_CLOSED',
			reason: 'The account is closed',
		});
		await sandbox.webhooks.whenIdle();
		expect(runs()[0]?.[0]).toMatchObject({
			status: 'FAILED',
			failureReason: 'The account is closed, ACCOUNT_CLOSED',
		});
	});

	it('does not read the order if its metadata is not wanted', async () => {
		const { createOrder, post, runs, sandbox } = await start({
			parameters: { options: { readsOrder: false } },
		});
		await createOrder('CLAIM-1', ['I-1'], { policy: 'P-7' });
		const before = sandbox.requests.length;
		await post(SETTLED);
		expect(runs()[0]?.[0]?.metadata).toEqual({ claimNumber: 'CLAIM-1/I-1' });
		expect(sandbox.requests.slice(before).map(({ path }) => path)).toEqual([
			'/v1/order-management/CLAIM-1/instruction/I-1',
		]);
	});
});

describe('an event that names no instruction', () => {
	const customer = { eventType: 'CUSTOMER', customerRef: 'C-1', status: 'ACTIVE' };

	it('is rejected if only the confirmation protects the trigger', async () => {
		const { log, post, runs } = await start();
		expect((await post(customer)).status).toBe(401);
		expect(runs()).toEqual([]);
		expect(log()[0]).toContain('it holds an event that names no instruction');
	});

	it('is accepted unconfirmed if its origin is proved', async () => {
		const { post, runs, webhook } = await start({ parameters: { verification: 'secretInHeader' } });
		const headers = { 'X-Webhook-Secret': SHARED_SECRET };
		expect((await post(customer, { url: webhook.url, headers })).status).toBe(200);
		expect(runs()[0]?.[0]).toMatchObject({ ...customer, confirmed: false, metadata: {} });
	});
});

describe('a rejected call', () => {
	it.each([
		['no secret', (url: string) => url],
		['another secret', (url: string) => `${url}?secret=a-long-secret-of-somebody-else`],
		['the secret under another name', (url: string) => `${url}?key=${SHARED_SECRET}`],
		['the secret twice', (url: string) => `${url}?secret=${SHARED_SECRET}&secret=${SHARED_SECRET}`],
		['an object in place of it', (url: string) => `${url}?secret[a]=${SHARED_SECRET}`],
		['an empty secret', (url: string) => `${url}?secret=`],
	])('with %s gets 401, an ended response and a line in the log', async (_, addressOf) => {
		const { createOrder, log, post, runs, webhook } = await start();
		await createOrder('CLAIM-1');
		const response = await post(SETTLED, { url: addressOf(webhook.url) });
		expect(response.status).toBe(401);
		expect(await response.text()).toBe('Unauthorized');
		expect(runs()).toEqual([]);
		expect(log()).toHaveLength(1);
		expect(log()[0]).toContain('refused a call with 401: its address does not hold');
		expect(log().join()).not.toContain(SHARED_SECRET);
	});

	it('comes from an address that is not allowed', async () => {
		const { log, post, runs } = await start({
			parameters: { options: { allowedAddresses: '203.0.113.0/24' } },
		});
		expect((await post(SETTLED)).status).toBe(401);
		expect(runs()).toEqual([]);
		expect(log()[0]).toContain('none of the Allowed Addresses');
	});

	it('has a body over the limit', async () => {
		const { post, runs } = await start({ parameters: { options: { maxBodyKb: 1 } } });
		expect((await post({ ...SETTLED, note: 'x'.repeat(1024) })).status).toBe(413);
		expect(runs()).toEqual([]);
	});

	it.each(['"text"', '17', 'null', '[1, 2]', '[[]]'])(
		'has a body without an event: %s',
		async (body) => {
			const { post, runs } = await start();
			expect((await post(body)).status).toBe(422);
			expect(runs()).toEqual([]);
		},
	);

	it('is any call after the credential has lost its secret', async () => {
		const { createOrder, engine, log, post, runs } = await start();
		await createOrder('CLAIM-1');
		engine.credentials.change('imburse-credential', { webhookSharedSecret: '' });
		expect((await post(SETTLED)).status).toBe(500);
		expect(runs()).toEqual([]);
		expect(log()[0]).toContain('Webhook Shared Secret: it is empty');
	});
});

describe('no verification', () => {
	it('still accepts only what Imburse confirms', async () => {
		const { createOrder, post, runs, webhook } = await start({
			parameters: { verification: 'none' },
		});
		await createOrder('CLAIM-1');
		const url = webhook.url;
		expect((await post({ ...SETTLED, instructionRef: 'I-2' }, { url })).status).toBe(401);
		expect((await post(SETTLED, { url })).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});

	it('accepts everything only if confirmation is switched off, too', async () => {
		const { post, runs, webhook } = await start({
			parameters: { verification: 'none', confirm: false },
		});
		expect((await post({ ...SETTLED, status: 'SETTLED' }, { url: webhook.url })).status).toBe(200);
		expect(runs()[0]?.[0]).toMatchObject({ status: 'SETTLED', confirmed: false });
	});
});

describe('a failed look-up', () => {
	it.each([
		['an outage', { kind: 'answer', at: 'beforeWrite', status: 503 }],
		['a login page', { kind: 'answer', at: 'beforeWrite', status: 200, body: 'html' }],
		['a missing role', { kind: 'answer', at: 'beforeWrite', status: 403 }],
		['a lost connection', { kind: 'reset', at: 'beforeWrite' }],
	] satisfies Array<[string, Fault]>)(
		'by %s accepts nothing, and the event may come again',
		async (_, fault) => {
			const { createOrder, log, post, runs, sandbox } = await start();
			await createOrder('CLAIM-1');
			sandbox.setFaults([{ ...fault, route: 'getInstruction' }]);
			const response = await post(SETTLED);
			expect(response.status).toBe(503);
			expect(response.headers.get('retry-after')).toBe('60');
			expect(runs()).toEqual([]);
			expect(log()[0]).toContain('refused a call with 503');
			sandbox.clearFaults();
			expect((await post(SETTLED)).status).toBe(200);
			expect(runs()).toHaveLength(1);
		},
	);

	it('by a 404 of a gateway does not count as a forged event', async () => {
		const { createOrder, post, sandbox } = await start();
		await createOrder('CLAIM-1');
		sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', route: 'getInstruction', status: 404, body: 'html' },
		]);
		expect((await post(SETTLED)).status).toBe(503);
	});
});

describe('a delivery of several events', () => {
	it.each([
		['a list', 'array' as const],
		['an object around a list', { wrappedIn: 'events' }],
	])('%s becomes one run with an item each', async (_, envelope) => {
		const { createOrder, listen, runs, sandbox } = await start();
		await createOrder('CLAIM-1', ['I-1', 'I-2', 'I-3']);
		listen({ maximumBatchSize: 3, maximumBatchDelayMs: 10_000, envelope });
		sandbox.advance('SETTLED');
		await sandbox.webhooks.whenIdle();
		expect(runs().map((items) => items.map(({ instructionRef }) => instructionRef))).toEqual([
			['I-1', 'I-2', 'I-3'],
		]);
	});

	it('is rejected as a whole if one of them is not true', async () => {
		const { createOrder, post, runs } = await start();
		await createOrder('CLAIM-1');
		expect((await post([SETTLED, { ...SETTLED, instructionRef: 'I-9' }])).status).toBe(401);
		expect(runs()).toEqual([]);
		expect((await post([SETTLED])).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});
});

describe('filters', () => {
	it('drop what is not wanted, and respond with a success', async () => {
		const { createOrder, post, runs } = await start({
			parameters: { filters: { statuses: 'settled, failed' } },
		});
		await createOrder('CLAIM-1');
		expect((await post(SETTLED)).status).toBe(200);
		expect(runs()).toEqual([]);
	});

	it('by type are applied before the look-ups', async () => {
		const { post, runs, sandbox } = await start({ parameters: { eventTypes: ['CHARGEBACK'] } });
		const before = sandbox.requests.length;
		expect((await post(SETTLED)).status).toBe(200);
		expect(runs()).toEqual([]);
		expect(sandbox.requests).toHaveLength(before);
	});
});

it('accepts a test event as often as it comes', async () => {
	const { createOrder, post, runs, webhook } = await start({ isTest: true });
	await createOrder('CLAIM-1');
	expect(webhook.url).toContain('/webhook-test/');
	await post(SETTLED);
	await post(SETTLED);
	expect(runs()).toHaveLength(2);
});

it('keeps hostile metadata from becoming a field', async () => {
	const { createOrder, post, runs } = await start();
	const hostile = { status: 'SETTLED', orderRef: 'OTHER', eventType: 'X', ['constructor']: 'c' };
	await createOrder('CLAIM-1', ['I-1'], hostile);
	await post({ ...SETTLED, metadata: { ...hostile, confirmed: 'true' } });
	expect(runs()[0]?.[0]).toMatchObject({
		eventType: null,
		orderRef: 'CLAIM-1',
		status: 'READY',
		metadata: { ...hostile, claimNumber: 'CLAIM-1/I-1' },
	});
});
