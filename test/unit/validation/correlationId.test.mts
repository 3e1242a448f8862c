import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateCorrelationId } from '../../../nodes/Imburse/validation/correlationId.ts';
import { valueOf, errorsOf } from './outcome.mts';

describe('validateCorrelationId', () => {
	it.each(['a', 'CLM-17:2026/11', '~'.repeat(128)])('takes %p', (id) => {
		expect(valueOf(validateCorrelationId(id, 'Correlation ID'))).toBe(id);
	});

	it('takes a number as its text', () => {
		expect(valueOf(validateCorrelationId(17, 'Correlation ID'))).toBe('17');
	});

	it.each(['', ' ', 'a b', 'a\r\nX-Evil: 1', 'ä', '😀', '~'.repeat(129), null, undefined, {}])(
		'refuses %p, with a fix',
		(id) => {
			expect(errorsOf(validateCorrelationId(id, 'Correlation ID'))).toEqual([
				{
					field: 'Correlation ID',
					reason:
						'only plain letters, digits and signs without spaces can be sent, 128 at the most',
					fix: 'Remove it, and each item gets a new one, or use a shorter plain text.',
				},
			]);
		},
	);

	it('takes only what a header carries unchanged', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 5 }), (id) => {
				const plain = [...id].every((character) => character > ' ' && character < '\u007f');
				expect(validateCorrelationId(id, 'Correlation ID').ok).toBe(plain && id !== '');
			}),
		);
	});
});
