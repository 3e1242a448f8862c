import { LET_IN, turnAway, type Verdict } from '../delivery';
import { instantOf } from '../events/instant';

/**
 * Whether a delivery was signed a short time ago: neither too old, which an eavesdropper's copy
 * would be, nor from the future.
 *
 * @param text seconds or milliseconds since 1970, or an ISO date with a zone
 * @param tolerance seconds, both ways
 * @param now milliseconds since 1970
 */
export function checkTimestamp(text: string, tolerance: number, now: number): Verdict {
	const time = instantOf(text);
	if (time === undefined) return turnAway('its timestamp is no time');
	const ahead = Math.round((time - now) / 1000);
	if (ahead > tolerance) return turnAway(`its timestamp lies ${ahead} seconds in the future`);
	if (-ahead > tolerance) return turnAway(`its timestamp is ${-ahead} seconds old`);
	return LET_IN;
}
