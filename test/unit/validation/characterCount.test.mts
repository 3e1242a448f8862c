import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { countCharacters, isLongerThan } from '../../../nodes/Imburse/validation/characterCount.ts';

const texts = fc.array(
	fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('😀', '\ud83d', '\ude00')),
);

describe('the characters of a text', () => {
	it('are its code points', () => {
		fc.assert(
			fc.property(texts, (parts) => {
				const text = parts.join('');
				expect(countCharacters(text)).toBe([...text].length);
			}),
		);
	});

	it('are more than a number exactly where so many are counted', () => {
		fc.assert(
			fc.property(texts, fc.nat({ max: 40 }), (parts, most) => {
				const text = parts.join('');
				expect(isLongerThan(text, most)).toBe([...text].length > most);
			}),
		);
	});
});
