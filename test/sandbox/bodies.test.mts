import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, instruction, ImburseClient } from './client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

function post(path: string, contentType: string | undefined, body: string) {
	return client.call('POST', path, { body, headers: { 'Content-Type': contentType } });
}

describe('form-encoded bodies', () => {
	const form = 'application/x-www-form-urlencoded';

	it('create an order with metadata', async () => {
		const body = 'orderRef=ORDER-1&metadata[claim]=17&metadata%5Bfull+name%5D=Zo%C3%AB+%26+Co';
		const reply = await post('/v1/order-management', `${form}; charset=utf-8`, body);
		expect(reply.status).toBe(201);
		expect(client.sandbox.store.order('ORDER-1')).toMatchObject({
			metadata: { claim: '17', 'full name': 'Zoë & Co' },
		});
	});

	it('create an instruction and keep every digit of its amount', async () => {
		await client.post('/v1/order-management', { orderRef: 'ORDER-1' });
		const fields = instruction(client.sandbox, { metadata: undefined, amount: '0.10' });
		const flat = Object.entries(fields).filter(([, value]) => value !== undefined);
		const body = new URLSearchParams(Object.fromEntries(flat) as Record<string, string>);
		body.set('metadata[__proto__]', 'x');
		const path = '/v1/order-management/ORDER-1/instruction';
		expect((await post(path, form, body.toString())).status).toBe(201);
		const kept = client.sandbox.store.instruction('ORDER-1', 'INSTRUCTION-1');
		expect(kept?.amount).toBe('0.10');
		expect(Object.entries(kept?.metadata ?? {})).toEqual([['__proto__', 'x']]);
	});

	it('replace the metadata of an order as flat fields', async () => {
		await client.post('/v1/order-management', { orderRef: 'ORDER-1', metadata: { a: '1' } });
		const headers = { 'Content-Type': form };
		const path = '/v1/order-management/ORDER-1/metadata';
		expect((await client.call('PUT', path, { body: 'b=2', headers })).status).toBe(204);
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({ b: '2' });
	});

	it('keep brackets inside a metadata key', async () => {
		await post('/v1/order-management', form, 'orderRef=ORDER-1&metadata[a[b]]=c');
		expect(client.sandbox.store.order('ORDER-1')?.metadata).toEqual({ 'a[b]': 'c' });
	});

	it('follow the same rules as JSON', async () => {
		const reply = await post('/v1/order-management', form, 'orderRef=A%20B&metadata[]=x');
		expect(codesOf(reply)).toEqual([
			'ORDER_REF_CONTAINS_INVALID_CHARACTERS',
			'METADATA_KEY_SIZE_OUT_OF_RANGE',
		]);
	});

	it.each(['instructions[0][instructionRef]=I-1', 'customerDefaults[C][schemeId]=x'])(
		'are refused with nested fields: %s',
		async (nested) => {
			const reply = await post('/v1/order-management', form, `orderRef=ORDER-1&${nested}`);
			expect(reply.status).toBe(400);
			expect(codesOf(reply)).toEqual(['REQUEST_BODY_NOT_RECOGNISED']);
			expect(client.sandbox.store.orders).toHaveLength(0);
		},
	);
});

describe('JSON bodies', () => {
	it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
		'are accepted as %s',
		async (contentType) => {
			const reply = await post('/v1/order-management', contentType, '{"orderRef":"ORDER-1"}');
			expect(reply.status).toBe(201);
		},
	);

	it.each([
		['cut off', '{"orderRef":'],
		['a list', '[]'],
		['null', 'null'],
		['a text', '"ORDER-1"'],
		['a form', 'orderRef=ORDER-1'],
	])('are refused when they are %s', async (_case, body) => {
		const reply = await post('/v1/order-management', 'application/json', body);
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['REQUEST_BODY_NOT_RECOGNISED']);
	});
});

describe('other bodies', () => {
	it('are refused when the content type is unknown', async () => {
		const reply = await post('/v1/order-management', 'text/xml', '<orderRef>ORDER-1</orderRef>');
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['REQUEST_BODY_NOT_RECOGNISED']);
	});

	it('are required', async () => {
		const reply = await client.call('POST', '/v1/order-management');
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(['REQUEST_BODY_IS_REQUIRED']);
	});

	it('are refused when they are larger than 16 MiB', async () => {
		const reply = await post('/v1/order-management', 'application/json', ' '.repeat(17_000_000));
		expect(reply.status).toBe(413);
		expect(codesOf(reply)).toEqual(['REQUEST_BODY_NOT_RECOGNISED']);
	});
});
