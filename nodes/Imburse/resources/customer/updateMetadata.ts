import type { IDataObject } from 'n8n-workflow';

import { isJsonObject } from '../../validation/jsonObject';
import type { Operation, Plan, PrepareContext } from '../../operation';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { customerPlan, V2_NOTICE } from './customerPlan';
import { METADATA_FIELDS, missingMetadataFields } from '../shared/metadataFields';
import { SENSITIVE_DATA, SKIP_EMPTY_FIELDS } from '../shared/metadataOptions';
import {
	parseMetadataToWrite,
	presentUpdate,
	UPDATE_MODE,
	updateMetadata as update,
} from '../shared/metadataUpdate';
import { CUSTOMER_REFERENCE } from '../shared/referenceFields';

/**
 * Changes the metadata of a customer: `PUT /{version}/customer-vault/{customerRef}` (API reference
 * 4.2, documented; that the map stands under `metadata` in the body is inferred).
 */
export const updateMetadata: Operation = {
	value: 'updateMetadata',
	name: 'Update Metadata',
	action: 'Update customer metadata',
	description: 'Add, change or replace metadata of a customer',
	fields: [CUSTOMER_REFERENCE, V2_NOTICE, UPDATE_MODE, ...METADATA_FIELDS],
	options: [SENSITIVE_DATA, SKIP_EMPTY_FIELDS],
	calls: ['updateCustomerMetadata', 'getCustomer'],
	effect: 'writes',
	prepare,
	present: (success, { echo }) => ({ ...echo, ...presentUpdate(success) }),
};

function prepare(parameters: IDataObject, context: PrepareContext): ValidationResult<Plan> {
	const inputs = allOf({
		plan: customerPlan(parameters, 'updateCustomerMetadata'),
		metadata: parseMetadataToWrite(parameters, context),
	});
	if (!inputs.ok) return inputs;
	const { plan, metadata } = inputs.value;
	const mode = parameters.mode === 'replace' ? 'replace' : 'merge';
	return valid(
		{
			...plan,
			execute: async (imburse) =>
				await update(imburse, {
					label: plan.label,
					mode,
					metadata,
					read: { ...plan.request, endpoint: 'getCustomer' },
					shows: ({ customerRef, metadata: kept }) =>
						customerRef === plan.request.identifiers?.customerRef || isJsonObject(kept),
					write: plan.request,
					body: (whole) => ({ metadata: whole }),
					bodyFormat: context.bodyFormat,
				}),
			changes: { mode, metadata },
			missingFields: missingMetadataFields(parameters, context),
			serialKey: plan.label,
		},
		inputs.hints,
	);
}
