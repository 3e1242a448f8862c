import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	validateNewReference,
	validatePaymentReference,
} from '../../../nodes/Imburse/validation/paymentReference.ts';
import { validateReference } from '../../../nodes/Imburse/validation/reference.ts';
import { errorsOf, hintsOf, reasonsOf, valueOf } from './outcome.mts';

const FIELD = 'Order Reference';
const check = (value: unknown) => validatePaymentReference(value, FIELD, 'order');

describe('validatePaymentReference', () => {
	it.each([
		'5012.0',
		'5012.00',
		'5012.',
		'00471.0',
		' 5012.0',
		'5012,0',
		'5012,',
		'-5012.0',
		'0.0',
		'0.000',
		'5012.000',
		'5.0000',
	])('refuses %p, a whole number with empty decimals', (text) => {
		const whole = text.trim().replace(/[.,]0*$/, '');
		expect(errorsOf(check(text))).toEqual([
			{
				field: FIELD,
				reason: `"${text.trim()}" is the number ${whole} in another spelling, so the same data could be paid under both`,
				fix: `Write ${whole} without a point at the end, or format the column as text where the data comes from.`,
			},
		]);
	});

	it.each([
		['1,000', '1'],
		['5.000', '5'],
		['-12.000', '-12'],
		['250,000', '250'],
	])('names no number to write for %p, which may be thousands', (text, whole) => {
		expect(errorsOf(check(text))).toEqual([
			{
				field: FIELD,
				reason: `"${text}" may be the number ${whole} or ${whole}000`,
				fix: 'Write the one that is meant, without a point or comma: format the column as text where the data comes from.',
			},
		]);
	});

	it.each([
		'5.01E11',
		'5.01E+11',
		'1.2e5',
		'5E+11',
		'1e+21',
		'5E11',
		'5,01E+11',
		'1.0e-7',
		'12.5e3',
	])('refuses %p, a number whose digits are lost', (text) => {
		expect(errorsOf(check(text))).toEqual([
			{
				field: FIELD,
				reason: `"${text}" is how a spreadsheet shortens a long number, its other digits are lost`,
				fix: 'Take the whole number: format the column as text where the data comes from, and export it again.',
			},
		]);
	});

	it.each(['CLM-5012', 'CLM-5012.0', '5012.1', '7e12345', '12E5', '3E7', 'E11', '1.0.0', '5012-0'])(
		'takes %p as it is',
		(text) => {
			expect(valueOf(check(text))).toBe(text);
		},
	);

	it('takes the number 5012.0, which is 5012, and leaves what is read to the rules of Imburse', () => {
		expect(valueOf(check(5012.0))).toBe('5012');
		expect(valueOf(validateReference('5012.0', FIELD, 'order'))).toBe('5012.0');
	});

	it.each(['NULL', '#N/A', '-', 'CLM-None-1', '#REF!'])(
		'refuses %p, which stands for nothing, for no other reason',
		(text) => {
			const [error, ...others] = errorsOf(check(text));
			expect(error?.reason).toMatch(/missing value|spreadsheet|no letter/);
			expect(error?.fix).toMatch(/^Correct it where the data comes from, or leave the row out\./);
			expect(others).toEqual([]);
		},
	);

	it.each([
		['CLM-', '-'],
		['-17', '-'],
		['CLM--', '-'],
		['CLM--1', '-'],
		['CLM-.-1', '-'],
		['CLM_.1', '_'],
		['.17', '.'],
		['17_', '_'],
		['CLM-5012.', '.'],
	])('refuses %p, of which a part is empty', (text, mark) => {
		expect(errorsOf(check(text))).toEqual([
			{
				field: FIELD,
				reason: `"${text}" has nothing before or after "${mark}": a part of it is empty`,
				fix: 'Check the names of the fields in the expression, fill the part in your data, or leave the row out.',
			},
		]);
		expect(valueOf(validateReference(text, FIELD, 'order'))).toBe(text);
	});

	it.each(['false', 'TRUE', 'unknown', ' Unknown ', 'tbd', '0', '000', '0.0', 0, false, true])(
		'refuses %p as the reference of a customer',
		(value) => {
			const shown = typeof value === 'string' ? `"${value}"` : String(value);
			expect(reasonsOf(validatePaymentReference(value, FIELD, 'customer'))).toEqual([
				`${FIELD}: ${shown} stands for a customer whose reference is not known`,
			]);
		},
	);

	it('takes the order and the instruction 0, and a customer that has a number', () => {
		expect(valueOf(check('0'))).toBe('0');
		expect(valueOf(validatePaymentReference(0, FIELD, 'instruction'))).toBe('0');
		expect(valueOf(validatePaymentReference('0-1', FIELD, 'customer'))).toBe('0-1');
		expect(valueOf(validatePaymentReference(10, FIELD, 'customer'))).toBe('10');
	});

	it('takes nothing that Imburse does not take, and changes nothing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.stringMatching(/^[0-9.eE+-]{1,12}$/)), (value) => {
				const result = check(value);
				if (result.ok)
					expect(result).toMatchObject({
						value: valueOf(validateReference(value, FIELD, 'order')),
					});
			}),
		);
	});
});

describe('validateNewReference', () => {
	it('refuses and takes the same, and names its field in a hint', () => {
		expect(reasonsOf(validateNewReference('NULL', FIELD, 'order'))).toEqual(
			reasonsOf(check('NULL')),
		);
		expect(hintsOf(validateNewReference('CLM-17', FIELD, 'order', '4711'))).toEqual([]);
		expect(hintsOf(validateNewReference('CLM-4711', FIELD, 'order', '4711'))).toEqual([
			`${FIELD}: looks like the number of this execution. If it is made anew on each run, the same data is paid again.`,
		]);
	});
});

it.each<[unknown, string]>([
	['unknown', '"unknown"'],
	[0, '0'],
	[false, 'false'],
])('does not take %j for a customer, and says why', (value, shown) => {
	expect(errorsOf(validatePaymentReference(value, 'Customer Reference', 'customer'))).toEqual([
		{
			field: 'Customer Reference',
			reason: `${shown} stands for a customer whose reference is not known`,
			fix: 'Map the customer number, or leave the row out: all who have this reference would be one customer.',
		},
	]);
});

it('says of a reference that lacks a part what to do', () => {
	expect(errorsOf(check('CLM-'))).toEqual([
		{
			field: FIELD,
			reason: '"CLM-" has nothing before or after "-": a part of it is empty',
			fix: 'Check the names of the fields in the expression, fill the part in your data, or leave the row out.',
		},
	]);
});

it('leaves what is no plain value to the rules of every reference', () => {
	expect(reasonsOf(validatePaymentReference({}, 'Customer Reference', 'customer'))).toEqual([
		'Customer Reference: an object is not a text',
	]);
});
