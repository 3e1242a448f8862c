import { expect, it } from '@jest/globals';
import { hasCertainlyNotBegun } from '../../../nodes/Imburse/validation/unbegun.ts';

it.each([
	{ status: 'READY' },
	{ status: 'INCOMPLETE' },
	{ status: 'ready', transaction: null, failed: {}, cancelled: {}, _links: { transactions: [] } },
])('%j has certainly not begun', (instruction) => {
	expect(hasCertainlyNotBegun(instruction)).toBe(true);
});

it.each([
	null,
	{},
	{ status: 'LATE' },
	{ status: 'PROCESSING' },
	{ status: 'SETTLED' },
	{ status: 'A_STATUS_OF_TOMORROW' },
	{ status: 'READY', transaction: { transactionId: 'T-1' } },
	{ status: 'READY', _links: { transactions: [{}] } },
	{ status: 'READY', failed: { reason: 'No account' } },
	{ status: 'READY', cancelled: { reason: 'Withdrawn' } },
])('%j may have begun, or has ended', (instruction) => {
	expect(hasCertainlyNotBegun(instruction)).toBe(false);
});
