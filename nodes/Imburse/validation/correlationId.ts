import { valid, invalid, type ValidationResult } from './result';

const MAX_LENGTH = 128;

/**
 * A correlation ID of the user's own, sent in a header. Imburse documents no limits for it (API
 * reference 3.5); these keep it within what an HTTP header can carry unchanged.
 */
export function validateCorrelationId(value: unknown, field: string): ValidationResult<string> {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text === 'string' && /^[\x21-\x7e]+$/.test(text) && text.length <= MAX_LENGTH) {
		return valid(text);
	}
	return invalid({
		field,
		reason: `only plain letters, digits and signs without spaces can be sent, ${MAX_LENGTH} at the most`,
		fix: 'Remove it, and each item gets a new one, or use a shorter plain text.',
	});
}
