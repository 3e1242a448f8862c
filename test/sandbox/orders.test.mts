import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, instruction, ImburseClient } from './client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

describe.each(['v1', 'v2'])('create order, %s', (version) => {
	const path = `/${version}/order-management`;

	it('answers 201 without a body to an order without instructions', async () => {
		const reply = await client.post(path, { orderRef: 'ORDER-1' });
		expect([reply.status, reply.text]).toEqual([201, '']);
		expect(client.sandbox.store.orders).toEqual([
			{ orderRef: 'ORDER-1', metadata: {}, customerDefaults: {}, instructions: [] },
		]);
	});

	it('answers 201 to an empty list of instructions', async () => {
		expect((await client.post(path, { orderRef: 'ORDER-1', instructions: [] })).status).toBe(201);
	});

	it('answers 202 to an order with instructions, and creates them', async () => {
		const instructions = [
			instruction(client.sandbox),
			instruction(client.sandbox, { instructionRef: 'INSTRUCTION-2' }),
		];
		const reply = await client.post(path, { orderRef: 'ORDER-1', instructions });
		expect([reply.status, reply.text]).toEqual([202, '']);
		const kept = client.sandbox.store.order('ORDER-1')?.instructions;
		expect(kept?.map((one) => [one.instructionRef, one.status])).toEqual([
			['INSTRUCTION-1', 'READY'],
			['INSTRUCTION-2', 'READY'],
		]);
	});

	it('tolerates a trailing slash', async () => {
		expect((await client.post(`${path}/`, { orderRef: 'ORDER-1' })).status).toBe(201);
	});

	it('answers 400 ORDER_ALREADY_EXISTS to the same reference, and keeps the first order', async () => {
		await client.post(path, { orderRef: 'ORDER-1', metadata: { first: 'yes' } });
		const reply = await client.post(path, { orderRef: 'ORDER-1', metadata: { first: 'no' } });
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['ORDER_ALREADY_EXISTS']);
		expect(client.sandbox.store.orders).toHaveLength(1);
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({ first: 'yes' });
	});

	it('distinguishes small and capital letters in references', async () => {
		await client.post(path, { orderRef: 'order-1' });
		expect((await client.post(path, { orderRef: 'ORDER-1' })).status).toBe(201);
	});

	it('refuses the whole order when one instruction is invalid, with every error', async () => {
		const instructions = [
			instruction(client.sandbox),
			instruction(client.sandbox, { instructionRef: 'I-2', customerRef: undefined, amount: '0' }),
		];
		const reply = await client.post(path, { orderRef: 'ORDER 1', instructions });
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual([
			'ORDER_REF_CONTAINS_INVALID_CHARACTERS',
			'CUSTOMER_REF_IS_REQUIRED',
			'AMOUNT_OUT_OF_RANGE',
		]);
		expect(client.sandbox.store.orders).toHaveLength(0);
	});

	it('refuses a repeated instruction reference', async () => {
		const instructions = [instruction(client.sandbox), instruction(client.sandbox)];
		const reply = await client.post(path, { orderRef: 'ORDER-1', instructions });
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['INSTRUCTION_ALREADY_EXISTS']);
	});

	it.each([
		['a text', 'none'],
		['an object', {}],
		['a list of texts', ['I-1']],
		['a list with null', [null]],
	])('refuses instructions that are %s', async (_case, instructions) => {
		const reply = await client.post(path, { orderRef: 'ORDER-1', instructions });
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['INSTRUCTIONS_FORMAT_NOT_RECOGNISED']);
	});

	it('answers with the order when the option says so', async () => {
		client.sandbox.options.createResponse = 'model';
		const reply = await client.post(path, { orderRef: 'ORDER-1', metadata: { a: 'b' } });
		expect(reply.body).toMatchObject({ orderRef: 'ORDER-1', metadata: { a: 'b' } });
	});
});

