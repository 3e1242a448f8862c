import type { Operation } from '../../operation';
import { customerPlan, V2_CREATES } from './customerPlan';
import { presentAnswer } from '../shared/presentAnswer';
import { CUSTOMER_REFERENCE } from '../shared/references';

/**
 * Reads a customer: `GET /{version}/customer-vault/{customerRef}` (API reference 4.2, documented).
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a customer',
	description: 'Read a customer with their financial instruments',
	fields: [CUSTOMER_REFERENCE, V2_CREATES],
	calls: ['getCustomer'],
	effect: 'reads',
	prepare: (parameters) => customerPlan(parameters, 'getCustomer'),
	present: presentAnswer,
};
