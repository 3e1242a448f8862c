import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { runInNewContext } from 'node:vm';
import {
	parseMetadataEntries,
	parseMetadataFields,
	parseMetadataJson,
	parseMetadataObject,
	parseMetadataPairs,
} from '../../../nodes/Imburse/validation/metadata.ts';
import { reasonsOf, valueOf, errorsOf } from './outcome.mts';

const FIELD = 'Metadata';

/** Keys that mean something to JavaScript, and ordinary ones. */
const keys = fc.oneof(
	fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '0'),
	fc.string({ minLength: 1, maxLength: 20 }).filter((key) => key.trim() !== ''),
);
const pairs = fc.uniqueArray(fc.tuple(keys, fc.string({ maxLength: 40 })), {
	selector: ([key]) => key,
	maxLength: 50,
});

function entriesOf(list: ReadonlyArray<readonly [string, unknown]>) {
	return list.map(([key, value]) => ({ key, value }));
}

function jsonOf(list: ReadonlyArray<readonly [string, unknown]>) {
	return `{${list.map((pair) => pair.map((part) => JSON.stringify(part)).join(':')).join(',')}}`;
}

describe('metadata from any source', () => {
	it('is sent as it was given, whatever the keys are called', () => {
		fc.assert(
			fc.property(pairs, (list) => {
				const json = jsonOf(list);
				const item: unknown = JSON.parse(json);
				const names = list.map(([key]) => key);
				for (const result of [
					parseMetadataEntries(entriesOf(list), FIELD),
					parseMetadataJson(json, FIELD),
					parseMetadataJson(item, FIELD),
					parseMetadataFields(item as object, names, FIELD),
				]) {
					const sent: unknown = JSON.parse(JSON.stringify(valueOf(result)));
					expect(Object.entries(sent as object).sort()).toEqual([...list].sort());
				}
			}),
		);
	});

	it('is refused or sent, but never throws', () => {
		const anything = fc.anything({ withDate: true, withMap: true, withNullPrototype: true });
		fc.assert(
			fc.property(anything, (value) => {
				expect(typeof parseMetadataJson(value, FIELD).ok).toBe('boolean');
				const result = parseMetadataEntries([{ key: 'a', value }], FIELD);
				if (typeof value === 'string') expect(result.ok).toBe(true);
				if (typeof value === 'object') expect(result.ok).toBe(false);
				if (result.ok) expect(typeof result.value.a).toBe('string');
			}),
		);
	});
});

describe('parseMetadataEntries', () => {
	it('takes no lines as no metadata', () => {
		expect(valueOf(parseMetadataEntries([], FIELD))).toEqual({});
	});

	it('reads pairs and the fields of an item in the same way', () => {
		const written = { whole: '12', text: '0012' };
		const item = { whole: 12, text: '0012', other: 'x' };
		expect(
			valueOf(
				parseMetadataPairs(
					[
						['whole', 12],
						['text', '0012'],
					],
					FIELD,
				),
			),
		).toEqual(written);
		expect(valueOf(parseMetadataFields(item, ['whole', 'text'], FIELD))).toEqual(written);
	});

	it('writes numbers and yes/no values as text', () => {
		const entries = entriesOf([
			['whole', 12],
			['decimal', 12.5],
			['yes', true],
			['text', '0012'],
		]);
		expect(valueOf(parseMetadataEntries([...entries, { key: 7, value: '' }], FIELD))).toEqual({
			whole: '12',
			decimal: '12.5',
			yes: 'true',
			text: '0012',
			'7': '',
		});
	});

	it.each([
		[undefined, 'there is no value', /check that this item has it/],
		[null, 'there is no value', /check that this item has it/],
		[{ a: 1 }, 'an object is not a text', /Map a field that holds a text/],
		[['a'], 'a list is not a text', /join/],
		[new Date(0), 'a date is not a text', /toISOString/],
		[
			0.1 + 0.2,
			'0.30000000000000004 is not a text',
			/^Its digits are not exact: turn it into text where it is made, for example with \.toFixed\(2\)\.$/,
		],
		[
			1e21,
			'1e+21 is not a text',
			/^Its digits are not exact: turn it into text where it is made, for example with \.toFixed\(2\)\.$/,
		],
	])('refuses the value %p', (value, reason, fix) => {
		expect(errorsOf(parseMetadataEntries([{ key: 'claim', value }], FIELD))).toEqual([
			{ field: 'Metadata > claim', reason, fix: expect.stringMatching(fix) },
		]);
	});

	it('names a line without a key by its number', () => {
		const entries = [{ key: 'a', value: '1' }, { value: '2' }, { key: {}, value: undefined }];
		expect(reasonsOf(parseMetadataEntries(entries, FIELD))).toEqual([
			'Metadata > 3: there is no value',
			'Metadata > 2: the key is empty',
			'Metadata > 3: the key is empty',
		]);
	});

	it('refuses a repeated key', () => {
		const entries = entriesOf([
			['a', '1'],
			['a', '1'],
		]);
		expect(reasonsOf(parseMetadataEntries(entries, FIELD))).toEqual([
			'Metadata > a: the key is there 2 times',
		]);
	});
});

