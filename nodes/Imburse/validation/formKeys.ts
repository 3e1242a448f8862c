import { fieldPath } from './format';
import type { ValidationError } from './result';

/**
 * Keys that every decoder of forms reads as they are written. Brackets and dots mean levels to some,
 * and spaces at an end are cut off by others.
 */
const PLAIN_KEY = /^[\p{L}\p{N}_-]+(?: [\p{L}\p{N}_-]+)*$/u;

/**
 * The keys of metadata that a form-encoded body cannot carry. Form encoding is inferred for metadata
 * (API reference 9, row 2), and how Imburse decodes it is unknown: so only plain keys are taken, and
 * none twice in capital and small letters, which some decoders take for one.
 */
export function unsafeFormKeys(keys: readonly string[]): string[] {
	const lowerCase = keys.map((key) => key.toLowerCase());
	return keys.filter(
		(key, index) =>
			!PLAIN_KEY.test(key) || key in {} || lowerCase.indexOf(lowerCase[index]!) < index,
	);
}

/** A reason against each of those keys. */
export function formKeyErrors(keys: readonly string[], field: string): ValidationError[] {
	return unsafeFormKeys(keys).map((key) => ({
		field: fieldPath(field, key),
		reason: 'in a form-encoded body the key may be read as another one',
		fix: 'Set Body Format to JSON in the Imburse credential, or give the key letters, digits, "-" and "_" only.',
	}));
}
