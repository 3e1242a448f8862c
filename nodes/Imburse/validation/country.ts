import { byEnglishName, byNumber, validateCode, byLetterCase, type CodeList } from './codeList';
import { countries } from './countries';
import type { ValidationResult } from './result';

const has = (code: string) => countries.has(code);

/** Codes that look like ISO's and are not: the United Kingdom, and Greece in the EU's own list. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
	['UK', 'GB'],
	['EL', 'GR'],
]);

function byThreeLetters(text: string): string | undefined {
	return [...countries].find(([, { alpha3 }]) => alpha3 === text.toUpperCase())?.[0];
}

const LIST: CodeList = {
	label: 'country',
	expected: 'the two letters of ISO 3166-1, for example DE, GB or CH',
	has,
	alternatives: [
		{ reason: 'is not written in two capital letters', codeFor: byLetterCase(has) },
		{
			reason: 'is not the code of ISO 3166-1',
			codeFor: (text) => LOOKALIKES.get(text.toUpperCase()),
		},
		{ reason: 'is the three-letter code of a country', codeFor: byThreeLetters },
		{ reason: 'is the number of a country', codeFor: byNumber(countries) },
		{ reason: 'is the name of a country', codeFor: byEnglishName(countries, 'region') },
	],
};

/** Checks a country: two capital letters of ISO 3166-1 alpha-2 (API reference 4.1, documented). */
export function validateCountry(value: unknown, field: string): ValidationResult<string> {
	return validateCode(value, field, LIST);
}
