import type { IDataObject } from 'n8n-workflow';

import { encodeBody, type RequestBody } from '../../api/requestBody';
import type { ClaimedReference, Operation, Plan, Setting, Success } from '../../operation';
import type { Metadata } from '../../rules/metadataPairs';
import { fieldPath } from '../../rules/quoted';
import { checkReference } from '../../rules/reference';
import { allOf, type Checked } from '../../rules/violation';
import type { InstructionRequest } from '../shared/instructionRequest';
import { METADATA_FIELDS, metadataOf } from '../shared/metadataFields';
import { INSTRUCTIONS_FIELDS, instructionsOf } from '../shared/orderInstructions';
import { ORDER_REFERENCE } from '../shared/references';

/**
 * Creates a Payment Order: `POST /{version}/order-management` (API reference 4.1; v1 documented
 * and observed, v2 documented). 201 without instructions, 202 with them, both observed.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a payment order',
	description: 'Create a payment order with its metadata',
	fields: [
		{
			...ORDER_REFERENCE,
			description:
				'Your own reference: up to 50 letters, digits, "-", "_" and ".". It must come from your data and be the same on every run, because Imburse takes a reference only once: that is what keeps a payment from being made twice.',
		},
		...INSTRUCTIONS_FIELDS,
		...METADATA_FIELDS,
	],
	referenceFields: { orderRef: 'Order Reference', instructionRef: 'Instruction Reference' },
	effect: 'movesMoney',
	prepare,
	present,
};

interface OrderInputs {
	orderRef: string;
	instructions: InstructionRequest[];
	metadata: Metadata;
}

function prepare(parameters: IDataObject, { bodyFormat, timeZone }: Setting): Checked<Plan> {
	const inputs = allOf({
		orderRef: checkReference(parameters.orderRef, 'Order Reference'),
		instructions: instructionsOf(parameters, timeZone),
		metadata: metadataOf(parameters),
	});
	if (!inputs.ok) return inputs;
	const { orderRef, metadata } = inputs.value;
	const body = encodeBody(orderBody(inputs.value), bodyFormat);
	if (!body.ok) return body;
	return {
		ok: true,
		hints: inputs.hints,
		value: {
			subject: `Payment Order "${orderRef}"`,
			request: { endpoint: 'createOrder', body: body.value },
			echo: { orderRef, instructionRef: null, metadata },
			references: referencesOf(inputs.value),
			money: inputs.value.instructions.map(({ amount, currency }) => ({ amount, currency })),
		},
	};
}

function referencesOf({ orderRef, instructions }: OrderInputs): ClaimedReference[] {
	return [
		{ field: 'Order Reference', reference: orderRef },
		...instructions.map(({ instructionRef }, index) => ({
			field: fieldPath(fieldPath('Instructions', String(index + 1)), 'Instruction Reference'),
			reference: instructionRef,
			orderReference: orderRef,
		})),
	];
}

/** What is empty is left out: a reference alone is enough (API reference 4.1, observed). */
function orderBody({ orderRef, instructions, metadata }: OrderInputs): RequestBody {
	return {
		orderRef,
		...(instructions.length === 0 ? {} : { instructions }),
		...(Object.keys(metadata).length === 0 ? {} : { metadata }),
	};
}

/** What a create answers is documented nowhere (API reference 4.1), so it stands apart. */
function present({ status, value, environment }: Success, { echo }: Plan): IDataObject {
	return {
		...echo,
		result: status === 201 ? 'created' : 'accepted',
		environment,
		answer: value as IDataObject,
	};
}
