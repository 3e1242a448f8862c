import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { DATE_FORMS, readWrittenDate } from '../../../nodes/Imburse/validation/writtenDate.ts';
import { errorsOf } from './outcome.mts';

/** What each form makes of each spelling; a dash where it is refused. */
const TABLE: ReadonlyArray<readonly [value: string | number, ...dates: string[]]> = [
	// DD/MM/YYYY   MM/DD/YYYY   DD.MM.YYYY   serial day
	['03/04/2026', '2026-04-03', '2026-03-04', '-', '-'],
	['3/4/2026', '2026-04-03', '2026-03-04', '-', '-'],
	['31/12/2026', '2026-12-31', '-', '-', '-'],
	['12/31/2026', '-', '2026-12-31', '-', '-'],
	['03.04.2026', '-', '-', '2026-04-03', '-'],
	['31.04.2026', '-', '-', '-', '-'],
	['29.02.2028', '-', '-', '2028-02-29', '-'],
	['29.02.2026', '-', '-', '-', '-'],
	['03-04-2026', '-', '-', '-', '-'],
	['03/04/26', '-', '-', '-', '-'],
	['00/00/2026', '-', '-', '-', '-'],
	['2026-04-03', '-', '-', '-', '-'],
	['2026/04/03', '-', '-', '-', '-'],
	[' 03/04/2026', '-', '-', '-', '-'],
	['03/04/2026 10:00', '-', '-', '-', '-'],
	['03/04/2026\n', '-', '-', '-', '-'],
	['3 April 2026', '-', '-', '-', '-'],
	['46115', '-', '-', '-', '2026-04-03'],
	[46115, '-', '-', '-', '2026-04-03'],
	[36526, '-', '-', '-', '2000-01-01'],
	[2958465, '-', '-', '-', '9999-12-31'],
	[2958466, '-', '-', '-', '-'],
	[60, '-', '-', '-', '-'],
	[46115.5, '-', '-', '-', '-'],
	['46115.0', '-', '-', '-', '-'],
	[1775174400000, '-', '-', '-', '-'],
	[20260403, '-', '-', '-', '-'],
	[-1, '-', '-', '-', '-'],
];

describe.each(DATE_FORMS.slice(1).map((form, index) => [form, index] as const))(
	'a day that is written as %s',
	(form, column) => {
		it.each(TABLE.map(([value, ...dates]) => [value, dates[column]!] as const))(
			'%j becomes %s',
			(value, date) => {
				const result = readWrittenDate(value, form, 'Settled By Date');
				expect(result.ok ? result.value : '-').toBe(date);
				if (result.ok) return;
				expect(result.errors[0]?.fix).toBe('Correct it in your data.');
			},
		);

		it('stays as it is where it is empty or no text', () => {
			for (const value of ['', null, undefined, new Date(0)]) {
				expect(readWrittenDate(value, form, 'Field')).toEqual({ ok: true, value, hints: [] });
			}
		});
	},
);

describe('the form of a day', () => {
	it('is ISO by default, which changes nothing', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(readWrittenDate(value, 'iso', 'Field')).toEqual({ ok: true, value, hints: [] });
			}),
		);
	});

	it('counts the days of a spreadsheet one by one', () => {
		fc.assert(
			fc.property(fc.integer({ min: 36_526, max: 2_958_464 }), (serial) => {
				const [day, next] = [serial, serial + 1].map((value) => {
					const result = readWrittenDate(value, 'serialDay', 'Field');
					return result.ok ? Date.parse(`${String(result.value)}T00:00:00Z`) : NaN;
				});
				expect(next! - day!).toBe(86_400_000);
			}),
		);
	});
});

it.each([
	['0', 'serialDay', 'the whole number of a day, as spreadsheets count them'],
	['2026', 'DD.MM.YYYY', 'DD.MM.YYYY'],
] as const)('%j is refused with what is expected for %s', (value, form, meant) => {
	expect(errorsOf(readWrittenDate(value, form, 'Settled By Date'))).toEqual([
		{
			field: 'Settled By Date',
			reason: `"${value}" is no day that is written as ${meant}`,
			fix: 'Correct it in your data.',
		},
	]);
});
