import { describe, expect, it } from '@jest/globals';
import { validateReason } from '../../../nodes/Imburse/validation/reason.ts';
import { errorsOf } from './outcome.mts';

describe('validateReason', () => {
	it.each([
		['Paid twice', 'Paid twice'],
		['  Claim withdrawn \n', 'Claim withdrawn'],
		['Zurückgezogen: Schaden war nicht gedeckt', 'Zurückgezogen: Schaden war nicht gedeckt'],
		['x', 'x'],
	])('takes %j', (value, reason) => {
		expect(validateReason(value, 'Reason')).toMatchObject({ ok: true, value: reason });
	});

	it.each([
		[undefined, 'there is no value'],
		[null, 'there is no value'],
		['', 'there is no value'],
		['   ', '"   " holds nothing but spaces'],
		['undefined', '"undefined" stands for a missing value'],
		['[object Object]', '"[object Object]" is what becomes of an object in a text'],
		['---', '"---" holds no letter and no digit'],
		['#REF!', '"#REF!" is an error of a spreadsheet\'s formula'],
		['a'.repeat(501), 'it has 501 characters, and 500 are enough to say why'],
		['paid to 4111 1111 1111 1111', 'it looks like it holds a card number (**** **** **** 1111)'],
		['DE89370400440532013000', 'it looks like it holds an IBAN (DE** **** **** 3000)'],
		[17, '17 is not a text'],
		[{ text: 'Paid twice' }, 'an object is not a text'],
	])('refuses %j', (value, reason) => {
		const fix = reason.startsWith('it looks like')
			? 'Take it out: the reason stays with the payment.'
			: 'Write in a few words why, for whoever looks the payment up later.';
		expect(errorsOf(validateReason(value, 'Reason'))).toEqual([{ field: 'Reason', reason, fix }]);
	});
});
