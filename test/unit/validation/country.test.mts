import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countries } from '../../../nodes/Imburse/validation/countries.ts';
import { validateCountry } from '../../../nodes/Imburse/validation/country.ts';
import { valueOf, errorsOf } from './outcome.mts';

const GIVE = 'Give the two letters of ISO 3166-1, for example DE, GB or CH.';
const check = (value: unknown) => validateCountry(value, 'Country');

describe('validateCountry', () => {
	it.each([...countries.keys()])('takes %s', (code) => {
		expect(valueOf(check(code))).toBe(code);
	});

	it.each([
		[undefined, 'there is no value', GIVE],
		['', 'there is no value', GIVE],
		['gb', '"gb" is not written in two capital letters', 'Write GB.'],
		['DE ', '"DE " is not written in two capital letters', 'Write DE.'],
		['UK', '"UK" is not the code of ISO 3166-1', 'Write GB.'],
		['el', '"el" is not the code of ISO 3166-1', 'Write GR.'],
		['DEU', '"DEU" is the three-letter code of a country', 'Write DE.'],
		['gbr', '"gbr" is the three-letter code of a country', 'Write GB.'],
		[756, '756 is the number of a country', 'Write CH.'],
		['040', '"040" is the number of a country', 'Write AT.'],
		[40, '40 is the number of a country', 'Write AT.'],
		['Germany', '"Germany" is the name of a country', 'Write DE.'],
		['united kingdom', '"united kingdom" is the name of a country', 'Write GB.'],
		['XX', '"XX" is not the code of a country', GIVE],
		['Atlantis', '"Atlantis" is not the code of a country', GIVE],
		['__proto__', '"__proto__" is not the code of a country', GIVE],
		[{}, 'an object is not the code of a country', GIVE],
	])('refuses %p', (value, reason, fix) => {
		expect(errorsOf(check(value))).toEqual([{ field: 'Country', reason, fix }]);
	});

	it('takes nothing but the codes', () => {
		const near = fc.stringMatching(/^[A-Za-z]{1,3}$/);
		fc.assert(
			fc.property(fc.oneof(near, fc.anything()), (value) => {
				expect(check(value).ok).toBe(typeof value === 'string' && countries.has(value));
			}),
			{ numRuns: 500 },
		);
	});
});
