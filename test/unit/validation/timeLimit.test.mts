import { describe, expect, it } from '@jest/globals';

import { validateTimeLimit } from '../../../nodes/Imburse/validation/timeLimit.ts';
import { valid } from '../../../nodes/Imburse/validation/result.ts';

const FIELD = 'Time Limit (Minutes)';

describe('a time limit', () => {
	it.each<[unknown, number]>([
		[0, 0],
		[30, 1_800_000],
		[0.5, 30_000],
		['30', 1_800_000],
		[' 1.5 ', 90_000],
		['1.25', 75_000],
		[10_080, 604_800_000],
	])('of %j minutes is %d milliseconds', (minutes, milliseconds) => {
		expect(validateTimeLimit(minutes, FIELD)).toEqual(valid(milliseconds));
	});

	it.each<[unknown, string]>([
		[-1, '-1'],
		[-0.001, '-0.001'],
		[10_080.1, '10080.1'],
		[Infinity, 'Infinity'],
		[NaN, 'NaN'],
		['', '""'],
		[' ', '" "'],
		['an hour', '"an hour"'],
		['0x1F', '"0x1F"'],
		['1e2', '"1e2"'],
		[true, 'true'],
		[null, 'nothing'],
		[undefined, 'nothing'],
		[[30], 'a list'],
	])('%j is refused', (minutes, shown) => {
		expect(validateTimeLimit(minutes, FIELD)).toEqual({
			ok: false,
			errors: [
				{
					field: FIELD,
					reason: `${shown} is not a number of minutes from 0 to 10080`,
					fix: expect.stringContaining('Enter a number such as 30'),
				},
			],
		});
	});
});
