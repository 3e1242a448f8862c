import { expect, it } from '@jest/globals';
import { hasTransaction } from '../../../nodes/Imburse/validation/transaction.ts';

it.each([
	{ transaction: { transactionId: 'T-1' } },
	{ transaction: {} },
	{ transaction: null, _links: { transactions: [{ href: '/t' }] } },
	{ _links: { transactions: [{}] } },
])('%j shows a transaction', (instruction) => {
	expect(hasTransaction(instruction)).toBe(true);
});

it.each([
	{},
	null,
	undefined,
	'text',
	{ transaction: null },
	{ _links: null },
	{ _links: { transactions: [] } },
	{ _links: { transactions: 'none' } },
	{ status: 'READY', transaction: null, _links: { self: {}, transactions: [] } },
])('%j shows none', (instruction) => {
	expect(hasTransaction(instruction)).toBe(false);
});