describe('a date in metadata', () => {
	const JS =
		'Turn the date into text: add .toISOString(), or .toISOString().slice(0, 10) for the day in UTC.';
	const LUXON =
		"Turn the date into text: add .toISO(), or .toFormat('yyyy-MM-dd') for the day alone.";

	it.each([
		[new Date(0), JS],
		[runInNewContext('new Date(0)') as unknown, JS],
		[DateTime.fromISO('2026-11-30'), LUXON],
	])('is refused with the function that makes a text of it: %p', (value, fix) => {
		const all = [
			parseMetadataEntries([{ key: 'due', value }], FIELD),
			parseMetadataFields({ due: value }, ['due'], FIELD),
			parseMetadataJson({ due: value }, FIELD),
		];
		for (const result of all) expect(errorsOf(result)).toMatchObject([{ fix }]);
	});

	it('is told from a list, which has a function of its own', () => {
		expect(errorsOf(parseMetadataEntries([{ key: 'a', value: ['x'] }], FIELD))).toMatchObject([
			{ fix: 'Turn it into text, for example with .join(", ").' },
		]);
	});
});

describe('parseMetadataFields', () => {
	it('takes only what was chosen', () => {
		expect(valueOf(parseMetadataFields({ a: '1', b: 2, c: {} }, ['b', 'a'], FIELD))).toEqual({
			a: '1',
			b: '2',
		});
	});

	it('refuses a field that the item does not have itself', () => {
		expect(errorsOf(parseMetadataFields({}, ['toString'], FIELD))).toEqual([
			{
				field: 'Metadata > toString',
				reason: 'there is no value',
				fix: 'Map a field that holds a text, and check that this item has it under exactly this name.',
			},
		]);
	});

	it('refuses a field that was chosen twice', () => {
		expect(reasonsOf(parseMetadataFields({ a: '1' }, ['a', 'a'], FIELD))).toEqual([
			'Metadata > a: the key is there 2 times',
		]);
	});
});

