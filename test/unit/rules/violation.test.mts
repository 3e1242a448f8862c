import { describe, expect, it } from '@jest/globals';
import { accepted, allIn, allOf, refused } from '../../../nodes/Imburse/rules/violation.ts';

const violation = (field: string) => ({ field, reason: 'is wrong', fix: 'Mend it.' });

describe('accepted and refused', () => {
	it('hold a value with its hints, or every reason against it', () => {
		expect(accepted('a')).toEqual({ ok: true, value: 'a', hints: [] });
		expect(accepted('a', ['Look.'])).toEqual({ ok: true, value: 'a', hints: ['Look.'] });
		expect(refused(violation('A'), violation('B'))).toEqual({
			ok: false,
			violations: [violation('A'), violation('B')],
		});
	});
});

describe('allOf', () => {
	it('joins values and hints', () => {
		const joined = allOf({
			a: accepted(1, ['One.']),
			b: accepted('two', ['Two.']),
			c: accepted(3),
		});
		expect(joined).toEqual({
			ok: true,
			value: { a: 1, b: 'two', c: 3 },
			hints: ['One.', 'Two.'],
		});
	});

	it('names all violations of all fields at once', () => {
		expect(
			allOf({
				a: refused(violation('A'), violation('A')),
				b: accepted(1, ['Not shown.']),
				c: refused(violation('C')),
			}),
		).toEqual({ ok: false, violations: [violation('A'), violation('A'), violation('C')] });
	});
});

describe('allIn', () => {
	it('joins values and hints in their order', () => {
		expect(allIn([accepted('a', ['One.']), accepted('b'), accepted('c', ['Two.'])])).toEqual({
			ok: true,
			value: ['a', 'b', 'c'],
			hints: ['One.', 'Two.'],
		});
		expect(allIn([])).toEqual({ ok: true, value: [], hints: [] });
	});

	it('names all violations of all entries at once', () => {
		const verdicts = [
			refused(violation('A')),
			accepted('b', ['Not shown.']),
			refused(violation('C')),
		];
		expect(allIn<unknown>(verdicts)).toEqual({
			ok: false,
			violations: [violation('A'), violation('C')],
		});
	});
});
