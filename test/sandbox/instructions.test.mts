import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, instruction, ImburseClient } from './client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start({ createResponse: 'model' });
	await client.post('/v1/order-management', { orderRef: 'ORDER-1' });
});
afterEach(() => client.sandbox.stop());

const instrumentId = '99999999-0000-4000-8000-000000000009';

describe('the instruction model', () => {
	it('under v1 is that of 2019', async () => {
		const sent = instruction(client.sandbox, {
			financialInstrumentId: instrumentId,
			metadata: { invoice: '7' },
		});
		const reply = await client.post('/v1/order-management/ORDER-1/instruction', sent);
		expect(reply.status).toBe(201);
		expect(reply.body).toEqual({
			instructionRef: 'INSTRUCTION-1',
			direction: 'CREDIT',
			status: 'READY',
			customerRef: 'CUSTOMER-1',
			financialInstrument: {
				financialInstrumentId: instrumentId,
				source: 'MANUALLY_SET',
				canUpdate: true,
			},
			amount: 210,
			currency: 'EUR',
			country: 'IE',
			settledByDate: '2030-12-31T00:00:00.000Z',
			scheme: {
				schemeId: client.sandbox.options.schemeIds.payout,
				source: 'MANUALLY_SET',
				canUpdate: true,
			},
			metadata: { invoice: '7' },
		});
	});

	it('under v2 has the documented fields, with its reference only in the link', async () => {
		const reply = await client.post(
			'/v2/order-management/ORDER-1/instruction',
			instruction(client.sandbox),
		);
		expect(reply.status).toBe(201);
		expect(reply.body).toEqual({
			_links: {
				self: { href: '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1' },
				financialInstruments: [],
				transactions: [],
			},
			created: expect.any(Number),
			lastUpdated: expect.any(Number),
			direction: 'CREDIT',
			status: 'READY',
			customerRef: 'CUSTOMER-1',
			amount: 210,
			currency: 'EUR',
			country: 'IE',
			settledByDate: '2030-12-31',
			forecastedSettlementDate: null,
			actualSettlementDate: null,
			executionTimestamp: null,
			financialInstrument: { financialInstrumentId: null, source: 'NONE', canUpdate: true },
			scheme: {
				schemeId: client.sandbox.options.schemeIds.payout,
				source: 'MANUALLY_SET',
				canUpdate: true,
			},
			metadata: {},
			transaction: null,
			failed: null,
			cancelled: null,
		});
	});

	it.each([
		'210.00',
		'0.10',
		'1',
		'210.012',
		'9007199254740993.07',
		'0.1000000000000000055511151231257827',
	])('writes the amount %s as a number with exactly these digits', async (amount) => {
		const path = '/v1/order-management/ORDER-1/instruction';
		const created = await client.post(path, instruction(client.sandbox, { amount }));
		const read = await client.get(`${path}/INSTRUCTION-1`);
		const order = await client.get('/v2/order-management/ORDER-1');
		for (const { text } of [created, read, order]) {
			expect(text).toContain(`"amount":${amount},"currency"`);
		}
		expect(client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')?.amount).toBe(amount);
	});
});

describe.each(['v1', 'v2'])('create instruction, %s', (version) => {
	const path = `/${version}/order-management/ORDER-1/instruction`;

	it('answers without a body unless the option says otherwise', async () => {
		client.sandbox.options.createResponse = 'empty';
		const reply = await client.post(path, instruction(client.sandbox));
		expect([reply.status, reply.text]).toEqual([201, '']);
	});

	it('answers 400 to the reference of an instruction that was cancelled', async () => {
		await client.post(path, instruction(client.sandbox));
		const cancel = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1/cancel';
		await client.post(cancel, { reason: 'Paid twice' });
		const reply = await client.post(path, instruction(client.sandbox));
		expect([reply.status, ...codesOf(reply)]).toEqual([400, 'INSTRUCTION_CANCELLED']);
	});

	it('answers 400 to a reference that the order already has', async () => {
		await client.post(path, instruction(client.sandbox));
		const reply = await client.post(path, instruction(client.sandbox, { amount: '5.00' }));
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['INSTRUCTION_ALREADY_EXISTS']);
		expect(client.sandbox.store.order('ORDER-1')?.instructions).toMatchObject([
			{ amount: '210.00' },
		]);
	});

	it('accepts the same reference in another order', async () => {
		await client.post('/v1/order-management', { orderRef: 'ORDER-2' });
		await client.post(path, instruction(client.sandbox));
		const other = path.replace('ORDER-1', 'ORDER-2');
		expect((await client.post(other, instruction(client.sandbox))).status).toBe(201);
	});

	it('requires the order', async () => {
		const other = path.replace('ORDER-1', 'ORDER-2');
		const reply = await client.post(other, instruction(client.sandbox));
		expect(codesOf(reply)).toEqual(['ORDER_NOT_FOUND']);
	});

	it('is INCOMPLETE while no scheme is known', async () => {
		await client.post(path, instruction(client.sandbox, { schemeId: undefined }));
		const reply = await client.get(`${path}/INSTRUCTION-1`);
		expect(reply.body).toMatchObject({
			status: 'INCOMPLETE',
			scheme: { schemeId: null, source: 'NONE', canUpdate: true },
		});
	});
});

