import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson, parseJsonField } from '../../../nodes/Imburse/validation/parseJson.ts';
import { valid } from '../../../nodes/Imburse/validation/result.ts';

function parses(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

describe('parseJson', () => {
	it.each([
		['{}', []],
		[' {"a" : "1" , "b":[{"c":"d"},"e"],"a":null}\n', ['a', 'b', 'a']],
		['{"\\u0061":"1","a":"2"}', ['a', 'a']],
		['{"__proto__":"1","":"2"}', ['__proto__', '']],
		['[{"a":1}]', []],
		['"a"', []],
	])('reads the keys of %p', (text, keys) => {
		expect(parseJson(text)).toEqual({ keys });
	});

	it.each([
		['', 1, 1, 'a value', undefined],
		['{', 1, 2, 'a key in double quotes or "}"', undefined],
		['{"a" "1"}', 1, 6, 'a colon', '"'],
		['{"a":}', 1, 6, 'a value', '}'],
		['{"a":[', 1, 7, 'a value or "]"', undefined],
		['{"a":["1",]}', 1, 11, 'a value', ']'],
		['{"a":["1" "2"]}', 1, 11, 'a comma or "]"', '"'],
		['{\n\t"a": "1",\n}', 3, 1, 'a key in double quotes', '}'],
		['{"a": "1"\r\n"b": "2"}', 2, 1, 'a comma or "}"', '"'],
		['{"😀": \'1\'}', 1, 7, 'a value', "'"],
		['{"a":"1', 1, 6, 'a value', '"'],
		['{"a":"\\x"}', 1, 6, 'a value', '"'],
		['{"a":"\\u00g0"}', 1, 6, 'a value', '"'],
		['{"a":"1\n2"}', 1, 6, 'a value', '"'],
		['{}}', 1, 3, 'the end', '}'],
		['{]', 1, 2, 'a key in double quotes or "}"', ']'],
	])('finds the mistake in %p', (text, line, column, expected, found) => {
		expect(parseJson(text)).toEqual({ error: { line, column, expected, found } });
	});

	it('finds right just what JSON.parse finds right', () => {
		const tokens = fc
			.array(
				fc.constantFrom(
					...['{', '}', '[', ']', ':', ',', '"a"', '"\\n"', '"\\', '"', ' ', '\n', '\t', '\u00a0'],
					...['0', '-1', '01', '1.', '.5', '1e5', '1E-2', '-', 'true', 'null', 'nul', '\\u00e9'],
				),
				{ maxLength: 12 },
			)
			.map((parts) => parts.join(''));
		const damaged = fc
			.tuple(fc.json(), fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }), fc.nat(2))
			.map(([json, place, put, drop]) => {
				const at = place % (json.length + 1);
				return json.slice(0, at) + put + json.slice(at + drop);
			});
		fc.assert(
			fc.property(fc.oneof(fc.json(), tokens, damaged, fc.string()), (text) => {
				expect(parseJson(text).error === undefined).toBe(parses(text));
			}),
			{ numRuns: 5000 },
		);
	});

	it('sees every key as often as it was written, in its order', () => {
		const written = fc.array(fc.tuple(fc.string(), fc.json()));
		fc.assert(
			fc.property(written, (pairs) => {
				const members = pairs.map(([key, json]) => `${JSON.stringify(key)}:${json}`);
				expect(parseJson(`{${members.join(',')}}`)).toEqual({ keys: pairs.map(([key]) => key) });
			}),
		);
	});

	it('reads a very long and a very deep text', () => {
		const long = JSON.stringify({ a: '\\"x'.repeat(1_000_000) });
		expect(parseJson(long)).toEqual({ keys: ['a'] });
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		expect(parseJson(deep)).toEqual({ keys: [] });
	});
});

describe('parseJsonField', () => {
	const parse = (input: unknown) => parseJsonField(input, 'Instructions (JSON)', '[]', 'Write it.');

	it('reads a text, and knows its keys', () => {
		expect(parse('{"a":"1","a":"2"}')).toEqual(valid({ json: { a: '2' }, keys: ['a', 'a'] }));
	});

	it.each(['', ' \n'])('takes %j for the JSON of an empty field', (text) => {
		expect(parse(text)).toEqual(valid({ json: [], keys: [] }));
	});

	it.each([[['a']], [{ a: 1 }], [12], [null], [undefined]])(
		'takes %j from an expression as it is',
		(value) => {
			expect(parse(value)).toEqual(valid({ json: value }));
		},
	);

	it('names line and character of a mistake, and how to write it', () => {
		expect(parse('[\n{"a"}]')).toEqual({
			ok: false,
			errors: [
				{
					field: 'Instructions (JSON)',
					reason: 'the JSON breaks off at line 2, character 5: there is "}" where a colon belongs',
					fix: 'Remove the comma before it, or add what is missing there. Write it.',
				},
			],
		});
	});
});
