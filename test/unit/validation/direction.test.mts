import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateDirection } from '../../../nodes/Imburse/validation/direction.ts';
import { errorsOf } from './outcome.mts';

const CHOICE =
	'Choose Pay Out (CREDIT) to send money to the customer, or Collect (DEBIT) to take money from the customer.';
const check = (value: unknown) => validateDirection(value, 'Direction');

describe('validateDirection', () => {
	it.each(['CREDIT', 'DEBIT'])('takes %s', (direction) => {
		expect(check(direction)).toEqual({ ok: true, value: direction, hints: [] });
	});

	it.each([
		[undefined, 'there is no value', CHOICE],
		[null, 'there is no value', CHOICE],
		['', 'there is no value', CHOICE],
		['credit', '"credit" is not written as Imburse takes it', `Write CREDIT. ${CHOICE}`],
		['DEBIT ', '"DEBIT " is not written as Imburse takes it', `Write DEBIT. ${CHOICE}`],
		['Pay-Out', '"Pay-Out" is not written as Imburse takes it', `Write CREDIT. ${CHOICE}`],
		[
			'Pay Out (CREDIT)',
			'"Pay Out (CREDIT)" is not written as Imburse takes it',
			`Write CREDIT. ${CHOICE}`,
		],
		['collect', '"collect" is not written as Imburse takes it', `Write DEBIT. ${CHOICE}`],
		[
			'Collect (DEBIT)',
			'"Collect (DEBIT)" is not written as Imburse takes it',
			`Write DEBIT. ${CHOICE}`,
		],
		['refund', '"refund" is not written as Imburse takes it', CHOICE],
		[1, '1 is not written as Imburse takes it', CHOICE],
	])('refuses %p', (value, reason, fix) => {
		expect(errorsOf(check(value))).toEqual([{ field: 'Direction', reason, fix }]);
	});

	it('takes nothing else', () => {
		fc.assert(
			fc.property(fc.oneof(fc.mixedCase(fc.constant('CREDIT')), fc.anything()), (value) => {
				expect(check(value).ok).toBe(value === 'CREDIT' || value === 'DEBIT');
			}),
		);
	});
});
