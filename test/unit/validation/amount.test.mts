import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateAmount, sameAmount } from '../../../nodes/Imburse/validation/amount.ts';
import { currencies } from '../../../nodes/Imburse/validation/currencies.ts';
import { reasonsOf, valueOf, errorsOf } from './outcome.mts';

const FIELD = 'Amount';
const EXAMPLE = 'Write digits with a point before the decimals, for example 1234.56.';
const check = (value: unknown, currency = 'EUR') => validateAmount(value, currency, FIELD);

describe('validateAmount', () => {
	it.each([
		['210', 'EUR'],
		['210.00', 'EUR'],
		['0.01', 'GBP'],
		['0.10', 'EUR'],
		['1500', 'JPY'],
		['1.234', 'KWD'],
		['0.0001', 'CLF'],
		['9999999999999.99', 'EUR'],
		['1.23456', 'no currency'],
	])('takes %s %s as it is written', (amount, currency) => {
		expect(check(amount, currency)).toEqual({ ok: true, value: amount, hints: [] });
	});

	it.each([
		[210, '210'],
		[210.1, '210.1'],
		[0.07, '0.07'],
	])('takes the number %p by its exact text', (number, text) => {
		expect(valueOf(check(number))).toBe(text);
	});

	it.each([
		[undefined, 'there is no value', 'Map the amount from your data.'],
		[null, 'there is no value', 'Map the amount from your data.'],
		['', 'there is no value', 'Map the amount from your data.'],
		['  ', '"  " is only spaces', 'Map the amount from your data.'],
		[true, 'true is not an amount', EXAMPLE],
		[{}, 'an object is not an amount', EXAMPLE],
		['abc', '"abc" is not an amount', EXAMPLE],
		['-', '"-" is not an amount', EXAMPLE],
		['100..1', '"100..1" is not an amount', EXAMPLE],
		['1,23,456', '"1,23,456" is not an amount', EXAMPLE],
		['٢١٠', '"٢١٠" is not an amount', EXAMPLE],
		['12abc', '"12abc" is not an amount', EXAMPLE],
		[
			`1${' 000'.repeat(20)}`,
			`"1${' 000'.repeat(20)}`.slice(0, 41) + '…" is not an amount',
			EXAMPLE,
		],
		[
			0.1 + 0.2,
			'0.30000000000000004 is a number whose digits are not exact',
			'Turn it into text with the decimals of the currency where it is made: with .toFixed(2) in an expression, or in double quotes in JSON.',
		],
		[
			NaN,
			'NaN is a number whose digits are not exact',
			'Turn it into text with the decimals of the currency where it is made: with .toFixed(2) in an expression, or in double quotes in JSON.',
		],
		[
			'0.00',
			'"0.00" is zero',
			'Imburse takes amounts greater than zero: leave this payment out, or correct its amount.',
		],
		[
			0,
			'"0" is zero',
			'Imburse takes amounts greater than zero: leave this payment out, or correct its amount.',
		],
		[
			'1234567890123456',
			'"1234567890123456" has more than 15 digits',
			'Check the amount: no payment needs so many.',
		],
	])('refuses %p', (value, reason, fix) => {
		expect(errorsOf(check(value))).toEqual([{ field: FIELD, reason, fix }]);
	});

	const NEGATIVE =
		'Imburse takes amounts greater than zero: Direction says which way the money goes.';
	it.each([
		['-210.00', 'is negative', NEGATIVE],
		['−5', 'is negative', NEGATIVE],
		['210-', 'is negative', NEGATIVE],
		['(210.00)', 'is negative', NEGATIVE],
		['+210.00', 'begins with a plus sign', 'Write 210.00.'],
		[' 210.00', 'begins or ends with a space', 'Write 210.00.'],
		['210\n', 'begins or ends with a space', 'Write 210.'],
		['€ 210.00', 'contains a currency, which has a field of its own', 'Write 210.00.'],
		['210.00EUR', 'contains a currency, which has a field of its own', 'Write 210.00.'],
		['EUR 1.234,56', 'contains a currency, which has a field of its own', 'Write 1234.56.'],
		['-€5', 'contains a currency, which has a field of its own', EXAMPLE],
		[
			'2.1E+02',
			'is written with an exponent, as spreadsheets shorten long numbers',
			'Show all digits of the column before you export it: the shortened text has lost some.',
		],
		['.50', 'has no digit before the point', 'Write 0.50.'],
		['210.', 'ends with a point', 'Write 210.'],
		['0210.00', 'begins with a zero that does not count', 'Write 210.00.'],
		['007', 'begins with a zero that does not count', 'Write 7.'],
		['1,234', 'can be read in two ways: its comma may separate thousands or decimals', EXAMPLE],
		['210,5', 'has a comma before the decimals', 'Write 210.5.'],
		['1234,56', 'has a comma before the decimals', 'Write 1234.56.'],
		['1,234.56', 'has separators between thousands', 'Write 1234.56.'],
		['1,234,567', 'has separators between thousands', 'Write 1234567.'],
		['1.234,56', 'has separators between thousands', 'Write 1234.56.'],
		['1.234.567', 'has separators between thousands', 'Write 1234567.'],
		["1'234.56", 'has separators between thousands', 'Write 1234.56.'],
		['1\u00a0234,56', 'has separators between thousands', 'Write 1234.56.'],
		['1 234', 'has separators between thousands', 'Write 1234.'],
		['1.234.567,891', 'has separators between thousands', EXAMPLE],
		['0,00', 'has a comma before the decimals', EXAMPLE],
	])('says of %p that it %s', (amount, reason, fix) => {
		const [error] = errorsOf(check(amount));
		expect(error?.reason.replace(/^".*"/, '$')).toBe(`$ ${reason}`);
		expect(error?.fix).toBe(fix);
	});

	it.each([
		['210.012', 'EUR', '"210.012" has more decimals than EUR, which has 2', /never rounded/],
		['210.000', 'EUR', '"210.000" has more decimals than EUR, which has 2', /separates thousands/],
		['210.5', 'JPY', '"210.5" has more decimals than JPY, which has none', /never rounded/],
		['210.00', 'JPY', '"210.00" has more decimals than JPY, which has none', /^Write 210\.$/],
		['210.1000', 'EUR', '"210.1000" has more decimals than EUR, which has 2', /^Write 210\.10\.$/],
		['1.2345', 'KWD', '"1.2345" has more decimals than KWD, which has 3', /never rounded/],
	])('keeps the decimals of %s %s within the currency', (amount, currency, reason, fix) => {
		const [error, ...others] = errorsOf(check(amount, currency));
		expect(error).toEqual({ field: FIELD, reason, fix: expect.stringMatching(fix) });
		expect(others).toEqual([]);
	});

	const ROUND = 'Round it in your data: money is never rounded.';
	it.each([
		['210.012', '210.012', 'EUR', `${ROUND} If the point separates thousands, leave it out.`],
		['210.012', '210,012', 'EUR', ROUND],
		['210.000', '210,000', 'EUR', 'Leave out the zeros at its end.'],
		['210.00', '210.00', 'JPY', 'Write 210.'],
	])('says of %s, written %s, in %s what to do', (amount, written, currency, fix) => {
		const [error] = errorsOf(validateAmount(amount, currency, FIELD, written));
		const allowed = currency === 'JPY' ? 'none' : '2';
		const reason = `"${written}" has more decimals than ${currency}, which has ${allowed}`;
		expect(error).toEqual({ field: FIELD, reason, fix });
	});

	it('takes a number only within the decimals of the currency', () => {
		expect(reasonsOf(check(210.125))).toEqual([
			'Amount: "210.125" has more decimals than EUR, which has 2',
		]);
		expect(reasonsOf(check(210.5, 'JPY'))).toEqual([
			'Amount: "210.5" has more decimals than JPY, which has none',
		]);
	});

	const everyCurrency = fc.constantFrom(...currencies);
	const characters = fc.string({ unit: fc.constantFrom(..."0123456789.,-+ eE€'()U") });

	it('takes exactly the plain decimals above zero within the currency', () => {
		const decimals = fc
			.tuple(fc.nat(), fc.stringMatching(/^[0-9]{0,5}$/))
			.map(([whole, part]) => (part === '' ? String(whole) : `${whole}.${part}`));
		fc.assert(
			fc.property(
				fc.oneof(decimals, characters, fc.string()),
				everyCurrency,
				(text, [currency, { minorUnits }]) => {
					const [whole, part = '', ...rest] = text.split('.');
					const expected =
						/^(0|[1-9]\d*)$/.test(whole!) &&
						/^\d*$/.test(part) &&
						rest.length === 0 &&
						!text.endsWith('.') &&
						part.length <= minorUnits &&
						/[1-9]/.test(text) &&
						text.replace('.', '').length <= 15;
					const result = check(text, currency);
					expect(result.ok).toBe(expected);
					if (result.ok) expect(result.value).toBe(text);
				},
			),
			{ numRuns: 3000 },
		);
	});

	it('suggests only what it takes itself', () => {
		const written = fc
			.tuple(
				fc.constantFrom('', '€', 'EUR ', ' ', '+', '$ '),
				fc.constantFrom('1,234.56', '1.234,56', "1'234", '210,5', '.5', '7.', '0070', '1,5', '0,0'),
				fc.constantFrom('', ' ', ' CHF', '€'),
			)
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(fc.oneof(written, characters), everyCurrency, (text, [currency]) => {
				const result = check(text, currency);
				const suggested = result.ok ? text : /^Write ([0-9.]+)\.$/.exec(result.errors[0]!.fix)?.[1];
				if (suggested !== undefined) expect(valueOf(check(suggested, currency))).toBe(suggested);
			}),
			{ numRuns: 2000 },
		);
	});

	it('never takes a number that stands for another amount than its text', () => {
		fc.assert(
			fc.property(fc.double(), everyCurrency, (number, [currency]) => {
				const result = check(number, currency);
				if (result.ok) expect(Number(result.value)).toBe(number);
			}),
		);
	});

	it('says something of every value', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				const result = check(value);
				if (!result.ok) expect(result.errors).toHaveLength(1);
			}),
		);
	});
});

