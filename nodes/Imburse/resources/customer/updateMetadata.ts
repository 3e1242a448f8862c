import type { IDataObject } from 'n8n-workflow';

import { encodeFlat } from '../../api/requestBody';
import { isRecord } from '../../api/records';
import type { Operation, Plan, Setting } from '../../operation';
import { accepted, allOf, type Checked } from '../../rules/violation';
import { customerPlan, V2_CREATES } from '../shared/customer';
import { METADATA_FIELDS } from '../shared/metadataFields';
import { SENSITIVE_DATA } from '../shared/metadataOptions';
import {
	metadataToWrite,
	presentUpdate,
	UPDATE_MODE,
	updateMetadata as update,
} from '../shared/metadataUpdate';
import { CUSTOMER_REFERENCE } from '../shared/references';

/**
 * Changes the metadata of a customer: `PUT /{version}/customer-vault/{customerRef}` (API reference
 * 4.2, documented; that the map stands under `metadata` in the body is inferred).
 */
export const updateMetadata: Operation = {
	value: 'updateMetadata',
	name: 'Update Metadata',
	action: 'Update the metadata of a customer',
	description: 'Add, change or replace metadata of a customer',
	fields: [CUSTOMER_REFERENCE, V2_CREATES, UPDATE_MODE, ...METADATA_FIELDS],
	options: [SENSITIVE_DATA],
	calls: ['updateCustomerMetadata', 'getCustomer'],
	effect: 'writes',
	prepare,
	present: (success, { echo }) => ({ ...echo, ...presentUpdate(success) }),
};

function prepare(parameters: IDataObject, setting: Setting): Checked<Plan> {
	const inputs = allOf({
		plan: customerPlan(parameters, 'updateCustomerMetadata'),
		metadata: metadataToWrite(parameters, setting),
	});
	if (!inputs.ok) return inputs;
	const { plan, metadata } = inputs.value;
	const mode = parameters.mode === 'replace' ? 'replace' : 'merge';
	return accepted(
		{
			...plan,
			converse: async (imburse) =>
				await update(imburse, {
					subject: plan.subject,
					mode,
					metadata,
					read: { ...plan.request, endpoint: 'getCustomer' },
					shows: ({ customerRef, metadata: kept }) =>
						customerRef === plan.request.identifiers?.customerRef || isRecord(kept),
					write: plan.request,
					encode: (whole) => encodeFlat({ metadata: whole }, setting.bodyFormat),
				}),
			changes: { mode, metadata },
			inTurnWith: plan.subject,
		},
		inputs.hints,
	);
}
