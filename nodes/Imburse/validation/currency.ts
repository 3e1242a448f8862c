import { byEnglishName, byNumber, validateCode, byLetterCase, type CodeList } from './codeList';
import { currencies } from './currencies';
import type { ValidationResult } from './result';

const has = (code: string) => currencies.has(code);

const LIST: CodeList = {
	label: 'currency',
	expected: 'the three letters of ISO 4217, for example EUR, GBP or CHF',
	has,
	alternatives: [
		{ reason: 'is not written in three capital letters', codeFor: byLetterCase(has) },
		{ reason: 'is the number of a currency', codeFor: byNumber(currencies) },
		{
			reason: 'is the name of a currency',
			codeFor: byEnglishName(currencies, 'currency'),
		},
	],
};

/**
 * Checks a currency: three capital letters of ISO 4217 (API reference 4.1, documented; that a
 * number such as 978 is refused is expected). Codes without minor units, such as gold (XAU), are
 * no currencies in which an amount can be paid. Which currencies an account may use, only Imburse knows.
 */
export function validateCurrency(value: unknown, field: string): ValidationResult<string> {
	return validateCode(value, field, LIST);
}
