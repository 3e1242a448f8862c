import { LET_IN, turnAway, type Verdict } from '../delivery';

/** From here on a number of seconds would lie tens of thousands of years ahead. */
const FIRST_MILLISECONDS = 1e11;

/**
 * Whether a delivery was signed a short time ago: neither too old, which an eavesdropper's copy
 * would be, nor from the future.
 *
 * @param text seconds or milliseconds since 1970, or an ISO date with a zone
 * @param tolerance seconds, both ways
 * @param now milliseconds since 1970
 */
export function checkTimestamp(text: string, tolerance: number, now: number): Verdict {
	const time = timeIn(text);
	if (time === undefined) return turnAway('its timestamp is no time');
	const ahead = Math.round((time - now) / 1000);
	if (ahead > tolerance) return turnAway(`its timestamp lies ${ahead} seconds in the future`);
	if (-ahead > tolerance) return turnAway(`its timestamp is ${-ahead} seconds old`);
	return LET_IN;
}

function timeIn(text: string): number | undefined {
	if (/^\d{1,15}(\.\d{1,9})?$/.test(text)) {
		const number = Number(text);
		return number < FIRST_MILLISECONDS ? number * 1000 : number;
	}
	if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text)) return undefined;
	const time = Date.parse(text);
	return Number.isNaN(time) ? undefined : time;
}
