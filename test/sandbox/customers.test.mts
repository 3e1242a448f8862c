import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, instruction, ImburseClient } from './client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

const newCustomer = {
	customerRef: 'CUSTOMER-9',
	status: 'ACTIVE',
	metadata: {},
	financialInstruments: [],
};

describe('get customer', () => {
	it('under v1 does not find a customer that no order has named', async () => {
		const reply = await client.get('/v1/customer-vault/CUSTOMER-9');
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['CUSTOMER_NOT_FOUND']);
		expect(client.sandbox.store.customers).toHaveLength(0);
	});

	it('under v2 creates the customer', async () => {
		const reply = await client.get('/v2/customer-vault/CUSTOMER-9');
		expect(reply.status).toBe(200);
		expect(reply.body).toEqual(newCustomer);
		expect(client.sandbox.store.customer('CUSTOMER-9')).toBeDefined();
		expect((await client.get('/v1/customer-vault/CUSTOMER-9')).body).toEqual(newCustomer);
	});

	it('checks the reference, so that v2 creates no invalid customer', async () => {
		const reply = await client.get('/v2/customer-vault/A%20B');
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['CUSTOMER_REF_CONTAINS_INVALID_CHARACTERS']);
		expect(client.sandbox.store.customers).toHaveLength(0);
	});
});

describe('a customer of orders', () => {
	const financialInstrumentId = '99999999-0000-4000-8000-000000000009';

	beforeEach(async () => {
		await client.post('/v1/order-management', {
			orderRef: 'ORDER-1',
			customerDefaults: { 'CUSTOMER-2': {} },
			instructions: [
				instruction(client.sandbox, { financialInstrumentId }),
				instruction(client.sandbox, { instructionRef: 'I-2', financialInstrumentId }),
			],
		});
	});

	it.each(['v1', 'v2'])('has each financial instrument once, %s', async (version) => {
		const reply = await client.get(`/${version}/customer-vault/CUSTOMER-1`);
		expect(reply.body).toMatchObject({
			customerRef: 'CUSTOMER-1',
			financialInstruments: [{ financialInstrumentId }],
		});
	});

	it('exists when only the customer defaults name it', async () => {
		const reply = await client.get('/v1/customer-vault/CUSTOMER-2');
		expect(reply.body).toMatchObject({ customerRef: 'CUSTOMER-2', financialInstruments: [] });
	});

	it('has a wallet', async () => {
		const reply = await client.get('/v1/customer-vault/CUSTOMER-1/wallet');
		expect(reply.status).toBe(200);
		expect(reply.body).toMatchObject({ financialInstruments: [{ financialInstrumentId }] });
		expect((await client.get('/v2/customer-vault/CUSTOMER-1/wallet')).status).toBe(404);
		expect(codesOf(await client.get('/v1/customer-vault/CUSTOMER-9/wallet'))).toEqual([
			'CUSTOMER_NOT_FOUND',
		]);
	});
});

describe.each(['v1', 'v2'])('update customer metadata, %s', (version) => {
	const path = `/${version}/customer-vault/CUSTOMER-9`;

	it('answers 202 and replaces the old metadata', async () => {
		await client.get('/v2/customer-vault/CUSTOMER-9');
		await client.put(path, { metadata: { a: '1', b: '2' } });
		const reply = await client.put(path, { metadata: { b: '3' } });
		expect([reply.status, reply.text]).toEqual([202, '']);
		expect((await client.get(path)).body).toMatchObject({ metadata: { b: '3' } });
		expect(client.sandbox.store.customer('CUSTOMER-9')?.metadata).toEqual({ b: '3' });
	});

	it('requires the customer', async () => {
		const reply = await client.put(path, { metadata: { a: '1' } });
		expect(codesOf(reply)).toEqual(['CUSTOMER_NOT_FOUND']);
	});

	it.each([
		[{}, 'METADATA_FORMAT_NOT_RECOGNISED'],
		[{ metadata: null }, 'METADATA_FORMAT_NOT_RECOGNISED'],
		[{ metadata: { a: 1 } }, 'METADATA_FORMAT_NOT_RECOGNISED'],
		[{ metadata: { '': 'x' } }, 'METADATA_KEY_SIZE_OUT_OF_RANGE'],
	])('refuses %j and keeps the old metadata', async (body, code) => {
		await client.get('/v2/customer-vault/CUSTOMER-9');
		await client.put(path, { metadata: { a: '1' } });
		const reply = await client.put(path, body);
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual([code]);
		expect(client.sandbox.store.customer('CUSTOMER-9')?.metadata).toEqual({ a: '1' });
	});
});
