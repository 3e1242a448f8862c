import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	isBlank,
	itemField,
	parseFieldNames,
} from '../../../nodes/Imburse/validation/itemFields.ts';
import { errorsOf, valueOf } from './outcome.mts';

const FIELD = 'Fields';

describe('parseFieldNames', () => {
	it.each<[unknown, string[]]>([
		[undefined, []],
		[null, []],
		['', []],
		[' , ,', []],
		['claim', ['claim']],
		['claim, policy ,branch', ['claim', 'policy', 'branch']],
		['"Claim, number", policy', ['Claim, number', 'policy']],
		['"due ",  "" , "a ""b"""', ['due ', '', 'a "b"']],
		['a.b, claim number', ['a.b', 'claim number']],
		['size 5", b', ['size 5"', 'b']],
		["['Claim, no'], ['it\\'s, x'] , policy", ["['Claim, no']", "['it\\'s, x']", 'policy']],
		["['a, b", ["['a", 'b']],
		["['a'] b, c", ["['a'] b", 'c']],
		[
			['Claim, number', 'due ', ''],
			['Claim, number', 'due ', ''],
		],
		[[], []],
	])('reads %j', (value, names) => {
		expect(valueOf(parseFieldNames(value, FIELD))).toEqual(names);
	});

	it.each([
		['"claim', '"""claim" has a double quote that does not end a name'],
		['a, "b" c', '"a, "b" c" has a double quote that does not end a name'],
		[12, '12 is not a text with names of fields'],
		[{}, 'an object is not a text with names of fields'],
		[['a', 1], 'a list is not a text with names of fields'],
	])('refuses %j', (value, reason) => {
		const fix =
			'Separate the names with commas. Put one with a comma in it in double quotes, or let an expression give a list of texts.';
		const expected = reason.replace('"""claim"', '""claim"');
		expect(errorsOf(parseFieldNames(value, FIELD))).toEqual([
			{ field: FIELD, reason: expected, fix },
		]);
	});

	it('reads any names that stand in quotes', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'binary' })), (names) => {
				const text = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
				expect(valueOf(parseFieldNames(text, FIELD))).toEqual(names);
			}),
		);
	});

	it('comes to an end with any text', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('"', ',', ' ', 'a', '.') }), (text) => {
				const result = parseFieldNames(text, FIELD);
				if (result.ok) for (const name of result.value) expect(text).toContain(name[0] ?? '"');
			}),
		);
	});
});

describe('itemField', () => {
	const item = {
		a: { b: 'inside', c: null },
		'a.c': 'own',
		list: ['x'],
		'': 'empty',
		n: undefined,
	};

	it.each<[string, unknown]>([
		['a.b', 'inside'],
		['a.c', 'own'],
		['', 'empty'],
		['n', undefined],
		['a', item.a],
	])('finds %p', (name, value) => {
		expect(itemField(item, name)).toEqual({ value });
	});

	it.each(['b', 'a.x', 'a.b.c', 'toString', 'a.toString', 'list.0', '__proto__', 'A'])(
		'finds no %p',
		(name) => {
			expect(itemField(item, name)).toBeUndefined();
		},
	);
});

describe('isBlank', () => {
	it.each([[undefined], [null], [''], [' \n\u00a0']])('takes %p for nothing', (value) => {
		expect(isBlank(value)).toBe(true);
	});

	it.each([[0], [false], [[]], [{}], ['-'], [NaN]])('takes %p for something', (value) => {
		expect(isBlank(value)).toBe(false);
	});
});