describe.each(['v1', 'v2'])('get order, %s', (version) => {
	const path = `/${version}/order-management`;

	it('answers with the order model', async () => {
		const { collect } = client.sandbox.options.schemeIds;
		await client.post(path, {
			orderRef: 'ORDER-1',
			metadata: { claim: '17' },
			customerDefaults: { 'CUSTOMER-1': { schemeId: collect, metadata: { town: 'Cork' } } },
			instructions: [instruction(client.sandbox)],
		});
		const reply = await client.get(`${path}/ORDER-1`);
		expect(reply.status).toBe(200);
		expect(reply.headers['content-type']).toMatch(/^application\/json/);
		expect(reply.body).toEqual({
			orderRef: 'ORDER-1',
			metadata: { claim: '17' },
			customerDefaults: {
				'CUSTOMER-1': {
					financialInstrument: { financialInstrumentId: null, source: 'NONE' },
					scheme: { schemeId: collect, source: 'MANUALLY_SET' },
					metadata: { town: 'Cork' },
				},
			},
			instructions: [expect.objectContaining({ amount: 210, customerRef: 'CUSTOMER-1' })],
		});
	});

	it.each(['a.b', '..a', 'A_b-9', '__proto__', 'constructor'])(
		'finds an order called %s',
		async (orderRef) => {
			await client.post(path, { orderRef });
			expect((await client.get(`${path}/${orderRef}/`)).body).toMatchObject({ orderRef });
		},
	);

	it.each([400, 404] as const)('answers %d when it is not found', async (status) => {
		client.sandbox.options.notFoundStatus = status;
		const reply = await client.get(`${path}/ORDER-1`);
		expect(reply.status).toBe(status);
		expect(codesOf(reply)).toEqual(['ORDER_NOT_FOUND']);
	});

	it.each([
		['a%20b', 'ORDER_REF_CONTAINS_INVALID_CHARACTERS'],
		['a%2Fb', 'ORDER_REF_CONTAINS_INVALID_CHARACTERS'],
		['x'.repeat(51), 'ORDER_REF_LENGTH_OUT_OF_RANGE'],
		['x'.repeat(500), 'ORDER_REF_LENGTH_OUT_OF_RANGE'],
	])('checks the reference in the path: %s', async (orderRef, code) => {
		const reply = await client.get(`${path}/${orderRef}`);
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual([code]);
	});
});

describe.each(['v1', 'v2'])('order metadata, %s', (version) => {
	const path = `/${version}/order-management/ORDER-1/metadata`;

	beforeEach(async () => {
		await client.post('/v1/order-management', {
			orderRef: 'ORDER-1',
			metadata: { a: '1', b: '2' },
		});
	});

	it('is replaced by PUT, not merged', async () => {
		const reply = await client.put(path, { b: '3' });
		expect([reply.status, reply.text]).toEqual([204, '']);
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({ b: '3' });
	});

	it('has the same limits for PUT', async () => {
		const reply = await client.put(path, { ['k'.repeat(41)]: 'v' });
		expect(codesOf(reply)).toEqual(['METADATA_KEY_SIZE_OUT_OF_RANGE']);
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({ a: '1', b: '2' });
	});

	it('is not emptied by a PUT without a body', async () => {
		const reply = await client.call('PUT', path);
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['REQUEST_BODY_IS_REQUIRED']);
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({ a: '1', b: '2' });
	});

	it('is removed by DELETE', async () => {
		const reply = await client.call('DELETE', path);
		expect([reply.status, reply.text]).toEqual([204, '']);
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({});
	});

	it('requires the order', async () => {
		const other = path.replace('ORDER-1', 'ORDER-2');
		expect(codesOf(await client.put(other, { a: '1' }))).toEqual(['ORDER_NOT_FOUND']);
		expect(codesOf(await client.call('DELETE', other))).toEqual(['ORDER_NOT_FOUND']);
	});
});
