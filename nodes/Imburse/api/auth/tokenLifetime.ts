import { epochMilliseconds } from '../../validation/calendarDate';
import { asJsonObject } from '../../validation/jsonObject';

/** Used when neither the response nor the token says when it ends: API reference 3.4, unknown. */
const UNKNOWN_LIFETIME_MS = 5 * 60_000;
/** A token is renewed this long before it ends, or a tenth of its life before, if that is less. */
const LONGEST_MARGIN_MS = 60_000;
/** Outside of these a number of `expires` is no point in time that a living token could have. */
const EARLIEST_SECONDS = 1e9;
const LATEST_MS = Date.UTC(9999, 0);

/**
 * When a token has to be renewed, in milliseconds since 1970 by this machine's clock.
 *
 * `expires` was documented as text in milliseconds and as a number, observed as seconds (API
 * reference 3.4); where it cannot be read, the `exp` of the JWT counts. It is Imburse's clock
 * that ends a token, so a clock here that is a little off shifts the moment along with it.
 *
 * @param now this machine's clock when the response arrived, milliseconds
 * @param serverNow Imburse's clock at that moment, milliseconds; `now` if the response had no date
 */
export function renewalTime(
	expires: unknown,
	token: string,
	now: number,
	serverNow: number = now,
): number {
	const expiresAt = toMilliseconds(expires) ?? toMilliseconds(jwtExpiry(token));
	const stated = (expiresAt ?? serverNow) - serverNow;
	// A token that was given out this moment has not ended, whatever its response seems to say.
	const lifetime = stated > 0 ? stated : UNKNOWN_LIFETIME_MS;
	return Math.round(now + lifetime - Math.min(LONGEST_MARGIN_MS, lifetime / 10));
}

function toMilliseconds(value: unknown): number | undefined {
	const number = typeof value === 'string' ? Number(value) : value;
	if (typeof number !== 'number') return undefined;
	const isPlausible = number >= EARLIEST_SECONDS && number <= LATEST_MS;
	return isPlausible ? epochMilliseconds(number) : undefined;
}

function jwtExpiry(token: string): unknown {
	const claims = token.split('.')[1] ?? '';
	try {
		return asJsonObject(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))).exp;
	} catch {
		return undefined;
	}
}
