import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type LifeCycleStep } from '../../../sandbox/index.mts';
import { instruction } from '../client.mts';
import { useIdleClock } from '../../support/idleClock.mts';
import { WebhookFixture } from './fixture.mts';

useIdleClock();

let fixture: WebhookFixture;
beforeEach(async () => {
	fixture = await WebhookFixture.start();
});
afterEach(() => fixture.stop());

function statusOf(instructionRef = 'INSTRUCTION-1', orderRef = 'ORDER-1'): string | undefined {
	return fixture.sandbox.store.instruction(orderRef, instructionRef)?.status;
}

function eventStatuses(): unknown[] {
	return fixture.webhooks.events.map(({ status }) => status);
}

function untilStatus(status: string): Promise<void> {
	return fixture.webhooks.until(() => eventStatuses().includes(status));
}

const neverMs = 600_000;

describe('the life cycle of an instruction', () => {
	it('has no steps by default', async () => {
		await fixture.createOrder();
		expect(statusOf()).toBe('READY');
	});

	it('goes through the steps, each after its delay, with an event and a transaction', async () => {
		fixture.sandbox.options.lifeCycle = [
			{ status: 'LATE', afterMs: 0 },
			{ status: 'PROCESSING', afterMs: 40 },
			{ status: 'SETTLED', afterMs: 60 },
		];
		fixture.listen();
		await fixture.createOrder();
		await untilStatus('SETTLED');
		await fixture.webhooks.whenIdle();
		expect(fixture.arrivedStatuses).toEqual(['READY', 'LATE', 'PROCESSING', 'SETTLED']);
		const [, late, processing, settled] = fixture.webhooks.events.map(({ timestamp }) => timestamp);
		// Node's timers may be a millisecond early.
		expect(processing! - late!).toBeGreaterThanOrEqual(39);
		expect(settled! - processing!).toBeGreaterThanOrEqual(59);
		expect(
			fixture.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')?.transaction,
		).toMatchObject({
			transactionId: expect.any(String),
		});
	});

	it('can end in a failure, with a reason that a read shows too', async () => {
		const failure = { errorCode: 'CLOSED', reason: 'Account closed' };
		fixture.sandbox.options.lifeCycle = [{ status: 'FAILED', afterMs: 0, failure }];
		await fixture.createOrder();
		await untilStatus('FAILED');
		expect(fixture.webhooks.events[1]).toMatchObject({ failureReason: 'Account closed' });
		const path = '/v2/order-management/ORDER-1/instruction/INSTRUCTION-1';
		expect((await fixture.client.get(path)).body).toMatchObject({
			status: 'FAILED',
			failed: failure,
		});
	});

	it('begins when an instruction becomes READY', async () => {
		fixture.sandbox.options.lifeCycle = [{ status: 'SETTLED', afterMs: 0 }];
		const incomplete = instruction(fixture.sandbox, { schemeId: undefined });
		await fixture.client.post('/v1/order-management', {
			orderRef: 'ORDER-1',
			instructions: [incomplete],
		});
		expect(statusOf()).toBe('INCOMPLETE');
		const path = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1';
		await fixture.client.put(path, instruction(fixture.sandbox));
		await untilStatus('SETTLED');
		expect(eventStatuses()).toEqual(['INCOMPLETE', 'READY', 'SETTLED']);
	});

	it('goes on from where a command has moved it, and ends in a status that it does not name', async () => {
		fixture.sandbox.options.lifeCycle = [
			{ status: 'PROCESSING', afterMs: neverMs },
			{ status: 'SETTLED', afterMs: 0 },
		];
		await fixture.createOrder('ORDER-1', ['A', 'B']);
		fixture.sandbox.setInstructionStatus('ORDER-1', 'B', 'VOID');
		fixture.sandbox.setInstructionStatus('ORDER-1', 'A', 'PROCESSING');
		await untilStatus('SETTLED');
		expect([statusOf('A'), statusOf('B')]).toEqual(['SETTLED', 'VOID']);
	});

	it('cancels the next step when a command moves the instruction', async () => {
		fixture.sandbox.options.lifeCycle = [{ status: 'SETTLED', afterMs: 300 }];
		await fixture.createOrder('ORDER-1');
		fixture.sandbox.advance('VOID');
		await fixture.createOrder('ORDER-2');
		await untilStatus('SETTLED');
		expect([statusOf(), statusOf('INSTRUCTION-1', 'ORDER-2')]).toEqual(['VOID', 'SETTLED']);
	});

	it('ends with a reset, and starts again for the same references', async () => {
		fixture.sandbox.options.lifeCycle = [{ status: 'SETTLED', afterMs: 30 }];
		await fixture.createOrder();
		fixture.sandbox.reset();
		fixture.sandbox.options.lifeCycle = [{ status: 'FAILED', afterMs: 60 }];
		await (await fixture.signInAgain()).createOrder();
		await untilStatus('FAILED');
		expect(eventStatuses()).toEqual(['READY', 'FAILED']);
	});

	it.each<[object[], string]>([
		[[{ status: 'SETTLED' }], 'afterMs'],
		[[{ status: '', afterMs: 1 }], 'status'],
		[[{ status: 'SETTLED', afterMs: -1 }], 'afterMs'],
		[[{ status: 'SETTLED', afterMs: 2 ** 31 }], 'afterMs'],
		[[{ status: 'READY', afterMs: 1 }], 'comes to READY twice'],
	])('%j is refused with the reason', async (lifeCycle, text) => {
		const options = { lifeCycle: lifeCycle as LifeCycleStep[] };
		await expect(startSandbox(options)).rejects.toThrow(text);
	});
});

describe('advancing instructions', () => {
	beforeEach(async () => {
		await fixture.createOrder('ORDER-1', ['A', 'B']);
		await fixture.createOrder('ORDER-2', ['A']);
	});

	it.each<[object, number, string[]]>([
		[{}, 3, ['LATE', 'LATE', 'LATE']],
		[{ orderRef: 'ORDER-1' }, 2, ['LATE', 'LATE', 'READY']],
		[{ instructionRef: 'A' }, 2, ['LATE', 'READY', 'LATE']],
		[{ orderRef: 'ORDER-2', instructionRef: 'A' }, 1, ['READY', 'READY', 'LATE']],
		[{ orderRef: 'ORDER-9' }, 0, ['READY', 'READY', 'READY']],
	])('moves those with %j: %d', async (filter, count, statuses) => {
		const body = { status: 'LATE', ...filter };
		const reply = await fixture.admin('POST', '/advance', body);
		expect([reply.status, reply.body]).toEqual([200, { advanced: count }]);
		const instructions = fixture.sandbox.store.orders.flatMap((order) => order.instructions);
		expect(instructions.map(({ status }) => status)).toEqual(statuses);
		expect(fixture.webhooks.events).toHaveLength(3 + count);
	});

	it('sets the reason of a failure', async () => {
		const body = { status: 'FAILED', errorCode: 'CLOSED', reason: 'Account closed' };
		await fixture.admin('POST', '/advance', body);
		expect(fixture.webhooks.events.at(-1)).toMatchObject({ failureReason: 'Account closed' });
		expect(fixture.sandbox.store.instruction('ORDER-2', 'A')?.failure?.errorCode).toBe('CLOSED');
	});

	it('is refused without a status', async () => {
		expect((await fixture.admin('POST', '/advance', {})).status).toBe(400);
	});
});
