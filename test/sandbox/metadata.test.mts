import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, send, ImburseClient } from './client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

function create(metadata: unknown) {
	return client.post('/v1/order-management', { orderRef: 'ORDER-1', metadata });
}

function keys(count: number): Record<string, string> {
	return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'v']));
}

describe('metadata', () => {
	it.each([
		['50 keys', keys(50)],
		['a key of 40 characters', { ['k'.repeat(40)]: 'v' }],
		['a key of 40 characters beyond the basic plane', { ['😀'.repeat(40)]: 'v' }],
		['a value of 500 characters', { key: 'v'.repeat(500) }],
		['an empty value', { key: '' }],
		['no keys', {}],
	])('is kept with %s', async (_case, metadata) => {
		expect((await create(metadata)).status).toBe(201);
		const reply = await client.get('/v1/order-management/ORDER-1');
		expect(reply.body).toMatchObject({ metadata });
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual(metadata);
	});

	it.each([
		['51 keys', keys(51), 'METADATA_SIZE_OUT_OF_RANGE', { maxKeys: 50 }],
		['an empty key', { '': 'v' }, 'METADATA_KEY_SIZE_OUT_OF_RANGE', { maxKeySize: 40 }],
		[
			'a key of 41 characters',
			{ ['k'.repeat(41)]: 'v' },
			'METADATA_KEY_SIZE_OUT_OF_RANGE',
			{ maxKeySize: 40 },
		],
		[
			'a value of 501 characters',
			{ key: 'v'.repeat(501) },
			'METADATA_VALUE_SIZE_OUT_OF_RANGE',
			{ maxValueSize: 500 },
		],
	])('is refused with %s', async (_case, metadata, errorCode, limits) => {
		const reply = await create(metadata);
		expect(reply.status).toBe(400);
		const limit = Object.values(limits)[0];
		expect(reply.body).toMatchObject({
			errors: [
				{
					errorCode,
					message: expect.stringContaining(` ${limit} `),
					messageTemplate: expect.stringContaining(`{${Object.keys(limits)[0]}}`),
					metadata: limits,
				},
			],
		});
		expect(client.sandbox.store.orders).toHaveLength(0);
	});

	it.each([
		['a list', []],
		['a list of pairs', [{ key: 'a', value: 'b' }]],
		['a text', 'a=b'],
		['a number as a value', { a: 1 }],
		['true as a value', { a: true }],
		['null as a value', { a: null }],
		['an object as a value', { a: { b: 'c' } }],
	])('is refused as %s', async (_case, metadata) => {
		const reply = await create(metadata);
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['METADATA_FORMAT_NOT_RECOGNISED']);
	});

	it('can be limited to 256 characters in a value, as on the newer pages', async () => {
		client.sandbox.options.metadataValueLimit = 256;
		expect(codesOf(await create({ key: 'v'.repeat(257) }))).toEqual([
			'METADATA_VALUE_SIZE_OUT_OF_RANGE',
		]);
		expect((await create({ key: 'v'.repeat(256) })).status).toBe(201);
	});

	it('keeps the last value of a repeated key', async () => {
		await client.post(
			'/v1/order-management',
			'{"orderRef":"ORDER-1","metadata":{"a":"1","a":"2"}}',
		);
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({ a: '2' });
	});

	it('treats __proto__ as a key like any other', async () => {
		const text = '{"__proto__":"x","constructor":"y"}';
		await client.post('/v1/order-management', `{"orderRef":"ORDER-1","metadata":${text}}`);
		const reply = await client.get('/v1/order-management/ORDER-1');
		expect(reply.text).toContain(`"metadata":${text}`);
		const admin = await send(`${client.sandbox.url}/_sandbox/orders`, 'GET');
		expect(admin.text).toContain(`"metadata":${text}`);
	});
});
