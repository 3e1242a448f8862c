import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import type { Conversation, Operation, Plan, Success } from '../../operation';
import { checkReference } from '../../rules/reference';
import { accepted, type Checked } from '../../rules/violation';
import { ORDER_REFERENCE } from '../shared/references';

/**
 * Removes the metadata of an order: `DELETE /{version}/order-management/{orderRef}/metadata` (API
 * reference 4.1: the function is documented, method and path are inferred). It is read first: an
 * order that is not there says so in a read's plain words, and what is removed is not lost.
 */
export const deleteMetadata: Operation = {
	value: 'deleteMetadata',
	name: 'Delete Metadata',
	action: 'Delete the metadata of a payment order',
	description:
		"Remove all metadata of a payment order. The path is inferred: Imburse's public pages do not name it.",
	fields: [ORDER_REFERENCE],
	calls: ['deleteOrderMetadata', 'getOrder'],
	effect: 'writes',
	prepare,
	present: ({ value }, { echo }) => ({
		...echo,
		deleted: true,
		previousMetadata: value as IDataObject,
	}),
};

function prepare(parameters: IDataObject): Checked<Plan> {
	const orderRef = checkReference(parameters.orderRef, 'Order Reference');
	if (!orderRef.ok) return orderRef;
	const { value, hints } = orderRef;
	const identifiers = { orderRef: value };
	const request: ImburseRequest = { endpoint: 'deleteOrderMetadata', identifiers };
	const plan: Plan = {
		subject: `Payment Order "${value}"`,
		request,
		converse: async (imburse) =>
			await readAndDelete(imburse, { endpoint: 'getOrder', identifiers }, request),
		echo: { orderRef: value },
		inTurnWith: value,
	};
	return accepted(plan, hints);
}

async function readAndDelete(
	imburse: Conversation,
	read: ImburseRequest,
	write: ImburseRequest,
): Promise<Success> {
	const { value: order } = await imburse.ask(read);
	const deleted = await imburse.ask(write);
	return { ...deleted, value: (order as IDataObject).metadata ?? {} };
}
