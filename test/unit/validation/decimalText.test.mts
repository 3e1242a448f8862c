import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactDecimalText, withMinorUnits } from '../../../nodes/Imburse/validation/decimalText.ts';

describe('exactDecimalText', () => {
	it.each([
		[0, '0'],
		[-0, '0'],
		[210, '210'],
		[210.1, '210.1'],
		[-0.05, '-0.05'],
		[0.000001, '0.000001'],
		[0.00123456789012345, '0.00123456789012345'],
		[9007199254740991, '9007199254740991'],
		[123456789012.345, '123456789012.345'],
	])('writes %p', (number, text) => {
		expect(exactDecimalText(number)).toBe(text);
	});

	it.each([0.1 + 0.2, 9007199254740992, 1e21, 1e-7, NaN, Infinity, -Infinity, 1234567890123.456])(
		'has no text for %p',
		(number) => {
			expect(exactDecimalText(number)).toBeUndefined();
		},
	);

	it('gives back every decimal of up to 15 digits that someone wrote', () => {
		const written = fc
			.tuple(fc.integer({ min: 0, max: 999_999_999_999 }), fc.integer({ min: 1, max: 999 }))
			.map(([whole, part]) => `${whole}.${String(part).padStart(3, '0').replace(/0+$/, '')}`);
		fc.assert(
			fc.property(written, (text) => {
				expect(exactDecimalText(Number(text))).toBe(text);
			}),
		);
	});

	it('never writes a text that stands for another number', () => {
		fc.assert(
			fc.property(fc.double(), (number) => {
				const text = exactDecimalText(number);
				if (text !== undefined) expect(Number(text)).toBe(number + 0);
			}),
		);
	});
});

describe('withMinorUnits', () => {
	it.each([
		['210.1', 'EUR', '210.10'],
		['210', 'EUR', '210.00'],
		['210.10', 'EUR', '210.10'],
		['210.123', 'EUR', '210.123'],
		['210.1', 'BHD', '210.100'],
		['210', 'JPY', '210'],
		['210.5', 'JPY', '210.5'],
		['210.1', 'XXX', '210.1'],
		['210.1', null, '210.1'],
		[null, 'EUR', null],
	])('writes %p of %p as %p', (amount, currency, text) => {
		expect(withMinorUnits(amount, currency)).toBe(text);
	});
});
