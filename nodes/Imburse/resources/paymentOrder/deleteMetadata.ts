import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import type { ApiResponse } from '../../api/client';
import type { Operation, OperationClient, Plan } from '../../operation';
import { formatValue } from '../../validation/format';
import { validateReference } from '../../validation/reference';
import { valid, type ValidationResult } from '../../validation/result';
import { readModifyWrite } from '../shared/readModifyWrite';
import { ORDER_REFERENCE } from '../shared/referenceFields';
import { orderLabel, showsOrder } from './orderIdentity';

/**
 * Removes the metadata of an order: `DELETE /{version}/order-management/{orderRef}/metadata` (API
 * reference 4.1: the function is documented, method and path are inferred). It is read first, so that
 * an order that is not there is reported as any read reports it, and what is removed is not lost. It is
 * read again afterwards: a successful response proves little where the path is inferred.
 */
export const deleteMetadata: Operation = {
	value: 'deleteMetadata',
	name: 'Delete Metadata',
	action: 'Delete payment order metadata',
	description:
		"Remove all metadata of a Payment Order. The path is inferred: Imburse's public pages do not name it.",
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

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const orderRef = validateReference(parameters.orderRef, 'Order Reference', 'order');
	if (!orderRef.ok) return orderRef;
	const { value, hints } = orderRef;
	const identifiers = { orderRef: value };
	const request: ImburseRequest = { endpoint: 'deleteOrderMetadata', identifiers };
	const plan: Plan = {
		label: orderLabel(value),
		request,
		execute: async (imburse) => await readAndDelete(imburse, value, request),
		echo: { orderRef: value },
		serialKey: value,
	};
	return valid(plan, hints);
}

async function readAndDelete(
	imburse: OperationClient,
	orderRef: string,
	request: ImburseRequest,
): Promise<ApiResponse> {
	const { value, ...deleted } = await readModifyWrite(imburse, {
		read: { endpoint: 'getOrder', identifiers: { orderRef } },
		label: orderLabel(orderRef),
		shows: showsOrder(orderRef),
		write: () => ({
			request,
			unconfirmed: (after) => Object.keys(metadataIn(after)),
		}),
	});
	const { before, changedConcurrently: left } = value;
	if (left.length > 0) {
		imburse.fail(
			'unknown',
			`Imburse answered that the metadata was removed, but it has ${left.map(formatValue).join(', ')}`,
			'Somebody may have written it meanwhile. Read the order with Get, and run this again if it should be removed: that changes nothing twice.',
		);
	}
	return { ...deleted, value: metadataIn(before) };
}

function metadataIn({ metadata }: IDataObject): IDataObject {
	return (metadata ?? {}) as IDataObject;
}
