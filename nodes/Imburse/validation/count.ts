import { formatValue } from './format';
import { valid, invalid, type ValidationResult } from './result';

/** A whole number from 1 upwards. */
export function validateCount(value: unknown, field: string): ValidationResult<number> {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) {
		return valid(value);
	}
	return invalid({
		field,
		reason: `${formatValue(value)} is not a whole number from 1 upwards`,
		fix: 'Enter a number such as 10.',
	});
}