describe('customer defaults', () => {
	async function createWithDefaults(changed: Record<string, unknown>) {
		const { payout } = client.sandbox.options.schemeIds;
		await client.post('/v1/order-management', {
			orderRef: 'ORDER-2',
			customerDefaults: {
				'CUSTOMER-1': {
					schemeId: payout,
					financialInstrumentId: instrumentId,
					metadata: { town: 'Cork', kind: 'default' },
				},
			},
			instructions: [instruction(client.sandbox, changed)],
		});
		return client.get('/v1/order-management/ORDER-2/instruction/INSTRUCTION-1');
	}

	it('fill the fields that the instruction leaves out; in the metadata its own keys win', async () => {
		const reply = await createWithDefaults({ schemeId: undefined, metadata: { kind: 'own' } });
		expect(reply.body).toMatchObject({
			status: 'READY',
			scheme: {
				schemeId: client.sandbox.options.schemeIds.payout,
				source: 'CUSTOMER_DEFAULT',
			},
			financialInstrument: {
				financialInstrumentId: instrumentId,
				source: 'CUSTOMER_DEFAULT',
			},
			metadata: { town: 'Cork', kind: 'own' },
		});
	});

	it('do not apply to another customer', async () => {
		const reply = await createWithDefaults({ schemeId: undefined, customerRef: 'CUSTOMER-2' });
		expect(reply.body).toMatchObject({ status: 'INCOMPLETE', metadata: {} });
	});

	it('lose against the fields of the instruction', async () => {
		const own = instrumentId.replace(/9$/, '8');
		const reply = await createWithDefaults({ financialInstrumentId: own });
		expect(reply.body).toMatchObject({
			financialInstrument: { financialInstrumentId: own, source: 'MANUALLY_SET' },
		});
	});

	it.each([
		[['CUSTOMER-1'], ['CUSTOMER_DEFAULTS_FORMAT_NOT_RECOGNISED']],
		[{ 'CUSTOMER-1': 'x' }, ['CUSTOMER_DEFAULTS_FORMAT_NOT_RECOGNISED']],
		[{ 'A B': {} }, ['CUSTOMER_REF_CONTAINS_INVALID_CHARACTERS']],
		[{ 'CUSTOMER-1': { schemeId: 'X' } }, ['SCHEME_ID_NOT_RECOGNISED']],
		[{ 'CUSTOMER-1': { metadata: { '': 'x' } } }, ['METADATA_KEY_SIZE_OUT_OF_RANGE']],
	])('are refused as %j', async (customerDefaults, codes) => {
		const reply = await client.post('/v1/order-management', {
			orderRef: 'ORDER-2',
			customerDefaults,
		});
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(codes);
	});
});

