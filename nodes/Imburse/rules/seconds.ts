import { quoted } from './quoted';
import { accepted, refused, type Checked } from './violation';

const LONGEST = 3600;

/** A time in seconds, an hour at the most. @returns milliseconds */
export function checkSeconds(value: unknown, field: string): Checked<number> {
	if (typeof value === 'number' && value > 0 && value <= LONGEST) return accepted(value * 1000);
	return refused({
		field,
		reason: `${quoted(value)} is not a number of seconds up to ${LONGEST}`,
		fix: 'Enter a number such as 60.',
	});
}
