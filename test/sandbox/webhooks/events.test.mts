import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rewards } from '../../../sandbox/rewards.mts';
import { createOrder, instruction } from '../client.mts';
import { WebhookFixture } from './fixture.mts';

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

describe('an event of an instruction', () => {
	it('is sent for each status, the first one included', async () => {
		fixture.listen();
		await fixture.createOrder();
		fixture.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'PROCESSING');
		fixture.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'SETTLED');
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedStatuses).toEqual(['READY', 'PROCESSING', 'SETTLED']);
	});

	it('has by default the references, the amount and the status of the instruction', async () => {
		fixture.listen();
		await fixture.createOrder();
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toEqual([
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
		expect(fixture.receiver.received[0]).toMatchObject({
			method: 'POST',
			path: '/hook',
			headers: { 'content-type': 'application/json; charset=utf-8', connection: 'close' },
		});
		expect(fixture.receiver.received[0]?.body).toContain('"amount":210.00,');
	});

	it('has the reason of a failure', async () => {
		fixture.listen();
		await fixture.createOrder();
		const failure = { errorCode: 'ACCOUNT_CLOSED', reason: 'The account is closed.' };
		fixture.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'FAILED', failure);
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies[1]).toMatchObject({
			status: 'FAILED',
			failureReason: 'The account is closed.',
		});
	});

	it('is not sent when the status stays the same', async () => {
		await fixture.createOrder();
		const path = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1';
		const changed = instruction(fixture.sandbox, { amount: '1.00' });
		expect((await fixture.client.put(path, changed)).status).toBe(200);
		fixture.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'READY');
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.events).toHaveLength(1);
	});

	it('is not sent for the first status when the option is off', async () => {
		fixture.sandbox.options.newInstructionEvents = false;
		await fixture.createOrder();
		fixture.sandbox.advance('LATE');
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.events.map(({ status }) => status)).toEqual(['LATE']);
	});

	it('is not sent for an instruction that a fault has removed', async () => {
		fixture.sandbox.setFaults([{ kind: 'instructionMissing' }]);
		await createOrder(fixture.client);
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.events).toEqual([]);
	});

	it('is sent for a claimed reward', async () => {
		await fixture.createOrder();
		const path = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1/claim-reward';
		const { rewardId } = rewards.find(({ isActive }) => isActive) ?? {};
		expect((await fixture.client.post(path, { rewardId })).status).toBe(202);
		expect(fixture.webhooks.events).toMatchObject([{ status: 'READY' }, { status: 'PROCESSING' }]);
	});

	it('has the code of the scheme that the customer default names', async () => {
		const { collect, payout } = fixture.sandbox.options.schemeIds;
		const instructions = [
			instruction(fixture.sandbox, { schemeId: undefined }),
			instruction(fixture.sandbox, {
				instructionRef: 'OWN',
				direction: 'DEBIT',
				schemeId: collect,
			}),
		];
		const customerDefaults = { 'CUSTOMER-1': { schemeId: payout } };
		const order = { orderRef: 'ORDER-1', customerDefaults, instructions };
		await fixture.client.post('/v1/order-management', order);
		expect(fixture.webhooks.events).toMatchObject([
			{ schemeCode: 'CLAIMS' },
			{ schemeCode: 'MOTOR' },
		]);
	});

	it('is sent when a fault changes an instruction', async () => {
		const failure = { errorCode: 'X', reason: 'Y' };
		fixture.sandbox.setFaults([{ kind: 'instructionFails', after: { reads: 0 }, ...failure }]);
		await fixture.createOrder();
		await fixture.client.get('/v1/order-management/ORDER-1');
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.events).toMatchObject([
			{ status: 'READY' },
			{ status: 'FAILED', failureReason: 'Y' },
		]);
	});

	it('has the type of the option', async () => {
		fixture.sandbox.options.webhookEventType = 'INSTRUCTION_{status}';
		await fixture.createOrder();
		fixture.sandbox.advance('SETTLED');
		await fixture.webhooks.whenIdle();
		expect(fixture.webhooks.events.map(({ eventType }) => eventType)).toEqual([
			'INSTRUCTION_READY',
			'INSTRUCTION_SETTLED',
		]);
	});
});

