import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, instruction, ImburseClient } from './client.mts';

const claimPath = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1/claim-reward';
const instructionPath = '/v2/order-management/ORDER-1/instruction/INSTRUCTION-1';
const rewardId = 'REWARD-COFFEE-10';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
	await client.post('/v1/order-management', {
		orderRef: 'ORDER-1',
		instructions: [instruction(client.sandbox, { amount: '10.00' })],
	});
});
afterEach(() => client.sandbox.stop());

/** Claims the reward. Returns the path in the `location` of the response. */
async function claim(): Promise<string> {
	const reply = await client.post(claimPath, { rewardId });
	expect([reply.status, reply.text]).toEqual([202, '']);
	const location = new URL(String(reply.headers.location));
	expect(location.origin).toBe(client.sandbox.url);
	return location.pathname;
}

describe('claim reward', () => {
	it('answers 202 with an absolute location of the documented form', async () => {
		expect(await claim()).toMatch(
			/^\/v1\/customer-vault\/CUSTOMER-1\/reward\/[\da-f-]{36}\/transaction\/[\da-f-]{36}$/,
		);
	});

	it('sets the instruction to PROCESSING and begins a transaction', async () => {
		const path = await claim();
		const { body } = await client.get(instructionPath);
		expect(body).toMatchObject({ status: 'PROCESSING', transaction: { status: 'PROCESSING' } });
		const { transaction } = body as { transaction: { transactionId: string } };
		expect(path.endsWith(transaction.transactionId)).toBe(true);
	});

	it('settles after the number of reads in the options, and only then shows the code', async () => {
		client.sandbox.options.rewardSettlingReads = 2;
		const path = await claim();
		const replies = [await client.get(path), await client.get(path), await client.get(path)];
		expect(replies.map((reply) => (reply.body as { status: string }).status)).toEqual([
			'SETTLING',
			'SETTLING',
			'SETTLED',
		]);
		expect(replies[1]?.body).toMatchObject({ data: { credentialList: [] } });
		expect(replies[2]?.body).toEqual({
			status: 'SETTLED',
			data: {
				credentialList: [
					{
						label: expect.any(String),
						value: expect.stringMatching(/^FAKE-CODE-/),
						rewardType: expect.any(String),
						credentialType: expect.any(String),
					},
				],
				redemptionInstructions: expect.any(String),
			},
		});
		expect((await client.get(instructionPath)).body).toMatchObject({ status: 'SETTLED' });
	});

	it('shows FAILED when the instruction failed', async () => {
		const path = await claim();
		client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'FAILED');
		expect((await client.get(path)).body).toMatchObject({
			status: 'FAILED',
			data: { credentialList: [] },
		});
	});

	it('refuses a second claim and keeps the one transaction', async () => {
		await claim();
		const before = client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')?.transaction;
		const id = before?.transactionId;
		const reply = await client.post(claimPath, { rewardId });
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['REWARD_CANNOT_BE_CLAIMED']);
		const after = client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')?.transaction;
		expect(after?.transactionId).toBe(id);
	});

	it.each([
		[{}, 'REWARD_ID_IS_REQUIRED'],
		[{ rewardId: '' }, 'REWARD_ID_IS_REQUIRED'],
		[{ rewardId: 5 }, 'REWARD_ID_IS_REQUIRED'],
		[{ rewardId: 'REWARD-NONE' }, 'REWARD_ID_NOT_RECOGNISED'],
		[{ rewardId: 'REWARD-CINEMA-OLD' }, 'REWARD_ID_NOT_RECOGNISED'],
	])('refuses %j', async (body, code) => {
		const reply = await client.post(claimPath, body);
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual([code]);
		expect((await client.get(instructionPath)).body).toMatchObject({ status: 'READY' });
	});

	it('refuses an instruction that collects', async () => {
		const schemeId = client.sandbox.options.schemeIds.collect;
		await client.post(
			'/v1/order-management/ORDER-1/instruction',
			instruction(client.sandbox, { instructionRef: 'DEBIT-1', direction: 'DEBIT', schemeId }),
		);
		const reply = await client.post(claimPath.replace('INSTRUCTION-1', 'DEBIT-1'), { rewardId });
		expect(codesOf(reply)).toEqual(['REWARD_CANNOT_BE_CLAIMED']);
	});

	it('requires the instruction', async () => {
		const reply = await client.post(claimPath.replace('INSTRUCTION-1', 'I-9'), { rewardId });
		expect(codesOf(reply)).toEqual(['INSTRUCTION_NOT_FOUND']);
	});

	it('does not exist under v2', async () => {
		const reply = await client.post(claimPath.replace('/v1/', '/v2/'), { rewardId });
		expect(reply.status).toBe(404);
	});
});

describe('the reward transaction', () => {
	it('is found only under its own references', async () => {
		const path = await claim();
		const foreign = [
			path.replace('CUSTOMER-1', 'CUSTOMER-2'),
			path.replace(/.$/, 'x'),
			path.replace(/reward\/./, 'reward/x'),
		];
		for (const other of foreign) {
			expect(codesOf(await client.get(other))).toEqual(['REWARD_TRANSACTION_NOT_FOUND']);
		}
	});

	it('is not found when the instruction was paid in another way', async () => {
		client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'PROCESSING');
		const kept = client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')?.transaction;
		const path = `/v1/customer-vault/CUSTOMER-1/reward/${kept?.financialInstrumentId}/transaction/${kept?.transactionId}`;
		expect(codesOf(await client.get(path))).toEqual(['REWARD_TRANSACTION_NOT_FOUND']);
	});
});

describe('the deprecated reward endpoints of v2', () => {
	it.each(['authorize', 'claim'])('answer 410 to %s', async (action) => {
		const reply = await client.post(`/v2/customer-vault/CUSTOMER-1/reward/${action}`, {});
		expect(reply.status).toBe(410);
		expect(codesOf(reply)).toEqual(['ENDPOINT_DEPRECATED']);
	});
});