describe('sameAmount', () => {
	it.each([
		['210', '210.00', true],
		['210', 210, true],
		['210.10', 210.1, true],
		['0210', '210', true],
		['0', '0.00', true],
		['-0', '0', true],
		['-5.0', -5, true],
		['5', '-5', false],
		['210.01', '210.1', false],
		['2100', '210', false],
		['0.3', 0.1 + 0.2, false],
		['9007199254740993', '9007199254740992', false],
		['', '', false],
		['abc', 'abc', false],
		['210.', '210', false],
		['1e2', '100', false],
		[' 1', '1', false],
		['1.5', '15', false],
		['10.05', '1005', false],
		['-1', '-2', false],
		['-1.50', '-1.5', true],
		['007.5', '7.50', true],
	])('compares %p with %p: %p', (a, b, same) => {
		expect(sameAmount(a, b)).toBe(same);
		expect(sameAmount(b, a)).toBe(same);
	});

	it('compares by value, never by its writing and never through floats', () => {
		const part = fc.record({
			units: fc.bigInt(0n, 10n ** 20n),
			places: fc.nat(6),
			zeros: fc.nat(3),
		});
		const written = ({
			units,
			places,
			zeros,
		}: {
			units: bigint;
			places: number;
			zeros: number;
		}) => {
			const digits = String(units).padStart(places + 1, '0');
			const decimals = digits.slice(digits.length - places) + '0'.repeat(zeros);
			const whole = digits.slice(0, digits.length - places);
			return places + zeros === 0
				? digits
				: `${whole}.${places === 0 ? '0'.repeat(zeros) : decimals}`;
		};
		const scaled = ({ units, places }: { units: bigint; places: number }) =>
			units * 10n ** BigInt(6 - places);
		fc.assert(
			fc.property(part, part, (a, b) => {
				expect(sameAmount(written(a), written(b))).toBe(scaled(a) === scaled(b));
				expect(sameAmount(written(a), written({ ...a, zeros: a.zeros + 1 }))).toBe(true);
			}),
		);
	});

	it('compares very long texts in one go', () => {
		expect(sameAmount(`1.${'0'.repeat(1_000_000)}`, 1)).toBe(true);
		expect(sameAmount(`${'0'.repeat(1_000_000)}x`, 1)).toBe(false);
	});
});