describe('the metadata of an event', () => {
	function create(metadata: object, customerMetadata: object, instructionMetadata: object) {
		return fixture.client.post('/v1/order-management', {
			orderRef: 'ORDER-1',
			metadata,
			customerDefaults: { 'CUSTOMER-1': { metadata: customerMetadata } },
			instructions: [instruction(fixture.sandbox, { metadata: instructionMetadata })],
		});
	}

	it('merges order, customer default and instruction, where the last one wins', async () => {
		fixture.listen();
		await create(
			{ order: 'o', all: 'o', orderAndCustomer: 'o' },
			{ customer: 'c', all: 'c', orderAndCustomer: 'c', both: 'c' },
			{ instruction: 'i', all: 'i', both: 'i' },
		);
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toMatchObject([
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

	it('is the metadata at the time of the event', async () => {
		fixture.listen();
		await create({ a: 'before' }, {}, {});
		await fixture.client.put('/v1/order-management/ORDER-1/metadata', { a: 'after' });
		fixture.sandbox.advance('SETTLED');
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toMatchObject([
			{ metadata: { a: 'before' } },
			{ metadata: { a: 'after' } },
		]);
	});

	it('keeps keys that have a meaning elsewhere', async () => {
		fixture.listen();
		const text = '{"__proto__":"x","status":"VOID","constructor":"y"}';
		await fixture.client.post(
			'/v1/order-management',
			`{"orderRef":"ORDER-1","metadata":${text},"instructions":[${JSON.stringify(instruction(fixture.sandbox))}]}`,
		);
		await fixture.webhooks.whenIdle();
		expect(fixture.receiver.received[0]?.body).toContain(`"metadata":${text}`);
		expect(fixture.arrivedStatuses).toEqual(['READY']);
	});
});

describe('the payload', () => {
	it('can be references only, under other names, inside one wrapper', async () => {
		fixture.listen({
			payload: {
				fields: ['eventType', 'orderRef', 'instructionRef'],
				names: { eventType: 'type', orderRef: 'order_reference' },
				within: 'data',
			},
		});
		await fixture.createOrder();
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toEqual([
			{
				type: 'INSTRUCTION',
				data: { order_reference: 'ORDER-1', instructionRef: 'INSTRUCTION-1' },
			},
		]);
	});

	it('can have the amount as text and the time in another format', async () => {
		fixture.listen({ payload: { amount: 'text', timestamp: 'iso' } });
		fixture.listen({ payload: { timestamp: 'seconds' } });
		fixture.webhooks.emit({
			eventType: 'INSTRUCTION',
			amount: '1.10',
			timestamp: 1_700_000_000_500,
		});
		await fixture.webhooks.whenIdle();
		const [iso, seconds] = [...fixture.receiver.received]
			.sort((one, other) => one.body.length - other.body.length)
			.reverse();
		expect(iso?.json).toMatchObject({ amount: '1.10', timestamp: '2023-11-14T22:13:20.500Z' });
		expect(seconds?.json).toMatchObject({ timestamp: 1_700_000_000 });
		expect(seconds?.body).toContain('"amount":1.10');
	});

	it('can be any event that a test composes', async () => {
		fixture.listen();
		const event = { eventType: 'CHARGEBACK', chargebackId: 'C-1', nested: { a: [1] } };
		const { eventId, timestamp } = fixture.webhooks.emit(event);
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toEqual([{ eventId, timestamp, ...event }]);
	});
});

describe('the envelope', () => {
	it.each([
		['one event', {}, { eventId: '1' }],
		['an array', { envelope: 'array' }, [{ eventId: '1' }]],
		['an array, where batches may be larger', { maximumBatchSize: 2 }, [{ eventId: '1' }]],
		['wrapped', { envelope: { wrappedIn: 'events' } }, { events: [{ eventId: '1' }] }],
	] as const)('is %s', async (_case, settings, body) => {
		fixture.listen({ ...settings, maximumBatchDelayMs: 0, payload: { fields: ['eventId'] } });
		fixture.webhooks.emit({ eventType: 'INSTRUCTION', eventId: '1' });
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedBodies).toEqual([body]);
	});
});
