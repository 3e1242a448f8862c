import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findWrongFormat, suggestAmount } from '../../../nodes/Imburse/validation/amountFormat.ts';

const SPACES = 'is only spaces';
const NEGATIVE = 'is negative';
const CURRENCY = 'contains a currency, which has a field of its own';
const EDGE = 'begins or ends with a space';
const PLUS = 'begins with a plus sign';
const EXPONENT = 'is written with an exponent, as spreadsheets shorten long numbers';
const NO_DIGIT = 'has no digit before the point';
const POINT = 'ends with a point';
const ZERO = 'begins with a zero that does not count';
const TWO_WAYS = 'can be read in two ways: its comma may separate thousands or decimals';
const COMMA = 'has a comma before the decimals';
const THOUSANDS = 'has separators between thousands';

describe('a mistake in an amount', () => {
	it.each([
		[' ', SPACES, undefined],
		['\t \n', SPACES, undefined],

		['-1', NEGATIVE, undefined],
		['  - 1', NEGATIVE, undefined],
		['-.5', NEGATIVE, undefined],
		['-,5', NEGATIVE, undefined],
		['−1', NEGATIVE, undefined],
		['–1', NEGATIVE, undefined],
		['1-', NEGATIVE, undefined],
		['1 − ', NEGATIVE, undefined],
		['1–', NEGATIVE, undefined],
		['(1)', NEGATIVE, undefined],
		[' (EUR 1.00) ', NEGATIVE, undefined],
		['-1e3', NEGATIVE, undefined],

		['€1', CURRENCY, '1'],
		['1 €', CURRENCY, '1'],
		['$ 1,234.56', CURRENCY, '1234.56'],
		['EUR1', CURRENCY, '1'],
		[' EUR  12.50', CURRENCY, '12.50'],
		['1CHF', CURRENCY, '1'],
		['12.50  GBP ', CURRENCY, '12.50'],

		[' 1', EDGE, '1'],
		['1 ', EDGE, '1'],
		['\u00a01\n', EDGE, '1'],

		['+1', PLUS, '1'],
		['+12.50', PLUS, '12.50'],

		['1e3', EXPONENT, undefined],
		['1E+03', EXPONENT, undefined],
		['2.15e-10', EXPONENT, undefined],
		['2,15E12', EXPONENT, undefined],

		['.5', NO_DIGIT, '0.5'],
		['.05', NO_DIGIT, '0.05'],
		['5.', POINT, '5'],
		['15.', POINT, '15'],
		['05.', POINT, '5'],
		['05', ZERO, '5'],
		['00', ZERO, '0'],
		['0012.50', ZERO, '12.50'],
		['00.50', ZERO, '0.50'],

		['1,234', TWO_WAYS, undefined],
		['12,345', TWO_WAYS, undefined],
		['123,456', TWO_WAYS, undefined],
		['1234,567', COMMA, '1234.567'],
		['1,5', COMMA, '1.5'],
		['1,50', COMMA, '1.50'],
		['1,5000', COMMA, '1.5000'],

		['1,234,567', THOUSANDS, '1234567'],
		// Of no interest where the currency takes three decimals: then it is no mistake.
		['1.234', THOUSANDS, '1234'],
		['1,234.5', THOUSANDS, '1234.5'],
		['123,456.78', THOUSANDS, '123456.78'],
		['1,234,567.89', THOUSANDS, '1234567.89'],
		["1'234", THOUSANDS, '1234'],
		['1’234’567.89', THOUSANDS, '1234567.89'],
		["123'456,78", THOUSANDS, '123456.78'],
		['1 234', THOUSANDS, '1234'],
		['1\u00a0234.5', THOUSANDS, '1234.5'],
		['12\u2009345,67', THOUSANDS, '12345.67'],
		['123\u202f456\u202f789,1', THOUSANDS, '123456789.1'],
		['1.234.567', THOUSANDS, '1234567'],
		['1.234,56', THOUSANDS, '1234.56'],
		['12.345.678,9', THOUSANDS, '12345678.9'],
		['-1'.padStart(60), NEGATIVE, undefined],
	])('%j %s', (text, reason, repaired) => {
		expect(findWrongFormat(text)?.reason).toBe(reason);
		expect(suggestAmount(text)).toBe(repaired);
	});

	it.each([
		'',
		'0',
		'1',
		'12.50',
		'0.05',
		'-',
		'EUR -1',
		'()',
		'(EUR)',
		'- EUR',
		'1-2',
		'1 EUROS',
		'AEUR 1x',
		'1 eur',
		'+',
		'++1',
		'+x1',
		'1+1',
		'e3',
		'1e',
		'1e3.5',
		'x1e3',
		'1e3x',
		'.',
		'.x5',
		'x.5',
		'.5.',
		'x5.',
		'05x',
		'x05',
		'05.x',
		'1,',
		',5',
		'1,2,3',
		'x1,5',
		'1,5x',
		'1,23,456',
		'1234,567,890',
		'1,2345,678',
		"1'23",
		"1'234,567'890",
		'1 234 56',
		'1.234.56',
		'1.234.567,',
		'1,234.',
		'1,234,567.8x',
		'x1.234,56',
		'1.234,56x',
		"1,234'567",
		'1.234 567',
		'1.234.567,8x',
		'abc',
		'-1'.padStart(61),
	])('is not known in %j', (text) => {
		expect(findWrongFormat(text)?.reason).toBeUndefined();
		expect(suggestAmount(text)).toBe(text);
	});

	it.each([
		[' ', 'Map the amount from your data.'],
		['-1', 'Imburse takes amounts greater than zero: Direction says which way the money goes.'],
		[
			'1e3',
			'Show all digits of the column before you export it: the shortened text has lost some.',
		],
		['1,234', undefined],
	])('of %j is mended so', (text, fix) => {
		expect(findWrongFormat(text)?.fix).toBe(fix);
	});

	it('keeps every digit that counts when it is repaired', () => {
		const digits = fc.stringMatching(/^[1-9][0-9]{0,11}$/);
		const decimals = fc.stringMatching(/^[0-9]{0,4}$/);
		const marks = fc.constantFrom(['.', ','], [',', '.'], [' ', ','], ["'", '.'], ['', '.']);
		const around = fc.constantFrom(['', ''], ['€ ', ''], ['', ' EUR'], ['+', ''], [' ', ' ']);
		fc.assert(
			fc.property(digits, decimals, marks, around, (whole, part, [thousands, point], edges) => {
				const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
				const written = part === '' ? grouped : `${grouped}${point}${part}`;
				const repaired = suggestAmount(`${edges[0]}${written}${edges[1]}`);
				if (repaired === undefined || !/^[0-9.]+$/.test(repaired)) return;
				// A single point or comma before three digits may stand for thousands.
				const plain = part === '' ? whole : `${whole}.${part}`;
				if (!/^\d+[.,]\d{3}$/.test(written)) expect(repaired).toBe(plain);
			}),
			{ numRuns: 2000 },
		);
	});
});
