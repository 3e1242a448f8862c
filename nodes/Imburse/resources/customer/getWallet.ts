import type { Operation } from '../../operation';
import { customerPlan } from './customerPlan';
import { presentBody } from '../shared/presentBody';
import { CUSTOMER_REFERENCE } from '../shared/referenceFields';

/**
 * Reads the wallet of a customer: `GET /v1/customer-vault/{customerRef}/wallet` (API reference 4.2,
 * documented for v1 only).
 */
export const getWallet: Operation = {
	value: 'getWallet',
	name: 'Get Wallet',
	action: 'Get customer wallet',
	description: 'Read the cards, accounts and mandates of a customer. Always uses API version V1.',
	fields: [CUSTOMER_REFERENCE],
	calls: ['getWallet'],
	effect: 'reads',
	prepare: (parameters) => customerPlan(parameters, 'getWallet'),
	present: presentBody,
};
