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
		[' {"a" : "1" , "b":[{"a":"d"},{"a":"e"}],"c":{"a":1}}\n', []],
		[
			'{"a":1,"b":2,"a":3,"a":4}',
			[
				['a', 1, 14],
				['a', 1, 20],
			],
		],
		['{"\\u0061":"1","a":"2"}', [['a', 1, 15]]],
		['[{"amount":1,\n "amo\\u0075nt":2}]', [['amount', 2, 2]]],
		['{"__proto__":"1","":"2","__proto__":3}', [['__proto__', 1, 25]]],
		['{"toString":1,"":2,"":3}', [['', 1, 20]]],
		['[[{"b":{"a":1,"a":2}}]]', [['a', 1, 15]]],
		[
			'{"a":{"b":1},"a":{"b":1,"b":2}}',
			[
				['a', 1, 14],
				['b', 1, 25],
			],
		],
		['"a"', []],
	] as Array<[string, Array<[string, number, number]>]>)(
		'finds the keys of %p that come again',
		(text, repeated) => {
			expect(parseJson(text)).toEqual({
				repeated: repeated.map(([key, line, column]) => ({ key, line, column })),
			});
		},
	);

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

	it('finds each key that comes again, and only those, however deep', () => {
		const written = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'A', '__proto__', ''), fc.json()));
		fc.assert(
			fc.property(written, fc.nat(5), (pairs, depth) => {
				const members = pairs.map(([key, json]) => `${JSON.stringify(key)}:${json}`);
				const object = `{${members.join(',')}}`;
				const text = `${'[{"x":'.repeat(depth)}${object}${'}]'.repeat(depth)}`;
				const keys = pairs.map(([key]) => key);
				expect(parseJson(text).repeated?.map(({ key }) => key)).toEqual(
					keys.filter((key, index) => keys.indexOf(key) < index),
				);
			}),
		);
	});

	it('reads a very long and a very deep text', () => {
		const long = JSON.stringify({ a: '\\"x'.repeat(1_000_000) });
		expect(parseJson(long)).toEqual({ repeated: [] });
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		expect(parseJson(deep)).toEqual({ repeated: [] });
	});
});

describe('parseJsonField', () => {
	const parse = (input: unknown) => parseJsonField(input, 'Instructions (JSON)', 'Write it.');

	it('reads a text, once', () => {
		expect(parse('{"a":"1"}')).toEqual(valid({ a: '1' }));
		expect(parse('"[]"')).toEqual(valid('[]'));
	});

	it.each(['', ' \n'])('does not take %j for JSON', (text) => {
		expect(parse(text).ok).toBe(false);
	});

	it('refuses each key that comes again, with its place', () => {
		const error = (key: string, place: string) => ({
			field: 'Instructions (JSON)',
			reason: `the key "${key}" comes again at ${place}`,
			fix: 'Keep one of them: only the last one would count. If it comes from data between quotes, put the data in with JSON.stringify().',
		});
		expect(parse('[{"amount": "10.00",\n"amount": "9999.00", "b": {"c": 1, "c": 2}}]')).toEqual({
			ok: false,
			errors: [error('amount', 'line 2, character 1'), error('c', 'line 2, character 36')],
		});
	});

	it.each([[['a']], [{ a: 1 }], [12], [null], [undefined]])(
		'takes %j from an expression as it is',
		(value) => {
			expect(parse(value)).toEqual(valid(value));
		},
	);

	it.each([
		...['[object Object] ', '\n[object Object]', '[object Object],[object Object]\n'],
		...['[[object Object]]', '{"p": [object Object]}'],
	])('says of %j that an object stands beside other text', (text) => {
		expect(parse(text)).toEqual({
			ok: false,
			errors: [
				{
					field: 'Instructions (JSON)',
					reason:
						'an expression that gives a list or an object stands beside other text, which makes "[object Object]" of it',
					fix: 'Remove the space or line break around it, or write {{ JSON.stringify(...) }}.',
				},
			],
		});
	});

	it('takes "[object Object]" between quotes for a text', () => {
		expect(parse('["[object Object]"]')).toEqual(valid(['[object Object]']));
		expect(parse('["[object Object]",]')).toMatchObject({
			errors: [{ reason: expect.stringContaining('there is "]" where a value belongs') }],
		});
	});

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
