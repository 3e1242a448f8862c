import { describe, expect, it } from '@jest/globals';

import {
	validateCount,
	validateMinutes,
	validateNumber,
	validateSeconds,
} from '../../../nodes/Imburse/validation/number.ts';
import { valid } from '../../../nodes/Imburse/validation/result.ts';

describe('validateNumber', () => {
	const range = { expected: 'a number from 0 upwards', fix: 'Enter a number.' };
	const isValid = (value: unknown, limits: object) =>
		validateNumber(value, 'Max Payments', { ...range, ...limits }).ok;

	it('says what is expected and what to do', () => {
		expect(validateNumber(-1, 'Max Payments', { ...range, min: 0 })).toEqual({
			ok: false,
			errors: [
				{
					field: 'Max Payments',
					reason: '-1 is not a number from 0 upwards',
					fix: 'Enter a number.',
				},
			],
		});
	});

	it.each([NaN, Infinity, -Infinity, '1', true, null, undefined, [1]])(
		'never takes %p',
		(value) => {
			expect(isValid(value, {})).toBe(false);
		},
	);

	it.each<[object, number[], number[]]>([
		[{ min: 0 }, [0, 0.5, 1e300], [-0.5]],
		[{ moreThan: 0 }, [0.5, 1], [0, -1]],
		[{ max: 3 }, [-1, 3], [3.5]],
		[{ wholeNumbers: true }, [-1, 0, 2 ** 53 - 1], [0.5, 2 ** 53]],
	])('keeps within %j', (limits, inside, outside) => {
		expect(inside.map((number) => isValid(number, limits))).toEqual(inside.map(() => true));
		expect(outside.map((number) => isValid(number, limits))).toEqual(outside.map(() => false));
	});

	it('reads decimal text only where that is allowed', () => {
		expect(validateNumber(' 1.5 ', 'F', { ...range, orText: true })).toEqual(valid(1.5));
		expect(isValid(' 1.5 ', {})).toBe(false);
		for (const text of ['', ' ', '0x1F', '1e2', 'x', '1.', '-1']) {
			expect(isValid(text, { orText: true })).toBe(false);
		}
	});
});

describe('validateCount', () => {
	it.each([1, 2, Number.MAX_SAFE_INTEGER])('takes %p', (value) => {
		expect(validateCount(value, 'Max Concurrency')).toEqual({ ok: true, value, hints: [] });
	});

	it.each([0, -1, 1.5, NaN, Infinity, 2 ** 53, '3', null, undefined, {}])('refuses %p', (value) => {
		expect(validateCount(value, 'Max Concurrency')).toEqual({
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

	it('has a fix of its own where the field has one', () => {
		expect(validateCount(0, 'Limit', { fix: 'Switch Return All on.' })).toMatchObject({
			errors: [{ fix: 'Switch Return All on.' }],
		});
		expect(validateCount('3', 'Limit', { orText: true })).toEqual(valid(3));
	});
});

describe('validateSeconds', () => {
	it.each([
		[1, 1000],
		[0.5, 500],
		[3600, 3_600_000],
	])('turns %p seconds into %p milliseconds', (seconds, value) => {
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
});

const FIELD = 'Time Limit (Minutes)';
const FIX = 'Enter a number such as 30.';

describe('validateMinutes', () => {
	it.each<[unknown, number]>([
		[0, 0],
		[30, 1_800_000],
		[0.5, 30_000],
		['30', 1_800_000],
		[' 1.5 ', 90_000],
		['1.25', 75_000],
		[10_080, 604_800_000],
	])('turns %j minutes into %d milliseconds', (minutes, milliseconds) => {
		expect(validateMinutes(minutes, FIELD, FIX)).toEqual(valid(milliseconds));
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
	])('refuses %j', (minutes, shown) => {
		expect(validateMinutes(minutes, FIELD, FIX)).toEqual({
			ok: false,
			errors: [
				{
					field: FIELD,
					reason: `${shown} is not a number of minutes from 0 to 10080`,
					fix: FIX,
				},
			],
		});
	});
});
