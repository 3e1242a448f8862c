import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeBody } from '../../../nodes/Imburse/api/requestBody.ts';

describe('encodeBody as JSON', () => {
	it('writes nested bodies, with amounts as the text they are', () => {
		const body = { orderRef: 'A', instructions: [{ amount: '210.10' }], metadata: { a: 'ä€' } };
		expect(encodeBody(body, 'json')).toEqual({
			contentType: 'application/json',
			text: '{"orderRef":"A","instructions":[{"amount":"210.10"}],"metadata":{"a":"ä€"}}',
		});
	});
});

describe('encodeBody form-encoded', () => {
	it('writes flat fields and metadata', () => {
		const body = { orderRef: 'CLAIM-17', metadata: { claim: 'a b&c=d', 'ü x': '€' } };
		const { contentType, text } = encodeBody(body, 'form');
		expect(contentType).toBe('application/x-www-form-urlencoded');
		expect(text).toBe(
			'orderRef=CLAIM-17&metadata%5Bclaim%5D=a+b%26c%3Dd&metadata%5B%C3%BC+x%5D=%E2%82%AC',
		);
	});

	it('writes nothing for empty metadata', () => {
		expect(encodeBody({ orderRef: 'A', metadata: {} }, 'form').text).toBe('orderRef=A');
	});

	it('loses nothing of any metadata', () => {
		const text = fc.string({ unit: 'grapheme' });
		const key = text.map((name) => name.replaceAll(/[[\]]/g, ''));
		fc.assert(
			fc.property(text, fc.dictionary(key, text), (orderRef, metadata) => {
				const written = encodeBody({ orderRef, metadata }, 'form').text;
				expect([...new URLSearchParams(written)]).toEqual([
					['orderRef', orderRef],
					...Object.entries(metadata).map(([key, value]) => [`metadata[${key}]`, value]),
				]);
			}),
		);
	});

	it.each([
		['instructions', [{ amount: '1.00' }]],
		['instructions', []],
		['customerDefaults', { C: {} }],
		['bankAccount', {}],
	])('never writes nested %s', (name, value) => {
		expect(() => encodeBody({ orderRef: 'A', [name]: value }, 'form')).toThrow(
			`${name} cannot be form-encoded`,
		);
	});

	it.each(['a[b', 'a]', '[]', 'a[b]'])('never writes the key %p, which would be a level', (key) => {
		for (const body of [{ metadata: { [key]: 'x' } }, { [key]: 'x' }]) {
			expect(() => encodeBody(body, 'form')).toThrow(`${key} cannot be form-encoded`);
		}
		expect(encodeBody({ metadata: { [key]: 'x' } }, 'json').text).toContain(key);
	});
});
