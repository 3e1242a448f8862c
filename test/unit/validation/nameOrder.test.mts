import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byDisplayName, compareNames } from '../../../nodes/Imburse/validation/nameOrder.ts';

describe('the order of fields', () => {
	it('is that of the names that people read, capitals and small letters alike', () => {
		const names = ['Tenant ID', 'max Total', 'Amount', 'Max Payments', 'amounts'];
		const sorted = names.map((displayName) => ({ displayName })).sort(byDisplayName);
		expect(sorted.map(({ displayName }) => displayName)).toEqual([
			'Amount',
			'amounts',
			'Max Payments',
			'max Total',
			'Tenant ID',
		]);
	});

	it('leaves equal names where they are', () => {
		expect(compareNames('Amount', 'AMOUNT')).toBe(0);
	});

	it('is that of the alphabet for words of English letters, as a dictionary has them', () => {
		const words = fc.stringMatching(/^[A-Z][a-z]{0,8}( [A-Z][a-z]{0,8}){0,2}$/);
		fc.assert(
			fc.property(words, words, (a, b) => {
				expect(Math.sign(compareNames(a, b))).toBe(
					Math.sign(a.toLowerCase().localeCompare(b.toLowerCase(), 'en')),
				);
			}),
		);
	});
});
