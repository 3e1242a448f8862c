import { describe, expect, it } from '@jest/globals';
import { verifyTimestamp } from '../../../../nodes/Imburse/webhook/verify/timestamp.ts';
import { NOW } from '../deliveries.mts';

describe('checkTimestamp', () => {
	it.each([
		['seconds', String(NOW / 1000)],
		['seconds with a fraction', `${NOW / 1000}.347`],
		['milliseconds', String(NOW)],
		['ISO 8601 in UTC', '2026-11-30T12:00:00Z'],
		['ISO 8601 with milliseconds', '2026-11-30T12:00:00.250Z'],
		['ISO 8601 with an offset', '2026-11-30T13:00:00+01:00'],
	])('reads %s', (_form, text) => {
		expect(verifyTimestamp(text, 5, NOW)).toEqual({ ok: true });
		expect(verifyTimestamp(text, 5, NOW + 60_000)).toMatchObject({ ok: false });
		expect(verifyTimestamp(text, 5, NOW - 60_000)).toMatchObject({ ok: false });
	});

	it.each([
		'',
		'now',
		'0',
		'-1796040000',
		'1.8e9',
		'0x6b0d3f40',
		'1796040000, 1796040000',
		'2026-11-30T12:00:00',
		'2026-11-30',
		'Mon, 30 Nov 2026 12:00:00 GMT',
		'2026-02-30T12:00:00Z',
		'99999999999999999999',
	])('takes %p for no time', (text) => {
		const verdict = { ok: false, reason: 'its timestamp is no time' };
		expect(verifyTimestamp(text, Number.MAX_VALUE, NOW)).toEqual(verdict);
	});

	it('counts whole seconds, both ways', () => {
		const text = String(NOW / 1000);
		expect(verifyTimestamp(text, 10, NOW + 10_499)).toEqual({ ok: true });
		expect(verifyTimestamp(text, 10, NOW - 10_499)).toEqual({ ok: true });
		expect(verifyTimestamp(text, 10, NOW + 10_501)).toEqual({
			ok: false,
			reason: 'its timestamp is 11 seconds old',
		});
		expect(verifyTimestamp(text, 10, NOW - 10_501)).toEqual({
			ok: false,
			reason: 'its timestamp lies 11 seconds in the future',
		});
	});
});
