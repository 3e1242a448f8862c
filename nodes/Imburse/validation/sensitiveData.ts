import type { Metadata } from './metadataPairs';
import { fieldPath } from './format';
import { findSensitiveNumbers } from './sensitiveNumbers';
import { valid, invalid, type ValidationResult, type ValidationError } from './result';

/** What happens to metadata that looks sensitive. */
export type SensitiveDataMode = 'refuse' | 'hint' | 'off';

const WHY =
	'Imburse asks that metadata hold no personal or card data, and sends it back with every webhook.';
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
	const add = (key: string, problems: Array<Omit<ValidationError, 'field'>>) => {
		for (const problem of problems) errors.push({ field: fieldPath(field, key), ...problem });
	};
	for (const [key, value] of pairs) {
		add(key, numberProblems(key, 'key', howToAllow));
		add(key, numberProblems(value, 'value', howToAllow));
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

function numberProblems(
	text: string,
	part: 'key' | 'value',
	howToAllow: string,
): Array<Omit<ValidationError, 'field'>> {
	return findSensitiveNumbers(text).map(({ kind, masked }) => ({
		reason: `the ${part} looks like it holds ${kind === 'IBAN' ? 'an' : 'a'} ${kind} (${masked})`,
		fix: `${WHY} Take it out, or, where it is a number of your own such as a claim number, ${howToAllow}.`,
	}));
}
