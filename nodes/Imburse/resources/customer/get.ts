import type { Operation } from '../../operation';
import { customerPlan, V2_NOTICE } from './customerPlan';
import { presentBody } from '../shared/presentBody';
import { CUSTOMER_REFERENCE } from '../shared/referenceFields';

/**
 * Reads a customer: `GET /{version}/customer-vault/{customerRef}` (API reference 4.2, documented).
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get customer',
	description: 'Read a customer with their financial instruments',
	fields: [CUSTOMER_REFERENCE, V2_NOTICE],
	calls: ['getCustomer'],
	effect: 'reads',
	prepare: (parameters) => customerPlan(parameters, 'getCustomer'),
	present: presentBody,
};
