import { formatValue } from './format';
import { valid, invalid, isEmpty, type ValidationResult } from './result';

/** Far above every identifier that Imburse shows; it keeps a mapped document out of a path. */
const MAX_LENGTH = 100;

/**
 * An identifier that Imburse made, such as a scheme's or a financial instrument's. Its form has
 * changed over the years (API reference 9, row 13), so any text without spaces is taken.
 */
export function validateIdentifier(value: unknown, field: string): ValidationResult<string> {
	if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) && !/^\.{1,2}$/.test(value)) {
		if (value.length <= MAX_LENGTH) return valid(value);
	}
	if (isEmpty(value)) {
		return invalid({
			field,
			reason: 'there is no value',
			fix: 'Pick it from the list, or map its ID.',
		});
	}
	return invalid({
		field,
		reason: `${formatValue(value)} is not an ID as Imburse makes them`,
		fix: 'Copy the ID from Imburse: one text without spaces.',
	});
}
