import type { Metadata } from './metadataPairs';
import { fieldPath, formatText, joinSome } from './format';
import { describeNumber, findSensitiveNumbers } from './sensitiveNumbers';
import { valid, invalid, type ValidationResult, type ValidationError } from './result';

/** What happens to metadata that looks sensitive. */
export type SensitiveDataMode = 'refuse' | 'hint' | 'off';

const WHY =
	'Imburse asks that metadata hold no personal or card data, and sends it back with every webhook.';
/** Of the numbers in a text, and of the keys that one hint is about. */
const MOST_NAMED = 3;
/** So many keys with a number are enough to refuse an item, and to show what is wrong with it. */
const MOST_KEYS = 5;
const E_MAIL = /[^\s@]@[^\s@.]{1,63}\.[^\s@.]/;

/**
 * Looks for card numbers, IBANs and e-mail addresses in keys and values (Imburse's introduction,
 * section "Metadata": no sensitive information). Numbers are refused or give a hint, as the mode
 * says, and are shown masked. Where many keys hold one, the search for numbers ends early and says
 * so. E-mail addresses never stop a payment, they give a hint.
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
	const { errors, unsearched } = searchNumbers(metadata, field, howToAllow);
	const ended = unsearched > 0 ? [endOfSearch(field, unsearched)] : [];
	if (mode === 'refuse' && errors.length > 0) return invalid(...errors, ...ended);
	return valid(metadata, [
		...errors.map((found) => `${found.field}: ${found.reason}. ${WHY}`),
		...ended.map(({ reason }) => `${field}: ${reason}.`),
		...addressHints(metadata, field),
	]);
}

/** What is wrong with the first keys that hold numbers, and how many keys were not searched any more. */
function searchNumbers(
	metadata: Metadata,
	field: string,
	howToAllow: string,
): { errors: ValidationError[]; unsearched: number } {
	const errors: ValidationError[] = [];
	const keys = Object.keys(metadata);
	let withNumber = 0;
	for (const [index, key] of keys.entries()) {
		const before = errors.length;
		const ofKey = numberProblem(key, 'key', howToAllow);
		const ofValue = numberProblem(metadata[key]!, 'value', howToAllow);
		if (ofKey) errors.push({ field: fieldPath(field, key), ...ofKey });
		if (ofValue) errors.push({ field: fieldPath(field, key), ...ofValue });
		if (errors.length > before) withNumber++;
		if (withNumber === MOST_KEYS) return { errors, unsearched: keys.length - index - 1 };
	}
	return { errors, unsearched: 0 };
}

function endOfSearch(field: string, unsearched: number): ValidationError {
	const rest =
		unsearched === 1 ? 'the key after them was' : `the ${unsearched} keys after them were`;
	return {
		field,
		reason: `${MOST_KEYS} keys look like they hold a card number or an IBAN, and ${rest} not searched for more`,
		fix: 'Correct these first: the others are searched then.',
	};
}

/** One for all of them: a sheet may have an address in many columns. */
function addressHints(metadata: Metadata, field: string): string[] {
	const keys = Object.keys(metadata).filter(
		(key) => hasEmailAddress(key) || hasEmailAddress(metadata[key]!),
	);
	const [first] = keys;
	if (first === undefined) return [];
	if (keys.length === 1) {
		return [`${fieldPath(field, first)}: looks like it holds an e-mail address. ${WHY}`];
	}
	return [
		`${field}: there seem to be e-mail addresses in ${joinSome(keys, MOST_NAMED, formatText)}. ${WHY}`,
	];
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