describe.each(['v1', 'v2'])('get instruction, %s', (version) => {
	const path = `/${version}/order-management`;

	it.each([400, 404] as const)('answers %d when it is not found', async (status) => {
		client.sandbox.options.notFoundStatus = status;
		const noInstruction = await client.get(`${path}/ORDER-1/instruction/I-1`);
		const noOrder = await client.get(`${path}/ORDER-2/instruction/I-1`);
		expect([noInstruction.status, ...codesOf(noInstruction)]).toEqual([
			status,
			'INSTRUCTION_NOT_FOUND',
		]);
		expect([noOrder.status, ...codesOf(noOrder)]).toEqual([status, 'ORDER_NOT_FOUND']);
	});

	it('checks the reference in the path', async () => {
		const reply = await client.get(`${path}/ORDER-1/instruction/${'x'.repeat(51)}`);
		expect(codesOf(reply)).toEqual(['INSTRUCTION_REF_LENGTH_OUT_OF_RANGE']);
	});
});

describe.each(['v1', 'v2'])('update instruction, %s', (version) => {
	const path = `/${version}/order-management/ORDER-1/instruction/INSTRUCTION-1`;

	beforeEach(async () => {
		await client.post(
			'/v1/order-management/ORDER-1/instruction',
			instruction(client.sandbox, { schemeId: undefined, metadata: { a: '1' } }),
		);
	});

	it('replaces the whole instruction, which is READY once it is complete', async () => {
		const sent = instruction(client.sandbox, { amount: '99.90', metadata: { b: '2' } });
		const reply = await client.put(path, sent);
		expect(reply.status).toBe(200);
		expect(reply.body).toMatchObject({ status: 'READY', amount: 99.9, metadata: { b: '2' } });
		expect(client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1')).toMatchObject({
			amount: '99.90',
			metadata: { b: '2' },
		});
	});

	it('takes the reference from the path', async () => {
		const sent = instruction(client.sandbox, { instructionRef: undefined });
		expect((await client.put(path, sent)).status).toBe(200);
	});

	it('refuses a different reference in the body', async () => {
		const reply = await client.put(path, instruction(client.sandbox, { instructionRef: 'I-2' }));
		expect(codesOf(reply)).toEqual(['INSTRUCTION_REF_MISMATCH']);
	});

	it('checks every field as on a create', async () => {
		const reply = await client.put(path, { amount: '1.00' });
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual([
			'DIRECTION_IS_REQUIRED',
			'CUSTOMER_REF_IS_REQUIRED',
			'CURRENCY_IS_REQUIRED',
			'COUNTRY_IS_REQUIRED',
		]);
	});

	it.each(['PROCESSING', 'SETTLED', 'LATE', 'FAILED', 'VOID'])(
		'refuses an instruction that is %s',
		async (status) => {
			client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', status);
			const reply = await client.put(path, instruction(client.sandbox));
			expect(reply.status).toBe(400);
			expect(codesOf(reply)).toEqual(['INSTRUCTION_CANNOT_BE_UPDATED']);
		},
	);

	it('requires the instruction', async () => {
		const other = path.replace('INSTRUCTION-1', 'I-2');
		const sent = instruction(client.sandbox, { instructionRef: 'I-2' });
		expect(codesOf(await client.put(other, sent))).toEqual(['INSTRUCTION_NOT_FOUND']);
	});
});

