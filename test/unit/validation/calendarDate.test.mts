import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { runInNewContext } from 'node:vm';
import {
	epochMilliseconds,
	isInCalendar,
	validateCalendarDate,
} from '../../../nodes/Imburse/validation/calendarDate.ts';
import { reasonsOf, valueOf, errorsOf } from './outcome.mts';

const FIELD = 'Settled By Date';
const OF_A_SHEET =
	"Turn it into a date: {{ DateTime.fromISO('1899-12-30').plus({ days: $json.yourField }).toISODate() }} does that for Excel and Google Sheets.";
const OF_A_CLOCK =
	'Turn it into a date: {{ DateTime.fromMillis($json.yourField).toISODate() }} does that for milliseconds, DateTime.fromSeconds for seconds.';
const EXAMPLE = 'Write year, month and day, for example 2026-11-30.';
const read = (value: unknown, zone = 'Europe/Berlin') => validateCalendarDate(value, FIELD, zone);

const zones = fc.constantFrom(
	...['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Asia/Kolkata'],
	...['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Africa/Casablanca', 'America/Sao_Paulo'],
);
const moments = fc.date({
	min: new Date('2000-01-03T00:00:00Z'),
	max: new Date('2099-12-31T00:00:00Z'),
	noInvalidDate: true,
});
const days = moments.map((moment) => moment.toISOString().slice(0, 10));

