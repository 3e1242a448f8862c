import type { INodeProperties } from 'n8n-workflow';

const LIMITS = 'up to 50 letters, digits, "-", "_" and "."';

/** The field that names a Payment Order. */
export const ORDER_REFERENCE: INodeProperties = {
	displayName: 'Order Reference',
	name: 'orderRef',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. CLAIM-2026-0017',
	description: `Your own reference for the Payment Order: ${LIMITS}`,
};

/** The field that names an instruction of an order. */
export const INSTRUCTION_REFERENCE: INodeProperties = {
	displayName: 'Instruction Reference',
	name: 'instructionRef',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. CLAIM-2026-0017-1',
	description: `Your own reference for the payment within its order: ${LIMITS}`,
};

/** The field that names a customer. */
export const CUSTOMER_REFERENCE: INodeProperties = {
	displayName: 'Customer Reference',
	name: 'customerRef',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. CUST-4711',
	description: `Your own reference for the customer: ${LIMITS}`,
};
