import type { INodeProperties } from 'n8n-workflow';

/** The field that names a Payment Order. */
export const ORDER_REFERENCE: INodeProperties = {
	displayName: 'Order Reference',
	name: 'orderRef',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. CLAIM-2026-0017',
	description:
		'Your own reference of the Payment Order: up to 50 letters, digits, "-", "_" and "."',
};
