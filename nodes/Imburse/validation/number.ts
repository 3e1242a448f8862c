import { formatValue } from './format';
import { valid, invalid, type ValidationResult } from './result';

/** Which numbers a field takes. */
export interface NumberRange {
	min?: number;
	/** Where the least number itself is too small. */
	moreThan?: number;
	max?: number;
	wholeNumbers?: true;
	/** Whether the number may be written as decimal text, as an expression in a text gives it. */
	orText?: true;
	/** What is taken, for messages: `a whole number from 1 upwards`. */
	expected: string;
	/** What to do about any other value. */
	fix: string;
}

/** Checks a number. A text never counts as one, unless the range allows that. */
export function validateNumber(
	value: unknown,
	field: string,
	range: NumberRange,
): ValidationResult<number> {
	const number = range.orText && isDecimalText(value) ? Number(value) : value;
	if (typeof number === 'number' && isWithin(number, range)) return valid(number);
	return invalid({
		field,
		reason: `${formatValue(value)} is not ${range.expected}`,
		fix: range.fix,
	});
}

function isWithin(number: number, { min, moreThan, max, wholeNumbers }: NumberRange): boolean {
	if (!Number.isFinite(number)) return false;
	if (wholeNumbers && !Number.isSafeInteger(number)) return false;
	return (
		number >= (min ?? -Infinity) && number > (moreThan ?? -Infinity) && number <= (max ?? Infinity)
	);
}

function isDecimalText(value: unknown): boolean {
	return typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value);
}

const COUNT: NumberRange = {
	min: 1,
	wholeNumbers: true,
	expected: 'a whole number from 1 upwards',
	fix: 'Enter a number such as 10.',
};

/** Checks a whole number from 1 upwards. `range` replaces what is special about the field. */
export function validateCount(
	value: unknown,
	field: string,
	range: Partial<NumberRange> = {},
): ValidationResult<number> {
	return validateNumber(value, field, { ...COUNT, ...range });
}

const MAX_SECONDS = 3600;

/** Checks a time in seconds, an hour at the most. @returns milliseconds */
export function validateSeconds(value: unknown, field: string): ValidationResult<number> {
	const seconds = validateNumber(value, field, {
		moreThan: 0,
		max: MAX_SECONDS,
		expected: `a number of seconds up to ${MAX_SECONDS}`,
		fix: 'Enter a number such as 60.',
	});
	return seconds.ok ? valid(seconds.value * 1000) : seconds;
}

const MAX_MINUTES = 7 * 24 * 60;

/** Checks a time in minutes, a week at the most. @returns milliseconds */
export function validateMinutes(
	value: unknown,
	field: string,
	fix: string,
): ValidationResult<number> {
	const minutes = validateNumber(value, field, {
		min: 0,
		max: MAX_MINUTES,
		orText: true,
		expected: `a number of minutes from 0 to ${MAX_MINUTES}`,
		fix,
	});
	return minutes.ok ? valid(minutes.value * 60_000) : minutes;
}