describe('cancel instruction', () => {
	const read = '/v2/order-management/ORDER-1/instruction/INSTRUCTION-1';
	const path = '/v1/order-management/ORDER-1/instruction/INSTRUCTION-1/cancel';
	const reason = 'Paid twice';

	beforeEach(async () => {
		await client.post('/v1/order-management/ORDER-1/instruction', instruction(client.sandbox));
	});

	it('answers 202 without a body, and the instruction is VOID with the reason', async () => {
		const reply = await client.post(path, { reason });
		expect([reply.status, reply.text]).toEqual([202, '']);
		expect((await client.get(read)).body).toMatchObject({
			status: 'VOID',
			cancelled: { cancelledTimestamp: expect.any(Number), identity: expect.any(String), reason },
		});
	});

	it('can take a few reads, and end in another status', async () => {
		Object.assign(client.sandbox.options, { cancelAfterReads: 2, cancelledStatus: 'CANCELLED' });
		await client.post(path, { reason });
		const statuses = [];
		for (let count = 0; count < 3; count++) {
			statuses.push(((await client.get(read)).body as { status: string }).status);
		}
		expect(statuses).toEqual(['READY', 'READY', 'CANCELLED']);
	});

	it.each([{}, { reason: '' }, { reason: 7 }])('is refused with %j', async (body) => {
		const reply = await client.post(path, body);
		expect([reply.status, ...codesOf(reply)]).toEqual([400, 'REASON_IS_REQUIRED']);
	});

	it.each(['PROCESSING', 'SETTLED', 'LATE', 'FAILED', 'VOID'])(
		'is refused for an instruction that is %s',
		async (status) => {
			client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', status);
			const reply = await client.post(path, { reason });
			expect([reply.status, ...codesOf(reply)]).toEqual([400, 'INSTRUCTION_CANNOT_BE_CANCELLED']);
			expect((await client.get(read)).body).toMatchObject({ status, cancelled: null });
		},
	);

	it('is refused the second time', async () => {
		await client.post(path, { reason });
		expect(codesOf(await client.post(path, { reason }))).toEqual(['INSTRUCTION_CANCELLED']);
	});

	it('requires the instruction, and is there under v1 alone', async () => {
		const other = path.replace('INSTRUCTION-1', 'I-2');
		expect(codesOf(await client.post(other, { reason }))).toEqual(['INSTRUCTION_NOT_FOUND']);
		expect((await client.post(path.replace('v1', 'v2'), { reason })).status).toBe(404);
	});
});

describe('the status of an instruction', () => {
	const path = '/v2/order-management/ORDER-1/instruction/INSTRUCTION-1';

	beforeEach(async () => {
		await client.post('/v1/order-management/ORDER-1/instruction', instruction(client.sandbox));
	});

	it('comes with one transaction from PROCESSING on', async () => {
		client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'PROCESSING');
		const processing = (await client.get(path)).body as { transaction: object };
		client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'SETTLED');
		const settled = (await client.get(path)).body as typeof processing;
		expect(processing).toMatchObject({
			status: 'PROCESSING',
			scheme: { canUpdate: false },
			financialInstrument: { source: 'SYSTEM_GENERATED', canUpdate: false },
			transaction: { status: 'PROCESSING', amount: 210, netAmount: 210, refunds: [] },
		});
		const { transactionId } = processing.transaction as { transactionId: string };
		expect(settled).toMatchObject({
			status: 'SETTLED',
			transaction: { transactionId, status: 'COMPLETED' },
			_links: {
				transactions: [{ href: expect.stringContaining(`/transaction/${transactionId}`) }],
			},
		});
	});

	it('comes with the reason of a failure', async () => {
		client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'FAILED', {
			errorCode: 'ACCOUNT_CLOSED',
			reason: 'The account is closed',
		});
		expect((await client.get(path)).body).toMatchObject({
			status: 'FAILED',
			failed: {
				errorCode: 'ACCOUNT_CLOSED',
				reason: 'The account is closed',
				failedTimestamp: expect.any(Number),
			},
		});
	});

	it('can be one that is not documented', async () => {
		client.sandbox.setInstructionStatus('ORDER-1', 'INSTRUCTION-1', 'ON_HOLD');
		expect((await client.get(path)).body).toMatchObject({ status: 'ON_HOLD' });
	});

	it('cannot be set when there is no such instruction', () => {
		expect(() => client.sandbox.setInstructionStatus('ORDER-1', 'I-9', 'SETTLED')).toThrow(
			'There is no instruction I-9 in ORDER-1.',
		);
	});
});
