import type { IDataObject } from 'n8n-workflow';

import type { ItemResponse, Operation, Plan } from '../../operation';
import { validateReference } from '../../validation/reference';
import { isJsonObject } from '../../validation/jsonObject';
import type { ValidationResult } from '../../validation/result';
import { stateOf, statusOf } from '../../validation/status';
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
	action: 'Get payment order',
	description: 'Read a Payment Order with its instructions and metadata',
	fields: [ORDER_REFERENCE],
	calls: ['getOrder'],
	effect: 'reads',
	prepare,
	present,
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

/** Imburse's own body; each instruction in it also says what its status means. */
function present(success: ItemResponse, plan: Plan): IDataObject {
	const order = presentBody(success, plan);
	if (!Array.isArray(order.instructions)) return order;
	const instructions = (order.instructions as unknown[]).map(withState);
	return { ...order, instructions: instructions as IDataObject[] };
}

function withState(instruction: unknown): unknown {
	if (!isJsonObject(instruction) || statusOf(instruction) === '') return instruction;
	return { ...instruction, state: stateOf(statusOf(instruction)) };
}
