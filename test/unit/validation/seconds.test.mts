import { expect, it } from '@jest/globals';

import { validateSeconds } from '../../../nodes/Imburse/validation/seconds.ts';

it.each([
	[1, 1000],
	[0.5, 500],
	[3600, 3_600_000],
])('%p seconds are %p milliseconds', (seconds, value) => {
	expect(validateSeconds(seconds, 'Created Within (Seconds)')).toEqual({
		ok: true,
		value,
		hints: [],
	});
});

it.each([0, -1, 3600.1, NaN, Infinity, '60', null, undefined])('refuses %p', (value) => {
	expect(validateSeconds(value, 'Created Within (Seconds)')).toEqual({
		ok: false,
		errors: [
			{
				field: 'Created Within (Seconds)',
				reason: expect.stringMatching(/ is not a number of seconds up to 3600$/),
				fix: 'Enter a number such as 60.',
			},
		],
	});
});
