import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rewardTransactionIn } from '../../../../nodes/Imburse/resources/reward/rewardLocation.ts';

const PATH = '/v1/customer-vault/CUST-1/reward/FI-1/transaction/T-1';
const FOUND = { customerRef: 'CUST-1', financialInstrumentId: 'FI-1', transactionId: 'T-1' };

describe('rewardTransactionIn', () => {
	it.each([
		PATH,
		`${PATH}/`,
		`${PATH}?a=b#c`,
		`https://sandbox-api.imbursepayments.com${PATH}`,
		`https://evil.example${PATH}`,
		`//evil.example${PATH}`,
	])('reads only the path of %s', (location) => {
		expect(rewardTransactionIn(location)).toEqual(FOUND);
	});

	it.each([
		undefined,
		'',
		'/',
		'https://',
		'/v1/customer-vault/CUST-1',
		'/v1/customer-vault/CUST-1/reward/FI-1/transaction/',
		'/v1/customer-vault//reward/FI-1/transaction/T-1',
		`${PATH}/claim`,
		'/v1/customer-vault/%E0%A4%A/reward/FI-1/transaction/T-1',
		'/v1/customer-vault/CUST-1/reward/FI-1/transaction/..',
		'/v1/customer-vault/CUST-1/reward/FI-1/transaction/%2e%2e',
	])('finds nothing in %j', (location) => {
		expect(rewardTransactionIn(location)).toBeUndefined();
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.webUrl(), fc.string(), (url, text) => {
				for (const location of [text, `${url}/${text}`, `${PATH}${text}`]) {
					const found = rewardTransactionIn(location);
					expect(found === undefined || Object.values(found).every(Boolean)).toBe(true);
				}
			}),
		);
	});
});
