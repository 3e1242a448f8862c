import { describe, expect, it } from '@jest/globals';
import {
	valid,
	allIn,
	allOf,
	describeError,
	describeFixes,
	describeReasons,
	invalid,
	isEmpty,
	optional,
} from '../../../nodes/Imburse/validation/result.ts';

const error = (field: string) => ({ field, reason: 'is wrong', fix: 'Correct it.' });

describe('valid and invalid', () => {
	it('hold a value with its hints, or every reason against it', () => {
		expect(valid('a')).toEqual({ ok: true, value: 'a', hints: [] });
		expect(valid('a', ['Look.'])).toEqual({ ok: true, value: 'a', hints: ['Look.'] });
		expect(invalid(error('A'), error('B'))).toEqual({
			ok: false,
			errors: [error('A'), error('B')],
		});
	});
});

describe('allOf', () => {
	it('joins values and hints', () => {
		const joined = allOf({
			a: valid(1, ['One.']),
			b: valid('two', ['Two.']),
			c: valid(3),
		});
		expect(joined).toEqual({
			ok: true,
			value: { a: 1, b: 'two', c: 3 },
			hints: ['One.', 'Two.'],
		});
	});

	it('names all errors of all fields at once', () => {
		expect(
			allOf({
				a: invalid(error('A'), error('A')),
				b: valid(1, ['Not shown.']),
				c: invalid(error('C')),
			}),
		).toEqual({ ok: false, errors: [error('A'), error('A'), error('C')] });
	});
});

describe('allIn', () => {
	it('joins values and hints in their order', () => {
		expect(allIn([valid('a', ['One.']), valid('b'), valid('c', ['Two.'])])).toEqual({
			ok: true,
			value: ['a', 'b', 'c'],
			hints: ['One.', 'Two.'],
		});
		expect(allIn([])).toEqual({ ok: true, value: [], hints: [] });
	});

	it('names all errors of all entries at once', () => {
		const results = [invalid(error('A')), valid('b', ['Not shown.']), invalid(error('C'))];
		expect(allIn<unknown>(results)).toEqual({
			ok: false,
			errors: [error('A'), error('C')],
		});
	});
});

describe('isEmpty', () => {
	it.each([undefined, null, ''])('is %p', (value) => {
		expect(isEmpty(value)).toBe(true);
	});

	it.each([0, false, ' ', [], {}, NaN])('is not %p', (value) => {
		expect(isEmpty(value)).toBe(false);
	});
});

describe('optional', () => {
	const refuse = () => invalid<string>({ field: 'F', reason: 'r', fix: 'f' });

	it('does not look at a field that was left empty', () => {
		expect(optional('', refuse)).toEqual(valid(undefined));
	});

	it('validates any other value', () => {
		expect(optional(0, refuse)).toEqual(refuse());
		expect(optional('a', (value) => valid(value))).toEqual(valid('a'));
	});
});

describe('errors as texts', () => {
	const errors = [error('A'), { field: 'B', reason: 'is missing', fix: 'Add it.' }, error('C')];

	it('name field, reason and fix of one', () => {
		expect(describeError(errors[1]!)).toBe('B: is missing. Add it.');
	});

	it('name the reasons of several, and each fix once', () => {
		expect(describeReasons(errors)).toBe('A: is wrong; B: is missing; C: is wrong');
		expect(describeFixes(errors)).toBe('Correct it. Add it.');
	});
});
