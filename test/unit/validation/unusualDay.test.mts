import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { unusualDayHints } from '../../../nodes/Imburse/validation/unusualDay.ts';

const TODAY = '2028-03-01';
const hints = (day: string, today = TODAY) => unusualDayHints(day, 'Due', today);

/** The day that a clock in a zone shows, at any moment and so many hours from UTC. */
const dayAt = (moment: number, hours: number) =>
	new Date(moment + hours * 3_600_000).toISOString().slice(0, 10);

describe('a day by which a payment is to settle', () => {
	it.each(['2028-02-28', '2028-02-01', '2000-01-01'])('%s has passed', (day) => {
		expect(hints(day)).toEqual([
			`Due: ${day} has passed. Check that it is the day that you mean: whether Imburse takes such a day is not documented.`,
		]);
	});

	it.each(['2030-03-03', '2062-03-01', '2206-03-01', '9999-12-31'])('%s is far ahead', (day) => {
		expect(hints(day)).toEqual([`Due: ${day} is more than two years ahead. Check the year.`]);
	});

	it.each(['2028-02-29', TODAY, '2028-03-02', '2028-12-31', '2030-03-01', '2030-03-02'])(
		'%s is as any other',
		(day) => {
			expect(hints(day)).toEqual([]);
		},
	);

	it.each([
		['2028-02-27', '2030-02-28', '2030-03-01'],
		['2028-02-28', '2030-02-28', '2030-03-01'],
		['2028-02-29', '2030-03-01', '2030-03-02'],
		['2028-12-31', '2031-01-01', '2031-01-02'],
	])('counts two years from the day after %s', (today, last, first) => {
		expect([hints(last, today), hints(first, today).length]).toEqual([[], 1]);
	});

	it('never has passed while it is today anywhere', () => {
		const moments = fc.date({
			min: new Date('2020-01-01'),
			max: new Date('2100-01-01'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(moments, fc.integer({ min: -12, max: 14 }), (moment, hours) => {
				const today = moment.toISOString().slice(0, 10);
				expect(hints(dayAt(moment.getTime(), hours), today)).toEqual([]);
			}),
		);
	});
});
