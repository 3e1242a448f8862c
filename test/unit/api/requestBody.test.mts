import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeBody } from '../../../nodes/Imburse/api/requestBody.ts';
import { valueOf, violationsOf } from '../validation/outcome.mts';

describe('encodeBody as JSON', () => {
	it('writes nested bodies, with amounts as the text they are', () => {
		const body = { orderRef: 'A', instructions: [{ amount: '210.10' }], metadata: { a: 'ä€' } };
		expect(valueOf(encodeBody(body, 'json'))).toEqual({
			contentType: 'application/json',
			text: '{"orderRef":"A","instructions":[{"amount":"210.10"}],"metadata":{"a":"ä€"}}',
		});
	});
});

describe('encodeBody form-encoded', () => {
	it('writes flat fields and metadata', () => {
		const body = { orderRef: 'CLAIM-17', metadata: { claim: 'a b&c=d', 'ü[x]': '€' } };
		const { contentType, text } = valueOf(encodeBody(body, 'form'));
		expect(contentType).toBe('application/x-www-form-urlencoded');
		expect(text).toBe(
			'orderRef=CLAIM-17&metadata%5Bclaim%5D=a+b%26c%3Dd&metadata%5B%C3%BC%5Bx%5D%5D=%E2%82%AC',
		);
	});

	it('writes nothing for empty metadata', () => {
		expect(valueOf(encodeBody({ orderRef: 'A', metadata: {} }, 'form')).text).toBe('orderRef=A');
	});

	it('loses nothing of any metadata', () => {
		const text = fc.string({ unit: 'grapheme' });
		fc.assert(
			fc.property(text, fc.dictionary(text, text), (orderRef, metadata) => {
				const written = valueOf(encodeBody({ orderRef, metadata }, 'form')).text;
				expect([...new URLSearchParams(written)]).toEqual([
					['orderRef', orderRef],
					...Object.entries(metadata).map(([key, value]) => [`metadata[${key}]`, value]),
				]);
			}),
		);
	});

	it.each([
		['instructions', [{ amount: '1.00' }], 'Instructions'],
		['instructions', [], 'Instructions'],
		['customerDefaults', { C: {} }, 'Customer Defaults'],
		['bankAccount', {}, 'bankAccount'],
	])('refuses nested %s before anything is sent', (name, value, field) => {
		expect(violationsOf(encodeBody({ orderRef: 'A', [name]: value }, 'form'))).toEqual([
			{
				field,
				reason: expect.stringContaining('form-encoded') as unknown,
				fix: 'Set Body Format to JSON in the Imburse credential.',
			},
		]);
	});

	it('names all that is nested', () => {
		const body = { instructions: [], customerDefaults: {} };
		expect(violationsOf(encodeBody(body, 'form'))).toHaveLength(2);
	});
});