describe('parseMetadataJson', () => {
	it.each([[''], [' \n'], ['{}'], [{}]])('takes %p as no metadata', (json) => {
		expect(valueOf(parseMetadataJson(json, FIELD))).toEqual({});
	});

	it.each([
		['{"a":"1","a":"2"}', 'Metadata: the key "a" comes again at line 1, character 10'],
		['{"a":"1",\n"\\u0061":"1"}', 'Metadata: the key "a" comes again at line 2, character 1'],
		['{"":"1"}', 'Metadata > 1: the key is empty'],
	])('refuses the keys of %p', (json, reason) => {
		expect(reasonsOf(parseMetadataJson(json, FIELD))).toEqual([reason]);
	});

	it.each([
		[12, '12 is not a text', 'Put it in double quotes: "12".'],
		[false, 'false is not a text', 'Put it in double quotes: "false".'],
		[null, 'there is no value', 'Give the key a text in double quotes, or leave the key out.'],
		[
			{ b: '1' },
			'an object is not a text',
			'Imburse takes metadata without levels: give each part a key and a text of its own.',
		],
		[
			['1'],
			'a list is not a text',
			'Imburse takes metadata without levels: give each part a key and a text of its own.',
		],
	])('refuses the value %p, as a text and as an object', (value, reason, fix) => {
		for (const json of [{ a: value }, JSON.stringify({ a: value })]) {
			expect(errorsOf(parseMetadataJson(json, FIELD))).toEqual([
				{ field: 'Metadata > a', reason, fix },
			]);
		}
	});

	it('refuses an undefined value, which only an object can hold', () => {
		expect(reasonsOf(parseMetadataJson({ a: undefined }, FIELD))).toEqual([
			'Metadata > a: there is no value',
		]);
	});

	it.each([
		[undefined, 'there is no value'],
		[null, 'there is no value'],
		['null', 'there is no value'],
		['[]', 'a list is not a JSON object'],
		[[], 'a list is not a JSON object'],
		['"a"', '"a" is not a JSON object'],
		[12, '12 is not a JSON object'],
		[new Date(0), 'a date is not a JSON object'],
	])('refuses %p', (json, reason) => {
		expect(reasonsOf(parseMetadataJson(json, FIELD))).toEqual([`${FIELD}: ${reason}`]);
	});

	it.each([undefined, null, 'null'])('says of %p what to write in place of nothing', (json) => {
		expect(errorsOf(parseMetadataJson(json, FIELD)).map(({ fix }) => fix)).toEqual([
			'Check the expression, or write {} where there is to be no metadata.',
		]);
	});

	const AS_JSON = 'Write it like {"claimNumber": "CLM-17"}, or give the metadata as fields.';
	it.each([
		[
			'{\n  “a”: "1"}',
			'line 2, character 3: there is "“" where a key in double quotes or "}" belongs',
			'Use straight double quotes (") around keys and values.',
		],
		['{"a": "1"', 'line 1, character 10: the text ends where a comma or "}" belongs', AS_JSON],
		[
			'{"a": "1",}',
			'line 1, character 11: there is "}" where a key in double quotes belongs',
			`Remove the comma before it, or add what is missing there. ${AS_JSON}`,
		],
		[
			'{"a": "1\n2"}',
			'line 1, character 7: there is a double quote where a value belongs',
			`Add what is missing before it; or, where a text begins here, end it with a double quote and take single "\\" and line breaks out of it. ${AS_JSON}`,
		],
		['claim', 'line 1, character 1: there is "c" where a value belongs', AS_JSON],
		[
			'{"a": ]}',
			'line 1, character 7: there is "]" where a value belongs',
			`Remove the comma before it, or add what is missing there. ${AS_JSON}`,
		],
	])('says where the JSON %p breaks off', (json, reason, fix) => {
		expect(errorsOf(parseMetadataJson(json, FIELD))).toEqual([
			{ field: FIELD, reason: `the JSON breaks off at ${reason}`, fix },
		]);
	});

	it('names values that are no text and keys that are no keys together', () => {
		expect(reasonsOf(parseMetadataJson('{"a":1,"":"2"}', FIELD))).toEqual([
			'Metadata > a: 1 is not a text',
			'Metadata > 2: the key is empty',
		]);
	});
});

it.each([undefined, null])('parseMetadataObject does not take %p for no metadata', (json) => {
	expect(errorsOf(parseMetadataObject(json, FIELD))).toEqual([
		{
			field: FIELD,
			reason: 'there is no value',
			fix: 'Check the expression, or write {} where there is to be no metadata.',
		},
	]);
});
