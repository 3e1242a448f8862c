import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rewards } from '../../../sandbox/reward-list.mts';
import { createOrder, instruction } from '../client.mts';
import { WebhookScene } from './set-up.mts';

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

describe('an event of an instruction', () => {
	it('comes with each status, the first one included', async () => {
		scene.listen();
		await scene.createOrder();
		scene.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'PROCESSING');
		scene.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'SETTLED');
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedStatuses).toEqual(['READY', 'PROCESSING', 'SETTLED']);
	});

	it('says by default which instruction it is, what it is worth and where it stands', async () => {
		scene.listen();
		await scene.createOrder();
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toEqual([
			{
				eventId: expect.stringMatching(/^[\da-f-]{36}$/),
				eventType: 'INSTRUCTION',
				timestamp: expect.any(Number),
				orderRef: 'ORDER-1',
				instructionRef: 'INSTRUCTION-1',
				customerRef: 'CUSTOMER-1',
				direction: 'CREDIT',
				amount: 210,
				currency: 'EUR',
				country: 'IE',
				schemeCode: 'CLAIMS',
				status: 'READY',
				correlationId: expect.stringMatching(/^0HSANDBOX0001:[\dA-F]{8}$/),
				metadata: {},
			},
		]);
		expect(scene.receiver.received[0]).toMatchObject({
			method: 'POST',
			path: '/hook',
			headers: { 'content-type': 'application/json; charset=utf-8', connection: 'close' },
		});
		expect(scene.receiver.received[0]?.body).toContain('"amount":210.00,');
	});

	it('gives the reason of a failure', async () => {
		scene.listen();
		await scene.createOrder();
		const failure = { errorCode: 'ACCOUNT_CLOSED', reason: 'The account is closed.' };
		scene.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'FAILED', failure);
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies[1]).toMatchObject({
			status: 'FAILED',
			failureReason: 'The account is closed.',
		});
	});

	it('does not come when the status stays the same', async () => {
		await scene.createOrder();
		const path = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1';
		const changed = instruction(scene.sandbox, { amount: '1.00' });
		expect((await scene.client.put(path, changed)).status).toBe(200);
		scene.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'READY');
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.events).toHaveLength(1);
	});

	it('does not come for the first status when that is switched off', async () => {
		scene.sandbox.options.newInstructionEvents = false;
		await scene.createOrder();
		scene.sandbox.advance('LATE');
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.events.map(({ status }) => status)).toEqual(['LATE']);
	});

	it('does not come for an instruction that never came to be', async () => {
		scene.sandbox.misbehave([{ kind: 'instructionMissing' }]);
		await createOrder(scene.client);
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.events).toEqual([]);
	});

	it('comes for a claimed reward', async () => {
		await scene.createOrder();
		const path = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1/claim-reward';
		const { rewardId } = rewards.find(({ isActive }) => isActive) ?? {};
		expect((await scene.client.post(path, { rewardId })).status).toBe(202);
		expect(scene.webhooks.events).toMatchObject([{ status: 'READY' }, { status: 'PROCESSING' }]);
	});

	it('has the code of the scheme that the customer default names', async () => {
		const { collect, payout } = scene.sandbox.options.schemeIds;
		const instructions = [
			instruction(scene.sandbox, { schemeId: undefined }),
			instruction(scene.sandbox, {
				instructionRef: 'OWN',
				direction: 'DEBIT',
				schemeId: collect,
			}),
		];
		const customerDefaults = { 'CUSTOMER-1': { schemeId: payout } };
		const order = { orderRef: 'ORDER-1', customerDefaults, instructions };
		await scene.client.post('/v1/order-management', order);
		expect(scene.webhooks.events).toMatchObject([
			{ schemeCode: 'CLAIMS' },
			{ schemeCode: 'MOTOR' },
		]);
	});

	it('comes for what a fault does to an instruction', async () => {
		const end = { errorCode: 'X', reason: 'Y' };
		scene.sandbox.misbehave([{ kind: 'instructionFails', after: { reads: 0 }, ...end }]);
		await scene.createOrder();
		await scene.client.get('/v1/order-management/ORDER-1');
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.events).toMatchObject([
			{ status: 'READY' },
			{ status: 'FAILED', failureReason: 'Y' },
		]);
	});

	it('has the type of the option', async () => {
		scene.sandbox.options.webhookEventType = 'INSTRUCTION_{status}';
		await scene.createOrder();
		scene.sandbox.advance('SETTLED');
		await scene.webhooks.whenQuiet();
		expect(scene.webhooks.events.map(({ eventType }) => eventType)).toEqual([
			'INSTRUCTION_READY',
			'INSTRUCTION_SETTLED',
		]);
	});
});

