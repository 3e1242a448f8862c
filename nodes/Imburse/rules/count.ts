import { quoted } from './quoted';
import { accepted, refused, type Checked } from './violation';

/** A whole number from 1 upwards. */
export function checkCount(value: unknown, field: string): Checked<number> {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) {
		return accepted(value);
	}
	return refused({
		field,
		reason: `${quoted(value)} is not a whole number from 1 upwards`,
		fix: 'Enter a number such as 10.',
	});
}
