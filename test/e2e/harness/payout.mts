import type { TestImburse } from './imburse.mts';

/**
 * Parameters of a Payment Order: Create that pays out 210.00 EUR for each item's `claim`: the order
 * is called as the claim, its one instruction is the claim with `-1` behind it.
 */
export function payout({ sandbox }: TestImburse): Record<string, unknown> {
	const instruction = {
		instructionRef: '={{ $json.claim }}-1',
		customerRef: 'CUST-1',
		direction: 'CREDIT',
		amount: '210.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: sandbox.options.schemeIds.payout },
	};
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: '={{ $json.claim }}',
		instructions: { instruction: [instruction] },
	};
}
