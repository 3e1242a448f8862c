import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isMoreThan, sumDecimals } from '../../../nodes/Imburse/validation/decimalSum.ts';

describe('the sum of decimals', () => {
	it.each([
		['0', '0', '0'],
		['0.1', '0.2', '0.3'],
		['1480.50', '0.50', '1481'],
		['999999999999999', '0.0001', '999999999999999.0001'],
	])('%s and %s come to %s', (a, b, sum) => {
		expect(sumDecimals([a, b])).toBe(sum);
	});

	it('is exact, and the same in both orders', () => {
		const cents = fc.bigInt({ min: 0n, max: 10n ** 15n });
		const text = (n: bigint) => `${n / 100n}.${String(n % 100n).padStart(2, '0')}`;
		fc.assert(
			fc.property(cents, cents, (a, b) => {
				const sum = sumDecimals([text(a), text(b)]);
				expect(sumDecimals([text(b), text(a)])).toBe(sum);
				expect(sumDecimals([sum, '0'])).toBe(sumDecimals([text(a + b), '0']));
				expect(isMoreThan(text(a), text(b))).toBe(a > b);
			}),
		);
	});
});
