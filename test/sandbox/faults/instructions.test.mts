import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../sandbox/index.mts';
import { codesOf, createOrder, instruction, ImburseClient, type HttpResponse } from '../client.mts';

const orderPath = '/v1/order-management/ORDER-1';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

function read(instructionRef = 'INSTRUCTION-1'): Promise<HttpResponse> {
	return client.get(`${orderPath}/instruction/${instructionRef}`);
}

async function statusesRead(count: number): Promise<unknown[]> {
	const found: unknown[] = [];
	while (found.length < count) {
		const reply = await read();
		found.push(reply.status === 200 ? (reply.body as { status: string }).status : reply.status);
	}
	return found;
}

async function instructionsOfOrder(): Promise<string[]> {
	const { body } = await client.get(orderPath);
	const { instructions } = body as { instructions: Array<{ instructionRef: string }> };
	return instructions.map((one) => one.instructionRef);
}

function createTwo(): Promise<HttpResponse> {
	const instructions = ['FIRST', 'SECOND'].map((instructionRef) =>
		instruction(client.sandbox, { instructionRef }),
	);
	return client.post('/v1/order-management', { orderRef: 'ORDER-1', instructions });
}

describe('an instruction that is missing', () => {
	it('is accepted, but never created', async () => {
		client.sandbox.setFaults([{ kind: 'instructionMissing' }]);
		expect((await createOrder(client)).status).toBe(202);
		expect(client.sandbox.counts).toMatchObject({ orders: 1, instructions: 0 });
		expect(client.sandbox.requests.at(-1)?.faults).toEqual([{ kind: 'instructionMissing' }]);
		const reply = await read();
		expect([reply.status, codesOf(reply)]).toEqual([400, ['INSTRUCTION_NOT_FOUND']]);
		expect(await instructionsOfOrder()).toEqual([]);
	});

	it('is the named one only', async () => {
		client.sandbox.setFaults([{ kind: 'instructionMissing', instructionRef: 'FIRST' }]);
		await createTwo();
		expect(await instructionsOfOrder()).toEqual(['SECOND']);
	});

	it('is created by the request, not one from before', async () => {
		await createOrder(client);
		client.sandbox.setFaults([{ kind: 'instructionMissing' }]);
		const added = instruction(client.sandbox, { instructionRef: 'ADDED' });
		expect((await client.post(`${orderPath}/instruction`, added)).status).toBe(201);
		expect((await createOrder(client)).status).toBe(400);
		expect(await instructionsOfOrder()).toEqual(['INSTRUCTION-1']);
	});

	it('is in one order only when the fault has a reference', async () => {
		client.sandbox.setFaults([{ kind: 'instructionMissing', reference: 'ORDER-2' }]);
		await createOrder(client, 'ORDER-1');
		await createOrder(client, 'ORDER-2');
		expect(client.sandbox.store.orders.map((one) => one.instructions.length)).toEqual([1, 0]);
	});
});

describe('an instruction that is late', () => {
	it('is not found by the first reads', async () => {
		client.sandbox.setFaults([{ kind: 'instructionLate', after: { reads: 2 } }]);
		await createOrder(client);
		expect(await statusesRead(4)).toEqual([400, 400, 'READY', 'READY']);
	});

	it('is not found for a time', async () => {
		client.sandbox.setFaults([{ kind: 'instructionLate', after: { ms: 60_000 } }]);
		await createOrder(client);
		expect(await statusesRead(1)).toEqual([400]);
		client.sandbox.options.clockOffsetSeconds += 60;
		expect(await statusesRead(1)).toEqual(['READY']);
	});

	it('is missing in its order too, and a read of the order counts', async () => {
		client.sandbox.setFaults([{ kind: 'instructionLate', after: { reads: 2 } }]);
		await createOrder(client);
		expect(await instructionsOfOrder()).toEqual([]);
		expect(await statusesRead(1)).toEqual([400]);
		expect(await instructionsOfOrder()).toEqual(['INSTRUCTION-1']);
	});

	it('exists in the store and for a second create', async () => {
		client.sandbox.setFaults([{ kind: 'instructionLate', after: { reads: 9 } }]);
		await createOrder(client);
		expect(client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')).toBeDefined();
		const again = await client.post(`${orderPath}/instruction`, instruction(client.sandbox));
		expect(codesOf(again)).toEqual(['INSTRUCTION_ALREADY_EXISTS']);
	});
});

describe('an instruction that fails later', () => {
	const fault: Fault = {
		kind: 'instructionFails',
		after: { reads: 1 },
		errorCode: 'ACCOUNT_CLOSED',
		reason: 'The account is closed.',
	};

	it('changes its status when it is read, and has the reason', async () => {
		client.sandbox.setFaults([fault]);
		await createOrder(client);
		expect(await statusesRead(2)).toEqual(['READY', 'FAILED']);
		const { body } = await client.get('/v2/order-management/ORDER-1/instruction/INSTRUCTION-1');
		expect(body).toMatchObject({
			status: 'FAILED',
			failed: { errorCode: 'ACCOUNT_CLOSED', reason: 'The account is closed.' },
		});
		expect(client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')?.status).toBe('FAILED');
	});

	it('fails only once, so that a later status stays', async () => {
		client.sandbox.setFaults([{ ...fault, status: 'VOID', after: { reads: 0 } }]);
		await createOrder(client);
		expect(await statusesRead(1)).toEqual(['VOID']);
		client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'SETTLED');
		expect(await statusesRead(1)).toEqual(['SETTLED']);
	});

	it('fails after a time', async () => {
		client.sandbox.setFaults([{ ...fault, after: { ms: 5000 } }]);
		await createOrder(client);
		expect(await statusesRead(1)).toEqual(['READY']);
		client.sandbox.options.clockOffsetSeconds += 5;
		expect(await statusesRead(1)).toEqual(['FAILED']);
	});

	it('can be late too, after a lost response', async () => {
		client.sandbox.setFaults([
			{ kind: 'instructionLate', after: { reads: 1 } },
			fault,
			{ kind: 'reset', at: 'afterWrite', route: 'createOrder' },
		]);
		await expect(createOrder(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(await statusesRead(2)).toEqual([400, 'FAILED']);
	});
});
