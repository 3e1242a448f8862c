import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseResponseBody } from '../../../nodes/Imburse/api/responseBody.ts';

describe('readBody', () => {
	it.each(['', ' ', '\r\n', '\uFEFF'])('calls %j empty', (text) => {
		expect(parseResponseBody(text)).toEqual({ kind: 'empty' });
	});

	it.each([
		['{"a":1}', { a: 1 }],
		['\uFEFF {"a":1}\n', { a: 1 }],
		['[]', []],
		['null', null],
		['0', 0],
		['"text"', 'text'],
		['['.repeat(10) + ']'.repeat(10), [[[[[[[[[[]]]]]]]]]]],
	])('reads %j as JSON', (text, value) => {
		expect(parseResponseBody(text)).toEqual({ kind: 'json', value });
	});

	it.each([
		['<html><body>Sign in</body></html>', 'a web page'],
		['\n  <!DOCTYPE html>', 'a web page'],
		['{"accessToken":"ab', 'cut-off JSON'],
		['[{"a":1},', 'cut-off JSON'],
		['Bad gateway', 'text'],
		['OK', 'text'],
		['['.repeat(102) + ']'.repeat(102), 'bottomless JSON'],
		[`${'{"a":'.repeat(101)}[]${'}'.repeat(101)}`, 'bottomless JSON'],
	])('says what %j looks like', (text, looksLike) => {
		expect(parseResponseBody(text)).toEqual({ kind: 'unreadable', looksLike });
	});

	it('reads whatever JSON holds, and never throws', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				expect(parseResponseBody(text)).toEqual({
					kind: 'json',
					value: JSON.parse(text) as unknown,
				});
			}),
		);
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(['json', 'empty', 'unreadable']).toContain(parseResponseBody(text).kind);
			}),
		);
	});
});
