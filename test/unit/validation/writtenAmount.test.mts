import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	AMOUNT_FORMS,
	readWrittenAmount,
	type AmountForm,
} from '../../../nodes/Imburse/validation/writtenAmount.ts';
import { errorsOf } from './outcome.mts';

const read = (value: unknown, form: AmountForm, currency = 'EUR') =>
	readWrittenAmount(value, form, currency, 'Amount');

/** What each form makes of each spelling; a dash where it is refused. */
const TABLE: ReadonlyArray<readonly [value: string, ...amounts: string[]]> = [
	// 1,234.56   1.234,56   1 234,56   1'234.56   minor units
	['1480.50', '1480.50', '-', '-', '1480.50', '-'],
	['1480,50', '-', '1480.50', '1480.50', '-', '-'],
	['1,480.50', '1480.50', '-', '-', '-', '-'],
	['1.480,50', '-', '1480.50', '-', '-', '-'],
	['1 480,50', '-', '-', '1480.50', '-', '-'],
	['1\u00a0480,50', '-', '-', '1480.50', '-', '-'],
	['1\u202f480,50', '-', '-', '1480.50', '-', '-'],
	["1'480.50", '-', '-', '-', '1480.50', '-'],
	['1’480.50', '-', '-', '-', '1480.50', '-'],
	['1480', '1480', '1480', '1480', '1480', '14.80'],
	['1,480', '1480', '1.480', '1.480', '-', '-'],
	['1.480', '1.480', '1480', '-', '1.480', '-'],
	['1,234,567.89', '1234567.89', '-', '-', '-', '-'],
	['1.234.567,89', '-', '1234567.89', '-', '-', '-'],
	['1,23,456.00', '-', '-', '-', '-', '-'],
	['12,34', '-', '12.34', '12.34', '-', '-'],
	['1,2345', '-', '1.2345', '1.2345', '-', '-'],
	['1.234.56', '-', '-', '-', '-', '-'],
	['1,234,56', '-', '-', '-', '-', '-'],
	['1,234.567,89', '-', '-', '-', '-', '-'],
	['1.234 567,89', '-', '-', '-', '-', '-'],
	['1 234\u00a0567,89', '-', '-', '-', '-', '-'],
	["1'234’567.89", '-', '-', '-', '-', '-'],
	['1  480,50', '-', '-', '-', '-', '-'],
	['0.50', '0.50', '-', '-', '0.50', '-'],
	['0,50', '-', '0.50', '0.50', '-', '-'],
	['0,480.50', '-', '-', '-', '-', '-'],
	['01,480.50', '-', '-', '-', '-', '-'],
	['.50', '-', '-', '-', '-', '-'],
	[',50', '-', '-', '-', '-', '-'],
	['1480.', '-', '-', '-', '-', '-'],
	['-1480', '-', '-', '-', '-', '-'],
	['+1480', '-', '-', '-', '-', '-'],
	['(1480)', '-', '-', '-', '-', '-'],
	['€1480', '-', '-', '-', '-', '-'],
	['1480 EUR', '-', '-', '-', '-', '-'],
	[' 1480', '-', '-', '-', '-', '-'],
	['1480 ', '-', '-', '-', '-', '-'],
	['1e3', '-', '-', '-', '-', '-'],
	['١٤٨٠', '-', '-', '-', '-', '-'],
	['1480\n', '-', '-', '-', '-', '-'],
	['NaN', '-', '-', '-', '-', '-'],
	['0', '0', '0', '0', '0', '0.00'],
	['5', '5', '5', '5', '5', '0.05'],
	['50', '50', '50', '50', '50', '0.50'],
	['007', '-', '-', '-', '-', '-'],
	['9'.repeat(41), '-', '-', '-', '-', '-'],
];

