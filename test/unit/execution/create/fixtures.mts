import type { ReadBack } from '../../../../nodes/Imburse/operation.ts';

/** What a create of Payment Order "A" without payments expects to read back. */
export const EXPECTED: ReadBack = {
	whole: {
		label: 'Payment Order "A"',
		request: { endpoint: 'getOrder', identifiers: { orderRef: 'A' } },
		sentFields: { orderRef: 'A' },
		changedWith: 'Payment Order: Update Metadata',
	},
	parts: [],
	ifExists: 'return',
	createdWithinMs: 60_000,
};
