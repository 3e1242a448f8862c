import { quoted } from './quoted';
import { accepted, refused, type Checked } from './violation';

const LONGEST_MINUTES = 7 * 24 * 60;

/** A time limit in minutes. @returns milliseconds */
export function checkTimeLimit(value: unknown, field: string): Checked<number> {
	const isDecimal = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value);
	const minutes = isDecimal ? Number(value) : value;
	if (typeof minutes === 'number' && minutes >= 0 && minutes <= LONGEST_MINUTES) {
		return accepted(minutes * 60_000);
	}
	return refused({
		field,
		reason: `${quoted(value)} is not a number of minutes from 0 to ${LONGEST_MINUTES}`,
		fix: 'Enter a number such as 30. For longer waits use a Schedule Trigger that reads the instruction again.',
	});
}