describe('validateCalendarDate', () => {
	it.each([
		['2026-11-30', '2026-11-30'],
		['2028-02-29', '2028-02-29'],
		['2000-01-01', '2000-01-01'],
		['2026-11-30T00:00:00', '2026-11-30'],
		['2026-11-30 23:59', '2026-11-30'],
		['2026-11-30T22:59:59.999Z', '2026-11-30'],
		['2026-11-30T00:00:00Z', '2026-11-30'],
		['2026-11-30t10:00:00z', '2026-11-30'],
		['2026-11-30T00:00:00+01:00', '2026-11-30'],
		['2026-11-30T00:00:00.000+0100', '2026-11-30'],
		['2026-06-30T00:00:00.000+02:00', '2026-06-30'],
		['2026-11-30T17:59:00-05:00', '2026-11-30'],
		[new Date('2026-11-30T12:00:00Z'), '2026-11-30'],
		[DateTime.fromISO('2026-11-30', { zone: 'Europe/Berlin' }), '2026-11-30'],
		[DateTime.fromISO('2026-11-30T17:00', { zone: 'America/New_York' }), '2026-11-30'],
	])('reads %p as a day in Berlin', (value, day) => {
		expect(read(value)).toEqual({ ok: true, value: day, hints: [] });
	});

	it.each([
		[undefined, 'there is no value', EXAMPLE],
		[null, 'there is no value', EXAMPLE],
		['', 'there is no value', EXAMPLE],
		['2026-02-30', '"2026-02-30" is not in the calendar', 'Check the day and the month.'],
		['2027-02-29', '"2027-02-29" is not in the calendar', 'Check the day and the month.'],
		['2026-13-01', '"2026-13-01" is not in the calendar', 'Check the day and the month.'],
		[
			'2026-02-30T10:00:00Z',
			'"2026-02-30T10:00:00Z" is not in the calendar',
			'Check the day and the month.',
		],
		['2026-11-30T24:00:00Z', '"2026-11-30T24:00:00Z" is not a date that can be read', EXAMPLE],
		['2026-11-30 ', '"2026-11-30 " begins or ends with a space', 'Remove it in your data.'],
		['2026-1-3', '"2026-1-3" is not a date that can be read', EXAMPLE],
		['next Monday', '"next Monday" is not a date that can be read', EXAMPLE],
		[{}, 'an object is not a date that can be read', EXAMPLE],
		[true, 'true is not a date that can be read', EXAMPLE],
		[{ toISO: () => '2026-11-30' }, 'an object is not a date that can be read', EXAMPLE],
		[new Date(NaN), 'a date is not a date that can be read', EXAMPLE],
		[new Date(8.64e15), 'a date is not a date that can be read', EXAMPLE],
		[DateTime.invalid('test'), 'an object is not a date that can be read', EXAMPLE],
		[
			'01/02/2026',
			'"01/02/2026" can be read as 2026-02-01 or as 2026-01-02',
			'Write the year first, then month and day.',
		],
		[
			'1.2.2026',
			'"1.2.2026" can be read as 2026-02-01 or as 2026-01-02',
			'Write the year first, then month and day.',
		],
		['30/11/2026', '"30/11/2026" is not written with the year first', 'Write 2026-11-30.'],
		['11-30-2026', '"11-30-2026" is not written with the year first', 'Write 2026-11-30.'],
		['05.05.2026', '"05.05.2026" is not written with the year first', 'Write 2026-05-05.'],
		['31/31/2026', '"31/31/2026" is not written with the year first', EXAMPLE],
		['20261130', '20261130 has no hyphens', 'Write 2026-11-30.'],
		[20261130, '20261130 has no hyphens', 'Write 2026-11-30.'],
		[46356, '46356 is a number, as spreadsheets count days', OF_A_SHEET],
		['46356.5', '46356.5 is a number, as spreadsheets count days', OF_A_SHEET],
		[999999, '999999 is a number, as spreadsheets count days', OF_A_SHEET],
		[1000000, '1000000 is a number, not a date', OF_A_CLOCK],
		[1796000000000, '1796000000000 is a number, not a date', OF_A_CLOCK],
		[20261331, '20261331 is a number, not a date', OF_A_CLOCK],
		['0026-11-30', '"0026-11-30" is long past', 'Check the year.'],
		['1999-12-31T23:00:00', '"1999-12-31T23:00:00" is long past', 'Check the year.'],
		[-1, '-1 is not a date that can be read', EXAMPLE],
	])('refuses %p', (value, reason, fix) => {
		expect(errorsOf(read(value))).toEqual([{ field: FIELD, reason, fix }]);
	});

	it.each([
		['2026-11-30T00:00:00.000Z', 'America/New_York', '2026-11-30', '2026-11-29'],
		['2026-11-30T23:59:59Z', 'Europe/Berlin', '2026-11-30', '2026-12-01'],
		['2026-11-29T23:00:00.000Z', 'Europe/Berlin', '2026-11-29', '2026-11-30'],
		['2026-11-30T20:00:00-05:00', 'Europe/Berlin', '2026-11-30', '2026-12-01'],
		['2026-11-30 00:30+01:00', 'UTC', '2026-11-30', '2026-11-29'],
		['2026-06-30T23:30:00+0200', 'Asia/Kolkata', '2026-06-30', '2026-07-01'],
	])(
		'refuses %p in %s, where it is %s in one place and %s in the other',
		(text, zone, one, other) => {
			expect(errorsOf(read(text, zone))).toEqual([
				{
					field: FIELD,
					reason: `"${text}" can be read as ${one} or, in the time zone of the workflow (${zone}), as ${other}`,
					fix: `Send the date without a time, for example {{ $json.yourField.slice(0, 10) }} for ${one}, or {{ DateTime.fromISO($json.yourField).toFormat('yyyy-MM-dd') }} for ${other}.`,
				},
			]);
		},
	);

	it('refuses a Luxon DateTime of a zone in which it is another day', () => {
		const date = DateTime.fromISO('2026-11-30T20:00', { zone: 'America/New_York' });
		expect(reasonsOf(read(date))).toEqual([
			`${FIELD}: "2026-11-30T20:00:00.000-05:00" can be read as 2026-11-30 or, in the time zone of the workflow (Europe/Berlin), as 2026-12-01`,
		]);
	});

	describe('a JavaScript Date', () => {
		const { TZ } = process.env;

		afterEach(() => {
			if (TZ === undefined) delete process.env.TZ;
			else process.env.TZ = TZ;
		});

		it('is refused where its day is another one in the time zone of the process', () => {
			process.env.TZ = 'Europe/Berlin';
			expect(errorsOf(read(new Date(2026, 9, 2), 'America/New_York'))).toEqual([
				{
					field: FIELD,
					reason:
						'"2026-10-01T22:00:00.000Z" can be read as 2026-10-01 or, in the time zone of the n8n process, as 2026-10-02',
					fix: "Send the day as text: write it as '2026-11-30', or use {{ DateTime.fromJSDate(yourDate).toFormat('yyyy-MM-dd') }} and check that it is the day that you mean.",
				},
			]);
		});

		it('names three days where it is each of them somewhere', () => {
			process.env.TZ = 'Pacific/Kiritimati';
			expect(reasonsOf(read(new Date('2026-10-02T10:30:00Z'), 'Pacific/Pago_Pago'))).toEqual([
				`${FIELD}: "2026-10-02T10:30:00.000Z" can be read as 2026-10-02 or, in the time zone of the workflow (Pacific/Pago_Pago), as 2026-10-01, or, in the time zone of the n8n process, as 2026-10-03`,
			]);
		});

		it('of another realm is a date, too', () => {
			const other = runInNewContext("new Date('2026-10-02T10:30:00Z')") as unknown;
			expect(valueOf(read(other))).toBe('2026-10-02');
		});

		it('has one day everywhere that matters, or is refused', () => {
			fc.assert(
				fc.property(moments, zones, zones, (moment, zone, process_) => {
					process.env.TZ = process_;
					const days = ['UTC', zone, process_].map((one) =>
						DateTime.fromJSDate(moment, { zone: one }).toISODate(),
					);
					const result = read(moment, zone);
					expect(result.ok).toBe(new Set(days).size === 1);
					if (result.ok) expect(result.value).toBe(days[0]);
				}),
				{ numRuns: 300 },
			);
		});
	});

	it('never shifts a day that is written as a day, whatever the zone', () => {
		fc.assert(
			fc.property(days, zones, (day, zone) => {
				expect(valueOf(read(day, zone))).toBe(day);
				expect(valueOf(read(`${day}T00:00:00`, zone))).toBe(day);
				expect(valueOf(read(DateTime.fromISO(day, { zone }), zone))).toBe(day);
				expect(valueOf(read(DateTime.fromISO(day, { zone }).toISO(), zone))).toBe(day);
			}),
		);
	});

	it('takes a moment only where its own day is the day in the time zone of the workflow', () => {
		fc.assert(
			fc.property(moments, zones, zones, (moment, zone, written) => {
				const inZone = DateTime.fromJSDate(moment, { zone: written });
				const there = inZone.setZone(zone).toISODate();
				for (const value of [moment.toISOString(), inZone, inZone.toISO()]) {
					const own = value === moment.toISOString() ? value.slice(0, 10) : inZone.toISODate();
					const result = read(value, zone);
					expect(result.ok).toBe(own === there);
					if (result.ok) expect(result.value).toBe(own);
					else expect(result.errors[0]?.reason).toMatch(new RegExp(`${own}.* as ${there}$`));
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('takes exactly the days of the calendar', () => {
		const numbers = fc.tuple(fc.integer({ min: 1900, max: 9999 }), fc.nat(14), fc.nat(33));
		fc.assert(
			fc.property(numbers, ([year, month, day]) => {
				const text = [String(year).padStart(4, '0'), ...[month, day].map(twoDigits)].join('-');
				const { isValid } = DateTime.fromISO(text);
				expect(isInCalendar(text)).toBe(isValid);
				expect(read(text).ok).toBe(year >= 2000 && isValid);
			}),
			{ numRuns: 500 },
		);
	});

	it('says something of every value', () => {
		fc.assert(
			fc.property(fc.anything({ withDate: true }), (value) => {
				const result = read(value);
				if (result.ok) expect(result.value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
				else expect(reasonsOf(result)).toHaveLength(1);
			}),
		);
	});

	it('throws where the zone is no zone', () => {
		expect(() => read('2026-11-30T10:00:00Z', 'Mars/Base')).toThrow(RangeError);
	});
});

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}

describe('epochMilliseconds', () => {
	it.each([
		['seconds of 2019', 1_569_248_349, 1_569_248_349_000],
		['seconds with a fraction', 1_569_248_349.5, 1_569_248_349_500],
		['milliseconds of 2019', 1_569_248_349_123, 1_569_248_349_123],
		['the last number of seconds', 99_999_999_999, 99_999_999_999_000],
		['the first number of milliseconds', 100_000_000_000, 100_000_000_000],
	])('takes %s for what they are', (_, value, milliseconds) => {
		expect(epochMilliseconds(value)).toBe(milliseconds);
	});
});
