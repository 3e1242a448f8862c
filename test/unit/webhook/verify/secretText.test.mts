import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { equalsSecret } from '../../../../nodes/Imburse/webhook/verify/secretText.ts';

const SECRET = 'correct-horse-battery-staple';

describe('isSecret', () => {
	it('knows the secret', () => {
		expect(equalsSecret(SECRET, SECRET)).toBe(true);
		expect(equalsSecret('Schlüssel €', 'Schlüssel €')).toBe(true);
	});

	it.each([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['a part of it', SECRET.slice(0, -1)],
		['more than it', `${SECRET}x`],
		['it in capitals', SECRET.toUpperCase()],
		['it with a space', ` ${SECRET}`],
		['it twice, joined with a comma', `${SECRET}, ${SECRET}`],
		['it in a list', [SECRET]],
		['an object that says it is', { toString: () => SECRET }],
		['true', true],
		['a number', 0],
	])('refuses %s', (_case, given) => {
		expect(equalsSecret(given, SECRET)).toBe(false);
	});

	it.each([[''], [undefined], [null], ['anything']])(
		'finds %p unequal to an empty one',
		(given) => {
			expect(equalsSecret(given, '')).toBe(false);
		},
	);

	it('takes no other text for it', () => {
		fc.assert(
			fc.property(fc.string(), fc.string({ minLength: 1 }), (given, secret) => {
				expect(equalsSecret(given, secret)).toBe(given === secret);
				expect(equalsSecret(secret, secret)).toBe(true);
			}),
		);
	});
});
