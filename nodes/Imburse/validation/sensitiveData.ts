import type { Metadata } from './metadataPairs';
import { fieldPath, joinSome } from './format';
import { describeNumber, findSensitiveNumbers } from './sensitiveNumbers';
import { valid, invalid, type ValidationResult, type ValidationError } from './result';

/** What happens to metadata that looks sensitive. */
export type SensitiveDataMode = 'refuse' | 'hint' | 'off';

const WHY =
	'Imburse asks that metadata hold no personal or card data, and sends it back with every webhook.';
/** Of the numbers in a text. */
const MOST_NAMED = 3;
const E_MAIL = /[^\s@]@[^\s@.]{1,63}\.[^\s@.]/;

/**
 * Looks for card numbers, IBANs and e-mail addresses in keys and values (Imburse's introduction,
 * section "Metadata": no sensitive information). Numbers are refused or give a hint, as the mode
 * says, and are shown masked; e-mail addresses never stop a payment, they give a hint.
 *
 * @param howToAllow what the user does to have a number sent all the same, as a clause
 */
export function validateSensitiveData(
	metadata: Metadata,
	field: string,
	mode: SensitiveDataMode,
	howToAllow: string,
): ValidationResult<Metadata> {
	if (mode === 'off') return valid(metadata);
	const pairs = Object.entries(metadata);
	const errors: ValidationError[] = [];
	for (const [key, value] of pairs) {
		for (const [part, text] of [
			['key', key],
			['value', value],
		] as const) {
			const problem = numberProblem(text, part, howToAllow);
			if (problem) errors.push({ field: fieldPath(field, key), ...problem });
		}
	}
	if (mode === 'refuse' && errors.length > 0) return invalid(...errors);
	const numbers = errors.map((found) => `${found.field}: ${found.reason}. ${WHY}`);
	const addresses = pairs
		.filter(([key, value]) => hasEmailAddress(key) || hasEmailAddress(value))
		.map(([key]) => `${fieldPath(field, key)}: looks like it holds an e-mail address. ${WHY}`);
	return valid(metadata, [...numbers, ...addresses]);
}

/** Most texts have no such sign, which is found out soonest. */
function hasEmailAddress(text: string): boolean {
	return text.includes('@') && E_MAIL.test(text);
}

/** One for all numbers of a text: a text of single digits may hold hundreds. */
function numberProblem(
	text: string,
	part: 'key' | 'value',
	howToAllow: string,
): Omit<ValidationError, 'field'> | undefined {
	const numbers = findSensitiveNumbers(text);
	if (numbers.length === 0) return undefined;
	const found = joinSome(numbers, MOST_NAMED, describeNumber);
	return {
		reason: `the ${part} looks like it holds ${found}`,
		fix: `${WHY} Take that out, or, where it is a number of your own such as a claim number, ${howToAllow}.`,
	};
}