describe.each(AMOUNT_FORMS.slice(1).map((form, index) => [form, index] as const))(
	'an amount that is written as %s',
	(form, column) => {
		it.each(TABLE.map(([value, ...amounts]) => [value, amounts[column]!] as const))(
			'%j becomes %s',
			(value, amount) => {
				const result = read(value, form);
				expect(result.ok ? result.value : '-').toBe(amount);
				if (result.ok) return;
				expect(result.errors[0]?.fix).toMatch(
					/^(?:Correct it in your data|Write the digits alone|Imburse takes amounts greater than zero.*)\./,
				);
			},
		);

		it.each([
			['-15,20', 'is negative', /Direction says which way/],
			['(15.20)', 'is negative', /Direction says which way/],
			['EUR 77,00', 'contains a currency', /^Write the digits alone\.$/],
			['77.00 €', 'contains a currency', /^Write the digits alone\.$/],
			['77,00 ', 'ends with a space', /^Write the digits alone\.$/],
			['abc', 'is not written as', /^Correct it in your data\.$/],
		])('%j is refused for what is wrong in every form: it %s', (value, reason, fix) => {
			const result = read(value, form);
			if (result.ok) throw new Error(`${value} was taken`);
			expect(result.errors[0]?.reason).toContain(reason);
			expect(result.errors[0]?.fix).toMatch(fix);
		});

		it('stays empty where it is', () => {
			for (const value of ['', null, undefined]) {
				expect(read(value, form)).toEqual({ ok: true, value, hints: [] });
			}
		});
	},
);

describe('the form of an amount', () => {
	it('is Imburse’s own by default, which changes nothing', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(read(value, '1234.56')).toEqual({ ok: true, value, hints: [] });
			}),
		);
	});

	it('does not touch a number, which has none', () => {
		for (const form of AMOUNT_FORMS.slice(0, -1)) {
			expect(read(1480.5, form)).toEqual({ ok: true, value: 1480.5, hints: [] });
		}
	});

	it.each([
		['JPY', 1480, '1480'],
		['EUR', 1480, '14.80'],
		['KWD', 1480, '1.480'],
		['KWD', '1', '0.001'],
		['EUR', 148050n, '-'],
		['EUR', 14.8, '-'],
		['EUR', 2 ** 53, '-'],
		['XYZ', '1480', '-'],
		['', '1480', '-'],
	])('has as many minor units as %s: %s is %s', (currency, value, amount) => {
		const result = read(value, 'minorUnits', currency);
		expect(result.ok ? result.value : '-').toBe(amount);
	});

	it('reads back what a spreadsheet writes, in every form', () => {
		const locales = [
			['1,234.56', 'en-GB'],
			['1.234,56', 'de-DE'],
			['1 234,56', 'fr-FR'],
			["1'234.56", 'de-CH'],
		] as const;
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1e13 }),
				fc.constantFrom(...locales),
				(cents, [form, locale]) => {
					const written = (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
					const exact = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
					expect(read(written, form)).toMatchObject({ ok: true, value: exact });
				},
			),
		);
	});

	it('never gives anything but digits with one point, or what came', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[0-9.,' \u00a0-]{0,14}$/),
				fc.constantFrom(...AMOUNT_FORMS.slice(1)),
				(text, form) => {
					const result = read(text, form);
					if (result.ok && text !== '') expect(result.value).toMatch(/^\d+(\.\d+)?$/);
				},
			),
		);
	});
});

describe('an amount in minor units', () => {
	it.each(['', 'XYZ'])('is refused without a currency that is known: %j', (currency) => {
		expect(errorsOf(read('1480', 'minorUnits', currency))).toEqual([
			{
				field: 'Amount',
				reason:
					'"1480" is in minor units, and without a currency nobody knows how many decimals these are',
				fix: 'Give the currency beside the amount.',
			},
		]);
	});

	it('is refused where it is no whole number', () => {
		expect(errorsOf(read('14.80', 'minorUnits'))).toEqual([
			{
				field: 'Amount',
				reason: '"14.80" is not written as a whole number of minor units, such as cents',
				fix: 'Correct it in your data.',
			},
		]);
	});
});
