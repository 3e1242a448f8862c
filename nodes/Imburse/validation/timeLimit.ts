import { formatValue } from './format';
import { valid, invalid, type ValidationResult } from './result';

const LONGEST_MINUTES = 7 * 24 * 60;

/** A time limit in minutes. @returns milliseconds */
export function validateTimeLimit(value: unknown, field: string): ValidationResult<number> {
	const isDecimal = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value);
	const minutes = isDecimal ? Number(value) : value;
	if (typeof minutes === 'number' && minutes >= 0 && minutes <= LONGEST_MINUTES) {
		return valid(minutes * 60_000);
	}
	return invalid({
		field,
		reason: `${formatValue(value)} is not a number of minutes from 0 to ${LONGEST_MINUTES}`,
		fix: 'Enter a number such as 30. For longer waits use a Schedule Trigger that reads the instruction again.',
	});
}
