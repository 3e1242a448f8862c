import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isoInstant } from '../../../../nodes/Imburse/webhook/events/instant.ts';

describe('isoInstant', () => {
	it.each([
		[1569248349, '2019-09-23T14:19:09.000Z'],
		[1569248349123, '2019-09-23T14:19:09.123Z'],
		['1569248349', '2019-09-23T14:19:09.000Z'],
		['1569248349123', '2019-09-23T14:19:09.123Z'],
		[1569248349.5, '2019-09-23T14:19:09.500Z'],
		[' 1569248349.5 ', '2019-09-23T14:19:09.500Z'],
		['2026-11-30T12:00:00Z', '2026-11-30T12:00:00.000Z'],
		['2026-11-30T12:00Z', '2026-11-30T12:00:00.000Z'],
		['2026-11-30T12:00:00.123456789Z', '2026-11-30T12:00:00.123Z'],
		['2026-11-30T12:00:00+01:00', '2026-11-30T11:00:00.000Z'],
		['2026-11-30T12:00:00-0530', '2026-11-30T17:30:00.000Z'],
		['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
	])('reads %p', (value, text) => {
		expect(isoInstant(value)).toBe(text);
	});

	it.each([
		['a time without a zone', '2026-11-30T12:00:00'],
		['a day', '2026-11-30'],
		['a time with a space', '2026-11-30 12:00:00Z'],
		['a time in words', 'Mon, 30 Nov 2026 12:00:00 GMT'],
		['another order', '30/11/2026T12:00:00Z'],
		['a day that does not exist', '2026-02-30T12:00:00Z'],
		['a leap day of another year', '2026-02-29T12:00:00Z'],
		['a month that does not exist', '2026-13-01T12:00:00Z'],
		['an hour that does not exist', '2026-11-30T25:00:00Z'],
		['an offset that does not exist', '2026-11-30T12:00:00+99:99'],
		['nothing', ''],
		['nothing', undefined],
		['null', null],
		['zero', 0],
		['a negative number', -1569248349],
		['not a number', NaN],
		['infinity', Infinity],
		['a number beyond all dates', 8.65e15],
		['a number beyond all dates', '99999999999999999999'],
		['true', true],
		['a list', [1569248349]],
		['an object', { seconds: 1569248349 }],
	])('finds no instant in %s', (_case, value) => {
		expect(isoInstant(value)).toBeNull();
	});

	it('never throws, and gives UTC or nothing', () => {
		const texts = fc.oneof(
			fc.anything(),
			fc.double(),
			fc.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{0,12}(Z|[+-]\d\d:?\d\d)?$/),
		);
		fc.assert(
			fc.property(texts, (value) => {
				const text = isoInstant(value);
				if (text !== null) expect(new Date(text).toISOString()).toBe(text);
			}),
			{ numRuns: 2000 },
		);
	});

	it('returns the same instant for every way to write it', () => {
		fc.assert(
			fc.property(fc.integer({ min: 946_684_800, max: 4_102_444_800 }), (seconds) => {
				const iso = new Date(seconds * 1000).toISOString();
				const forms = [seconds, String(seconds), seconds * 1000, String(seconds * 1000), iso];
				for (const form of forms) expect(isoInstant(form)).toBe(iso);
			}),
		);
	});
});
