import { expect, it } from '@jest/globals';

import { validateCount } from '../../../nodes/Imburse/validation/count.ts';

it.each([1, 2, Number.MAX_SAFE_INTEGER])('takes %p', (value) => {
	expect(validateCount(value, 'Max Concurrency')).toEqual({ ok: true, value, hints: [] });
});

it.each([0, -1, 1.5, NaN, Infinity, 2 ** 53, '3', null, undefined, {}])('refuses %p', (value) => {
	const verdict = validateCount(value, 'Max Concurrency');
	expect(verdict).toEqual({
		ok: false,
		errors: [
			{
				field: 'Max Concurrency',
				reason: expect.stringMatching(/ is not a whole number from 1 upwards$/),
				fix: 'Enter a number such as 10.',
			},
		],
	});
});
