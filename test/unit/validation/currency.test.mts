import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currencies } from '../../../nodes/Imburse/validation/currencies.ts';
import { validateCurrency } from '../../../nodes/Imburse/validation/currency.ts';
import { valueOf, errorsOf } from './outcome.mts';

const GIVE = 'Give the three letters of ISO 4217, for example EUR, GBP or CHF.';
const check = (value: unknown) => validateCurrency(value, 'Currency');

describe('validateCurrency', () => {
	it.each([...currencies.keys()])('takes %s', (code) => {
		expect(valueOf(check(code))).toBe(code);
	});

	it.each([
		[undefined, 'there is no value', GIVE],
		[null, 'there is no value', GIVE],
		['', 'there is no value', GIVE],
		['eur', '"eur" is not written in three capital letters', 'Write EUR.'],
		[' EUR ', '" EUR " is not written in three capital letters', 'Write EUR.'],
		[978, '978 is the number of a currency', 'Write EUR.'],
		['978', '"978" is the number of a currency', 'Write EUR.'],
		[36, '36 is the number of a currency', 'Write AUD.'],
		['Euro', '"Euro" is the name of a currency', 'Write EUR.'],
		['us dollar', '"us dollar" is the name of a currency', 'Write USD.'],
		['XAU', '"XAU" is not the code of a currency', GIVE],
		['XTS', '"XTS" is not the code of a currency', GIVE],
		['€', '"€" is not the code of a currency', GIVE],
		['999999', '"999999" is not the code of a currency', GIVE],
		['constructor', '"constructor" is not the code of a currency', GIVE],
		[['EUR'], 'a list is not the code of a currency', GIVE],
	])('refuses %p', (value, reason, fix) => {
		expect(errorsOf(check(value))).toEqual([{ field: 'Currency', reason, fix }]);
	});

	it('takes nothing but the codes', () => {
		const near = fc.stringMatching(/^[A-Za-z]{2,4}$/);
		fc.assert(
			fc.property(fc.oneof(near, fc.anything()), (value) => {
				expect(check(value).ok).toBe(typeof value === 'string' && currencies.has(value));
			}),
			{ numRuns: 500 },
		);
	});
});