describe('the metadata of an event', () => {
	function create(metadata: object, customerMetadata: object, instructionMetadata: object) {
		return scene.client.post('/v1/order-management', {
			orderRef: 'ORDER-1',
			metadata,
			customerDefaults: { 'CUSTOMER-1': { metadata: customerMetadata } },
			instructions: [instruction(scene.sandbox, { metadata: instructionMetadata })],
		});
	}

	it('is that of the order, the customer default and the instruction, the latter winning', async () => {
		scene.listen();
		await create(
			{ order: 'o', all: 'o', orderAndCustomer: 'o' },
			{ customer: 'c', all: 'c', orderAndCustomer: 'c', both: 'c' },
			{ instruction: 'i', all: 'i', both: 'i' },
		);
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toMatchObject([
			{
				metadata: {
					order: 'o',
					customer: 'c',
					instruction: 'i',
					orderAndCustomer: 'c',
					both: 'i',
					all: 'i',
				},
			},
		]);
	});

	it('is that of the time of the event', async () => {
		scene.listen();
		await create({ a: 'before' }, {}, {});
		await scene.client.put('/v1/order-management/ORDER-1/metadata', { a: 'after' });
		scene.sandbox.advance('SETTLED');
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toMatchObject([
			{ metadata: { a: 'before' } },
			{ metadata: { a: 'after' } },
		]);
	});

	it('keeps keys that look like something else', async () => {
		scene.listen();
		const text = '{"__proto__":"x","status":"VOID","constructor":"y"}';
		await scene.client.post(
			'/v1/order-management',
			`{"orderRef":"ORDER-1","metadata":${text},"instructions":[${JSON.stringify(instruction(scene.sandbox))}]}`,
		);
		await scene.webhooks.whenQuiet();
		expect(scene.receiver.received[0]?.body).toContain(`"metadata":${text}`);
		expect(scene.arrivedStatuses).toEqual(['READY']);
	});
});

describe('the payload', () => {
	it('may be refs only, in other spellings, inside one wrapper', async () => {
		scene.listen({
			payload: {
				fields: ['eventType', 'orderRef', 'instructionRef'],
				names: { eventType: 'type', orderRef: 'order_reference' },
				within: 'data',
			},
		});
		await scene.createOrder();
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toEqual([
			{
				type: 'INSTRUCTION',
				data: { order_reference: 'ORDER-1', instructionRef: 'INSTRUCTION-1' },
			},
		]);
	});

	it('may have the amount as text and the time in another form', async () => {
		scene.listen({ payload: { amount: 'text', timestamp: 'iso' } });
		scene.listen({ payload: { timestamp: 'seconds' } });
		scene.webhooks.emit({ eventType: 'INSTRUCTION', amount: '1.10', timestamp: 1_700_000_000_500 });
		await scene.webhooks.whenQuiet();
		const [iso, seconds] = [...scene.receiver.received]
			.sort((one, other) => one.body.length - other.body.length)
			.reverse();
		expect(iso?.json).toMatchObject({ amount: '1.10', timestamp: '2023-11-14T22:13:20.500Z' });
		expect(seconds?.json).toMatchObject({ timestamp: 1_700_000_000 });
		expect(seconds?.body).toContain('"amount":1.10');
	});

	it('holds any event that a test makes up', async () => {
		scene.listen();
		const event = { eventType: 'CHARGEBACK', chargebackId: 'C-1', nested: { a: [1] } };
		const { eventId, timestamp } = scene.webhooks.emit(event);
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toEqual([{ eventId, timestamp, ...event }]);
	});
});

describe('the envelope', () => {
	it.each([
		['one event', {}, { eventId: '1' }],
		['an array', { envelope: 'array' }, [{ eventId: '1' }]],
		['an array, where batches may be larger', { maximumBatchSize: 2 }, [{ eventId: '1' }]],
		['wrapped', { envelope: { wrappedIn: 'events' } }, { events: [{ eventId: '1' }] }],
	] as const)('is %s', async (_case, settings, body) => {
		scene.listen({ ...settings, maximumBatchDelayMs: 0, payload: { fields: ['eventId'] } });
		scene.webhooks.emit({ eventType: 'INSTRUCTION', eventId: '1' });
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedBodies).toEqual([body]);
	});
});
