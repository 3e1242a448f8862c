import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan, PrepareContext } from '../../operation';
import { validateReference } from '../../validation/reference';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { METADATA_FIELDS, missingMetadataFields } from '../shared/metadataFields';
import { SENSITIVE_DATA, SKIP_EMPTY_FIELDS } from '../shared/metadataOptions';
import {
	parseMetadataToWrite,
	presentUpdate,
	UPDATE_MODE,
	updateMetadata as update,
} from '../shared/metadataUpdate';
import { ORDER_REFERENCE } from '../shared/referenceFields';
import { orderLabel, showsOrder } from './orderIdentity';

/**
 * Changes the metadata of an order: `PUT /{version}/order-management/{orderRef}/metadata` with the
 * whole map (API reference 4.1 and 8: the function is documented, method and whole map are expected,
 * the path is inferred).
 */
export const updateMetadata: Operation = {
	value: 'updateMetadata',
	name: 'Update Metadata',
	action: 'Update payment order metadata',
	description:
		"Add, change or replace metadata of a Payment Order. The path is inferred: Imburse's public pages do not name it.",
	fields: [ORDER_REFERENCE, UPDATE_MODE, ...METADATA_FIELDS],
	options: [SENSITIVE_DATA, SKIP_EMPTY_FIELDS],
	calls: ['updateOrderMetadata', 'getOrder'],
	effect: 'writes',
	prepare,
	present: (success, { echo }) => ({ ...echo, ...presentUpdate(success) }),
};

function prepare(parameters: IDataObject, context: PrepareContext): ValidationResult<Plan> {
	const inputs = allOf({
		orderRef: validateReference(parameters.orderRef, 'Order Reference', 'order'),
		metadata: parseMetadataToWrite(parameters, context),
	});
	if (!inputs.ok) return inputs;
	const { orderRef, metadata } = inputs.value;
	const identifiers = { orderRef };
	const write = { endpoint: 'updateOrderMetadata' as const, identifiers };
	const label = orderLabel(orderRef);
	const mode = parameters.mode === 'replace' ? 'replace' : 'merge';
	const plan: Plan = {
		label,
		request: write,
		execute: async (imburse) =>
			await update(imburse, {
				label,
				mode,
				metadata,
				read: { endpoint: 'getOrder', identifiers },
				shows: showsOrder(orderRef),
				write,
				body: (whole) => whole,
				bodyFormat: context.bodyFormat,
			}),
		changes: { mode, metadata },
		missingFields: missingMetadataFields(parameters, context),
		echo: { orderRef },
		serialKey: orderRef,
	};
	return valid(plan, inputs.hints);
}
