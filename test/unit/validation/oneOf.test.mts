import { describe, expect, it } from '@jest/globals';
import { validateOneOf } from '../../../nodes/Imburse/validation/oneOf.ts';
import { errorsOf, valueOf } from './outcome.mts';

const check = (value: unknown) => validateOneOf(value, ['CREDIT', 'DEBIT'], 'Direction');

describe('validateOneOf', () => {
	it('takes what is listed', () => {
		expect(valueOf(check('DEBIT'))).toBe('DEBIT');
	});

	it.each<[unknown, string]>([
		['debit', '"debit"'],
		['', '""'],
		[undefined, 'nothing'],
		[['DEBIT'], 'a list'],
	])('refuses %j, and names what is listed', (value, shown) => {
		expect(errorsOf(check(value))).toEqual([
			{
				field: 'Direction',
				reason: `${shown} is not one of CREDIT, DEBIT`,
				fix: 'Choose it from the list, or correct the expression.',
			},
		]);
	});
});
