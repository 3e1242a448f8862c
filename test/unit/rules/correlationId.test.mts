import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkCorrelationId } from '../../../nodes/Imburse/rules/correlationId.ts';
import { valueOf, violationsOf } from './verdict.mts';

describe('checkCorrelationId', () => {
	it.each(['a', 'CLM-17:2026/11', '~'.repeat(128)])('takes %p', (id) => {
		expect(valueOf(checkCorrelationId(id))).toBe(id);
	});

	it('takes a number as its text', () => {
		expect(valueOf(checkCorrelationId(17))).toBe('17');
	});

	it.each(['', ' ', 'a b', 'a\r\nX-Evil: 1', 'ä', '😀', '~'.repeat(129), null, undefined, {}])(
		'refuses %p, with a fix',
		(id) => {
			expect(violationsOf(checkCorrelationId(id))).toEqual([
				{
					field: 'Correlation ID',
					reason: expect.stringContaining('without spaces'),
					fix: expect.stringMatching(/^Remove it/),
				},
			]);
		},
	);

	it('takes only what a header carries unchanged', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 5 }), (id) => {
				const plain = [...id].every((character) => character > ' ' && character < '\u007f');
				expect(checkCorrelationId(id).ok).toBe(plain && id !== '');
			}),
		);
	});
});
