import { expect, it } from '@jest/globals';
import { retryAfter } from '../../../nodes/Imburse/api/retryAfter.ts';

const NOW = Date.UTC(2026, 10, 23, 7, 0, 0);

it.each([
	['0', 0],
	['7', 7_000],
	[' 7 ', 7_000],
	['1.5', 1_500],
	['120', 120_000],
	['1.25', 1_250],
	['7 seconds', undefined],
	['2026-11-23T07:00:09Z', undefined],
	['Mon, 23 Nov 2026 07:00:09 GMT', 9_000],
	['Mon, 23 Nov 2026 06:59:00 GMT', 0],
	['', undefined],
	['soon', undefined],
	['-5', undefined],
	[undefined, undefined],
])('reads %j as %j milliseconds', (value, milliseconds) => {
	expect(retryAfter(value, NOW)).toBe(milliseconds);
});
