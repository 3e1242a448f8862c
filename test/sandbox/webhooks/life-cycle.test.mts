import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type LifeCycleStep } from '../../../sandbox/index.mts';
import { instruction } from '../client.mts';
import { WebhookScene } from './set-up.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let scene: WebhookScene;
beforeEach(async () => {
	scene = await WebhookScene.start();
});
afterEach(() => scene.stop());

function statusOf(instructionRef = 'INSTRUCTION-1', orderRef = 'ORDER-1'): string | undefined {
	return scene.sandbox.store.instruction(orderRef, instructionRef)?.status;
}

function eventStatuses(): unknown[] {
	return scene.webhooks.events.map(({ status }) => status);
}

function untilStatus(status: string): Promise<void> {
	return scene.webhooks.until(() => eventStatuses().includes(status));
}

const never = 600_000;

describe('the life of an instruction by time', () => {
	it('does not move on by itself', async () => {
		await scene.createOrder();
		expect(statusOf()).toBe('READY');
	});

	it('goes through the steps, each after its time, with an event and a transaction', async () => {
		scene.sandbox.options.lifeCycle = [
			{ status: 'LATE', afterMs: 0 },
			{ status: 'PROCESSING', afterMs: 40 },
			{ status: 'SETTLED', afterMs: 60 },
		];
		scene.listen();
		await scene.createOrder();
		await untilStatus('SETTLED');
		await scene.webhooks.whenQuiet();
		expect(scene.arrivedStatuses).toEqual(['READY', 'LATE', 'PROCESSING', 'SETTLED']);
		const [, late, processing, settled] = scene.webhooks.events.map(({ timestamp }) => timestamp);
		// Node's timers may be a millisecond early.
		expect(processing! - late!).toBeGreaterThanOrEqual(39);
		expect(settled! - processing!).toBeGreaterThanOrEqual(59);
		expect(scene.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')?.transaction).toMatchObject({
			transactionId: expect.any(String),
		});
	});

	it('may end badly, with a reason that a read shows too', async () => {
		const failure = { errorCode: 'CLOSED', reason: 'Account closed' };
		scene.sandbox.options.lifeCycle = [{ status: 'FAILED', afterMs: 0, failure }];
		await scene.createOrder();
		await untilStatus('FAILED');
		expect(scene.webhooks.events[1]).toMatchObject({ failureReason: 'Account closed' });
		const path = '/v2/order-management/ORDER-1/instruction/INSTRUCTION-1';
		expect((await scene.client.get(path)).body).toMatchObject({
			status: 'FAILED',
			failed: failure,
		});
	});

	it('begins when an instruction becomes READY', async () => {
		scene.sandbox.options.lifeCycle = [{ status: 'SETTLED', afterMs: 0 }];
		const incomplete = instruction(scene.sandbox, { schemeId: undefined });
		await scene.client.post('/v1/order-management', {
			orderRef: 'ORDER-1',
			instructions: [incomplete],
		});
		expect(statusOf()).toBe('INCOMPLETE');
		const path = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1';
		await scene.client.put(path, instruction(scene.sandbox));
		await untilStatus('SETTLED');
		expect(eventStatuses()).toEqual(['INCOMPLETE', 'READY', 'SETTLED']);
	});

	it('goes on from where a command has moved it, and ends where it leads out', async () => {
		scene.sandbox.options.lifeCycle = [
			{ status: 'PROCESSING', afterMs: never },
			{ status: 'SETTLED', afterMs: 0 },
		];
		await scene.createOrder('ORDER-1', ['A', 'B']);
		scene.sandbox.setInstructionStatus('ORDER-1', 'B', 'VOID');
		scene.sandbox.setInstructionStatus('ORDER-1', 'A', 'PROCESSING');
		await untilStatus('SETTLED');
		expect([statusOf('A'), statusOf('B')]).toEqual(['SETTLED', 'VOID']);
	});

	it('forgets the step that was to come when a command moves it elsewhere', async () => {
		scene.sandbox.options.lifeCycle = [{ status: 'SETTLED', afterMs: 300 }];
		await scene.createOrder('ORDER-1');
		scene.sandbox.advance('VOID');
		await scene.createOrder('ORDER-2');
		await untilStatus('SETTLED');
		expect([statusOf(), statusOf('INSTRUCTION-1', 'ORDER-2')]).toEqual(['VOID', 'SETTLED']);
	});

	it('ends with a reset, and begins anew for the same references made again', async () => {
		scene.sandbox.options.lifeCycle = [{ status: 'SETTLED', afterMs: 30 }];
		await scene.createOrder();
		scene.sandbox.reset();
		scene.sandbox.options.lifeCycle = [{ status: 'FAILED', afterMs: 60 }];
		await (await scene.signInAgain()).createOrder();
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

describe('the life of an instruction by command', () => {
	beforeEach(async () => {
		await scene.createOrder('ORDER-1', ['A', 'B']);
		await scene.createOrder('ORDER-2', ['A']);
	});

	it.each<[object, number, string[]]>([
		[{}, 3, ['LATE', 'LATE', 'LATE']],
		[{ orderRef: 'ORDER-1' }, 2, ['LATE', 'LATE', 'READY']],
		[{ instructionRef: 'A' }, 2, ['LATE', 'READY', 'LATE']],
		[{ orderRef: 'ORDER-2', instructionRef: 'A' }, 1, ['READY', 'READY', 'LATE']],
		[{ orderRef: 'ORDER-9' }, 0, ['READY', 'READY', 'READY']],
	])('advances %j: %d', async (which, count, statuses) => {
		const body = { status: 'LATE', ...which };
		const reply = await scene.admin('POST', '/advance', body);
		expect([reply.status, reply.body]).toEqual([200, { advanced: count }]);
		const now = scene.sandbox.store.orders.flatMap((order) => order.instructions);
		expect(now.map(({ status }) => status)).toEqual(statuses);
		expect(scene.webhooks.events).toHaveLength(3 + count);
	});

	it('gives the reason of a failure', async () => {
		const body = { status: 'FAILED', errorCode: 'CLOSED', reason: 'Account closed' };
		await scene.admin('POST', '/advance', body);
		expect(scene.webhooks.events.at(-1)).toMatchObject({ failureReason: 'Account closed' });
		expect(scene.sandbox.store.instruction('ORDER-2', 'A')?.failure?.errorCode).toBe('CLOSED');
	});

	it('is refused without a status', async () => {
		expect((await scene.admin('POST', '/advance', {})).status).toBe(400);
	});
});
