import { describe, expect, it } from '@jest/globals';

import {
	stateOf,
	KNOWN_STATUSES,
	FAILURE_STATUSES,
	FINAL_STATUSES,
	PROCESSED_STATUSES,
	SETTLED_STATUSES,
	isOneOfStatuses,
	parseStatuses,
	statusOf,
	isSameState,
} from '../../../nodes/Imburse/validation/status.ts';
import { valid } from '../../../nodes/Imburse/validation/result.ts';

const FIELD = 'Reached When';
const FIX = 'Name at least one as Imburse writes it, several with commas in between.';

describe('statuses that a user lists', () => {
	it.each<[unknown, string[]]>([
		['SETTLED, COMPLETED', ['SETTLED', 'COMPLETED']],
		[' settled ,, Completed , ', ['SETTLED', 'COMPLETED']],
		['PAID\n', ['PAID']],
		[
			['SETTLED', 'paid, completed'],
			['SETTLED', 'PAID', 'COMPLETED'],
		],
	])('%j are read as %j', (value, statuses) => {
		expect(parseStatuses(value, FIELD)).toEqual(valid(statuses));
	});

	it.each<[unknown, string]>([
		['', 'there is no status'],
		[' , ', 'there is no status'],
		[[], 'there is no status'],
		[undefined, 'there is no status'],
		[null, 'there is no status'],
		[7, '7 is not a status'],
		[{}, 'an object is not a status'],
		[['SETTLED', null], 'nothing is not a status'],
	])('%j are refused', (value, reason) => {
		expect(parseStatuses(value, FIELD)).toEqual({
			ok: false,
			errors: [{ field: FIELD, reason, fix: FIX }],
		});
	});
});

describe('the status of an answer', () => {
	it.each<[unknown, string]>([
		[{ status: 'READY' }, 'READY'],
		[{ status: '' }, ''],
		[{ status: 7 }, ''],
		[{}, ''],
		[null, ''],
		[undefined, ''],
		['READY', ''],
	])('of %j is %j', (answer, status) => {
		expect(statusOf(answer)).toBe(status);
	});
});

describe('whether a status is listed', () => {
	it.each<[string, boolean]>([
		['SETTLED', true],
		['settled ', true],
		['UNSETTLED', false],
		['', false],
	])('%j: %j', (status, isListed) => {
		expect(isOneOfStatuses(status, ['SETTLED', 'COMPLETED'])).toBe(isListed);
	});
});

it('knows the statuses of an instruction that has ended, with a payment and without one', () => {
	expect(SETTLED_STATUSES).toEqual(['SETTLED', 'COMPLETED']);
	expect(FAILURE_STATUSES).toEqual(['FAILED', 'VOID', 'CANCELLED']);
	expect(FINAL_STATUSES).toEqual(['SETTLED', 'COMPLETED', 'FAILED', 'VOID', 'CANCELLED']);
	expect(PROCESSED_STATUSES).toEqual(['PROCESSING', ...FINAL_STATUSES]);
});

describe('two statuses', () => {
	it.each([
		['READY', 'READY', true],
		['SETTLED', 'COMPLETED', true],
		['FAILED', 'CANCELLED', true],
		['VOID', 'FAILED', true],
		['SETTLED', 'FAILED', false],
		['READY', 'LATE', false],
		['READY', '', false],
	])('%s and %s say the same: %s', (one, other, expected) => {
		expect(isSameState(one, other)).toBe(expected);
	});
});

describe('what a status means', () => {
	it.each([
		['SETTLED', 'settled'],
		['COMPLETED', 'settled'],
		['FAILED', 'failed'],
		['VOID', 'cancelled'],
		['CANCELLED', 'cancelled'],
		[' settled ', 'settled'],
		['READY', 'open'],
		['INCOMPLETE', 'open'],
		['LATE', 'open'],
		['PROCESSING', 'open'],
		['SETTLING_SOON', 'open'],
		['', 'open'],
	])('%j is %s', (status, state) => {
		expect(stateOf(status)).toBe(state);
	});

	it('is an end for every known status that is final, and for no other', () => {
		const ended = KNOWN_STATUSES.filter((status) => stateOf(status) !== 'open');
		expect(new Set(ended)).toEqual(new Set(FINAL_STATUSES));
	});
});
