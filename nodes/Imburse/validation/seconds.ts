import { formatValue } from './format';
import { valid, invalid, type ValidationResult } from './result';

const LONGEST = 3600;

/** A time in seconds, an hour at the most. @returns milliseconds */
export function validateSeconds(value: unknown, field: string): ValidationResult<number> {
	if (typeof value === 'number' && value > 0 && value <= LONGEST) return valid(value * 1000);
	return invalid({
		field,
		reason: `${formatValue(value)} is not a number of seconds up to ${LONGEST}`,
		fix: 'Enter a number such as 60.',
	});
}
