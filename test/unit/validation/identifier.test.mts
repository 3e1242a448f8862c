import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateIdentifier } from '../../../nodes/Imburse/validation/identifier.ts';
import { valueOf, errorsOf } from './outcome.mts';

const check = (value: unknown) => validateIdentifier(value, 'Scheme');

describe('validateIdentifier', () => {
	it.each([
		'0123456789ABCDEF0123456789ABCDEF',
		'11111111-2222-4333-8444-555555555555',
		'...',
		'x'.repeat(100),
	])('takes %p', (id) => {
		expect(valueOf(check(id))).toBe(id);
	});

	it.each([undefined, null, ''])('says of %p where an ID comes from', (value) => {
		expect(errorsOf(check(value))).toEqual([
			{
				field: 'Scheme',
				reason: 'there is no value',
				fix: 'Pick it from the list, or map its ID.',
			},
		]);
	});

	it.each([
		['a b', '"a b" is not an ID as Imburse makes them'],
		['..', '".." is not an ID as Imburse makes them'],
		['.', '"." is not an ID as Imburse makes them'],
		['x'.repeat(101), `"${'x'.repeat(40)}…" is not an ID as Imburse makes them`],
		[12, '12 is not an ID as Imburse makes them'],
	])('refuses %p', (value, reason) => {
		expect(errorsOf(check(value))).toEqual([
			{ field: 'Scheme', reason, fix: 'Copy the ID from Imburse: one text without spaces.' },
		]);
	});

	it('takes only plain characters without spaces', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', minLength: 3, maxLength: 5 }), (id) => {
				const plain = [...id].every((character) => character > ' ' && character < '\u007f');
				expect(check(id).ok).toBe(plain);
			}),
		);
	});
});
