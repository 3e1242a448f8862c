import type { IDataObject } from 'n8n-workflow';

import { encodeBody, type RequestBody } from '../../api/requestBody';
import type {
	ClaimedReference,
	Made,
	Operation,
	Plan,
	ReadBack,
	Setting,
	Success,
} from '../../operation';
import type { Metadata } from '../../rules/metadataPairs';
import { fieldPath } from '../../rules/quoted';
import { checkReference } from '../../rules/reference';
import { allOf, type Checked } from '../../rules/violation';
import { CREATE_OPTIONS, createOptionsOf, type CreateOptions } from '../shared/createOptions';
import { extraInstructions } from '../shared/extraInstructions';
import type { InstructionRequest } from '../shared/instructionRequest';
import { instructionIn, madeInstruction } from '../shared/madeInstruction';
import {
	CUSTOMER_DEFAULTS,
	customerDefaultsOf,
	type CustomerDefaults,
} from '../shared/customerDefaults';
import { METADATA_FIELDS, metadataOf } from '../shared/metadataFields';
import { RUN_REFERENCES, SENSITIVE_DATA, withRunReferences } from '../shared/metadataOptions';
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
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [CUSTOMER_DEFAULTS],
		},
	],
	referenceFields: { orderRef: 'Order Reference', instructionRef: 'Instruction Reference' },
	options: [...CREATE_OPTIONS, SENSITIVE_DATA, RUN_REFERENCES],
	calls: ['createOrder', 'getOrder', 'getInstruction'],
	effect: 'movesMoney',
	prepare,
	present,
};

interface OrderInputs {
	orderRef: string;
	instructions: InstructionRequest[];
	metadata: Metadata;
	customerDefaults: CustomerDefaults;
}

function prepare(parameters: IDataObject, setting: Setting): Checked<Plan> {
	const inputs = allOf({
		orderRef: checkReference(parameters.orderRef, 'Order Reference'),
		instructions: instructionsOf(parameters, setting),
		metadata: withRunReferences(metadataOf(parameters, setting), parameters, setting),
		customerDefaults: customerDefaultsOf(parameters),
		options: createOptionsOf(parameters, String(parameters.orderRef)),
	});
	if (!inputs.ok) return inputs;
	const { orderRef, metadata, options } = inputs.value;
	const body = encodeBody(orderBody(inputs.value), setting.bodyFormat);
	if (!body.ok) return body;
	return {
		ok: true,
		hints: inputs.hints,
		value: {
			subject: orderSubject(orderRef),
			request: { endpoint: 'createOrder', body: body.value, headers: options.headers },
			readBack: readBackOf(inputs.value, options),
			echo: { orderRef, instructionRef: null, metadata },
			references: referencesOf(inputs.value),
			money: inputs.value.instructions.map(({ amount, currency }) => ({ amount, currency })),
		},
	};
}

/** An order's answer carries its instructions, though not always with their references. */
function readBackOf(
	{ orderRef, instructions, metadata, customerDefaults }: OrderInputs,
	{ ifExists, patience }: CreateOptions,
): ReadBack {
	const whole: Made = {
		subject: orderSubject(orderRef),
		request: { endpoint: 'getOrder', identifiers: { orderRef } },
		sent: { orderRef, metadata, customerDefaults },
	};
	const parts = instructions.map((instruction) => ({
		...madeInstruction(orderRef, instruction),
		within: (order: unknown) => instructionIn(order, instruction.instructionRef),
	}));
	const asked = instructions.map(({ instructionRef }) => instructionRef);
	const alsoHeld = (order: unknown) => extraInstructions(order, whole.subject, asked);
	return { whole, parts, alsoHeld, ifExists, patience };
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

function orderSubject(orderRef: string): string {
	return `Payment Order "${orderRef}"`;
}

/** What is empty is left out: a reference alone is enough (API reference 4.1, observed). */
function orderBody({
	orderRef,
	instructions,
	metadata,
	customerDefaults,
}: OrderInputs): RequestBody {
	const optional = Object.entries({ instructions, metadata, customerDefaults });
	const given = optional.filter(([, value]) => Object.keys(value).length > 0);
	return { orderRef, ...Object.fromEntries(given) };
}

/** What a create answers is documented nowhere (API reference 4.1), so it stands apart. */
function present({ result, value, environment }: Success, { echo }: Plan): IDataObject {
	const { metadata, ...references } = echo;
	return { ...references, result, environment, metadata, answer: value as IDataObject };
}
