import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renewalTime } from '../../../../nodes/Imburse/api/auth/tokenLifetime.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOW = 1_700_000_000_000;
/** With neither `expires` nor `exp` (API reference 3.4: short fallback). */
const FALLBACK = NOW + 5 * MINUTE - 30 * SECOND;

function jwt(claims: unknown): string {
	const part = Buffer.from(JSON.stringify(claims)).toString('base64url');
	return `eyJhbGciOiJIUzI1NiJ9.${part}.c2lnbmF0dXJl`;
}

const inAnHour = NOW + HOUR;

describe('renewalTime', () => {
	it.each([
		['seconds, as observed', inAnHour / 1000],
		['seconds as text', String(inAnHour / 1000)],
		['milliseconds', inAnHour],
		['milliseconds as text, as in 2019', String(inAnHour)],
		['text with spaces around it', ` ${inAnHour} `],
	])('reads %s', (_form, expires) => {
		expect(renewalTime(expires, 'no-jwt', NOW)).toBe(inAnHour - MINUTE);
	});

	it.each([
		['the first moment that a token could end at', 1e9, 1e12],
		['the last one', Date.UTC(9999, 0), Date.UTC(9999, 0)],
	])('reads %s', (_moment, expires, end) => {
		expect(renewalTime(expires, '', end - HOUR)).toBe(end - MINUTE);
	});

	it('reads the samples of the documentation', () => {
		expect(renewalTime('1560514835115', '', 1_560_514_835_115 - HOUR)).toBe(
			1_560_514_835_115 - MINUTE,
		);
		expect(renewalTime(1_614_350_382, '', 1_614_350_382_000 - HOUR)).toBe(
			1_614_350_382_000 - MINUTE,
		);
	});

	it.each([
		['missing', undefined],
		['null', null],
		['empty', ''],
		['spaces', '  '],
		['words', 'in an hour'],
		['an ISO date', '2023-11-14T23:13:20Z'],
		['a lifetime instead of a moment', 3600],
		['a lifetime as text', '3600'],
		['zero', 0],
		['negative', -1],
		['not finite', Infinity],
		['in microseconds', inAnHour * 1000],
		['beyond all calendars', 1e300],
		['an object', {}],
		['a list', [inAnHour]],
		['true', true],
	])('takes the JWT exp when expires is %s', (_what, expires) => {
		expect(renewalTime(expires, jwt({ exp: inAnHour / 1000 }), NOW)).toBe(inAnHour - MINUTE);
		expect(renewalTime(expires, 'opaque-token', NOW)).toBe(FALLBACK);
	});

	it.each([
		['no JWT', 'opaque'],
		['an empty text', ''],
		['a JWT without exp', jwt({ sub: 'x' })],
		['a JWT of null', jwt(null)],
		['a JWT of a text', jwt('exp')],
		['a JWT with an unreadable exp', jwt({ exp: 'soon' })],
		['broken Base64', 'a.%%%.c'],
	])('falls back to a few minutes for %s', (_what, token) => {
		expect(renewalTime(undefined, token, NOW)).toBe(FALLBACK);
	});

	it('prefers what the answer says to what the token says', () => {
		const token = jwt({ exp: (NOW + 2 * HOUR) / 1000 });
		expect(renewalTime(inAnHour / 1000, token, NOW)).toBe(inAnHour - MINUTE);
	});

	it.each([-20 * MINUTE, -4 * MINUTE, 90 * SECOND, 20 * MINUTE])(
		'goes by the clock that ends the token, %d ms from ours',
		(offset) => {
			const serverNow = NOW + offset;
			const renewAt = renewalTime((serverNow + HOUR) / 1000, '', NOW, serverNow);
			expect(renewAt).toBe(NOW + HOUR - MINUTE);
		},
	);

	it.each([
		[10 * MINUTE, MINUTE],
		[100 * SECOND, 10 * SECOND],
		[SECOND, 100],
	])('of a life of %d ms keeps back %d ms', (life, margin) => {
		expect(renewalTime(NOW + life, '', NOW)).toBe(NOW + life - margin);
	});

	it.each([0, -SECOND, -HOUR])(
		'does not believe that a token just given out ended %d ms ago',
		(life) => {
			expect(renewalTime((NOW + life) / 1000, '', NOW)).toBe(FALLBACK);
		},
	);

	it('always lies after now and before the end', () => {
		const lives = fc.integer({ min: 10, max: 1000 * HOUR });
		const clocks = fc.integer({ min: -24 * HOUR, max: 24 * HOUR });
		fc.assert(
			fc.property(lives, clocks, (life, offset) => {
				const renewAt = renewalTime(NOW + offset + life, '', NOW, NOW + offset);
				expect(renewAt).toBeGreaterThan(NOW);
				expect(renewAt).toBeLessThan(NOW + life);
			}),
		);
	});

	it('is a moment in the future whatever it is given', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.double()), fc.string(), (expires, token) => {
				const renewAt = renewalTime(expires, token, NOW);
				expect(Number.isSafeInteger(renewAt)).toBe(true);
				expect(renewAt).toBeGreaterThan(NOW);
			}),
		);
	});
});
