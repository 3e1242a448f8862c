import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { validateReference } from '../../validation/reference';
import type { ValidationResult } from '../../validation/result';
import { presentBody } from '../shared/presentBody';
import { ORDER_REFERENCE } from '../shared/referenceFields';
import { orderLabel } from './orderIdentity';

/**
 * Reads a Payment Order: `GET /{version}/order-management/{orderRef}` (API reference 4.1 and 5; the
 * function is documented, the path observed for v1 and inferred for v2).
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a payment order',
	description: 'Read a payment order with its instructions and metadata',
	fields: [ORDER_REFERENCE],
	calls: ['getOrder'],
	effect: 'reads',
	prepare,
	present: presentBody,
};

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const orderRef = validateReference(parameters.orderRef, 'Order Reference', 'order');
	if (!orderRef.ok) return orderRef;
	return {
		ok: true,
		hints: orderRef.hints,
		value: {
			label: orderLabel(orderRef.value),
			request: { endpoint: 'getOrder', identifiers: { orderRef: orderRef.value } },
			echo: { orderRef: orderRef.value },
		},
	};
}
