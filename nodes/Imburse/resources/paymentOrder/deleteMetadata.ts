import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { checkReference } from '../../rules/reference';
import { accepted, type Checked } from '../../rules/violation';
import { ORDER_REFERENCE } from '../shared/references';

/**
 * Removes the metadata of an order: `DELETE /{version}/order-management/{orderRef}/metadata` (API
 * reference 4.1: the function is documented, method and path are inferred).
 */
export const deleteMetadata: Operation = {
	value: 'deleteMetadata',
	name: 'Delete Metadata',
	action: 'Delete the metadata of a payment order',
	description:
		"Remove all metadata of a payment order. The path is inferred: Imburse's public pages do not name it.",
	fields: [ORDER_REFERENCE],
	calls: ['deleteOrderMetadata'],
	effect: 'writes',
	prepare,
	present: (_, { echo }) => ({ ...echo, deleted: true }),
};

function prepare(parameters: IDataObject): Checked<Plan> {
	const orderRef = checkReference(parameters.orderRef, 'Order Reference');
	if (!orderRef.ok) return orderRef;
	const { value, hints } = orderRef;
	const plan: Plan = {
		subject: `Payment Order "${value}"`,
		request: { endpoint: 'deleteOrderMetadata', identifiers: { orderRef: value } },
		echo: { orderRef: value },
		inTurnWith: value,
	};
	return accepted(plan, hints);
}
