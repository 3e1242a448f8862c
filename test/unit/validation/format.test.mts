import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	fieldPath,
	formatText,
	formatValue,
	joinSome,
	joinWithAnd,
	splitList,
	writeOutInvisible,
} from '../../../nodes/Imburse/validation/format.ts';

describe('formatValue', () => {
	it.each([
		['CLM-17', '"CLM-17"'],
		['', '""'],
		['a\nb\tc\u202e\ud800', '"a\\nb\\tc\\u{202E}\\u{D800}"'],
		['a\u3164b\ufe00', '"a\\u{3164}b\\u{FE00}"'],
		['x'.repeat(40), `"${'x'.repeat(40)}"`],
		['😀'.repeat(41), `"${'😀'.repeat(40)}…"`],
		['card 4111 1111 1111 1111', '"card **** **** **** 1111"'],
		[12.5, '12.5'],
		[false, 'false'],
		[undefined, 'nothing'],
		[null, 'nothing'],
		[[1], 'a list'],
		[{ a: 1 }, 'an object'],
		[new Date(0), 'a date'],
	])('shows %p', (value, shown) => {
		expect(formatValue(value)).toBe(shown);
	});

	it('masks before it cuts, so that no part of a card number slips through', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 60 }), (length) => {
				const shown = formatValue('x'.repeat(length) + ' 4111 1111 1111 1111');
				expect(shown).not.toMatch(/4|1111 1/);
			}),
		);
	});

	it('keeps any text on one line', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
				expect(formatValue(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
				expect([...formatValue(text)].length).toBeLessThanOrEqual(43 + 40 * 9);
			}),
		);
	});
});

it.each([
	['a', 'a'],
	['a\n\u200bb', 'a\\n\\u{200B}b'],
	['card 4111 1111 1111 1111', 'card **** **** **** 1111'],
	['x'.repeat(41), `${'x'.repeat(40)}…`],
])('formatText shows %p without quotes', (text, shown) => {
	expect(formatText(text)).toBe(shown);
});

it('writeOutInvisible keeps everything else of a text, whatever its length', () => {
	const long = 'x'.repeat(300);
	expect(writeOutInvisible(`${long}\u202e\t`)).toBe(`${long}\\u{202E}\\t`);
});

describe('fieldPath', () => {
	it('names a part of a field, masked like everything that is shown', () => {
		expect(fieldPath('Metadata', 'claimNumber')).toBe('Metadata > claimNumber');
		expect(fieldPath('', 'claimNumber')).toBe('claimNumber');
		expect(fieldPath('Metadata', '4111111111111111')).toBe('Metadata > **** **** **** 1111');
	});
});

describe('joinWithAnd', () => {
	it.each([
		[[], ''],
		[['a'], 'a'],
		[['a', 'b'], 'a and b'],
		[['a', 'b', 'c'], 'a, b and c'],
	])('joins %p', (names, text) => {
		expect(joinWithAnd(names)).toBe(text);
	});
});

describe('joinSome', () => {
	it.each([
		[[], ''],
		[[1, 2], '#1 and #2'],
		[[1, 2, 3], '#1, #2 and 1 more'],
		[[1, 2, 3, 4], '#1, #2 and 2 more'],
	])('names two of %p at the most, and counts the others', (all, text) => {
		expect(joinSome(all, 2, (one) => `#${one}`)).toBe(text);
	});
});

it.each<[string, string[]]>([
	['', []],
	[' , ,', []],
	['a', ['a']],
	['a,b', ['a', 'b']],
	[' a b ,\n c,,d , ', ['a b', 'c', 'd']],
	['a;b', ['a;b']],
])('splits %j into %j', (text, entries) => {
	expect(splitList(text)).toEqual(entries);
});
