import { ACCEPTED, rejected, type VerificationResult } from '../delivery';
import { parseInstant } from '../events/instant';

/**
 * Whether a delivery was signed a short time ago: neither too old, which an eavesdropper's copy
 * would be, nor from the future.
 *
 * @param text seconds or milliseconds since 1970, or an ISO date with a zone
 * @param tolerance seconds, both ways
 * @param now milliseconds since 1970
 */
export function verifyTimestamp(text: string, tolerance: number, now: number): VerificationResult {
	const time = parseInstant(text);
	if (time === undefined) return rejected('its timestamp is no time');
	const ahead = Math.round((time - now) / 1000);
	if (ahead > tolerance) return rejected(`its timestamp lies ${ahead} seconds in the future`);
	if (-ahead > tolerance) return rejected(`its timestamp is ${-ahead} seconds old`);
	return ACCEPTED;
}
