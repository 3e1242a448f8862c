import type { IDataObject } from 'n8n-workflow';

import { encodeBody, type RequestBody } from '../../api/requestBody';
import type {
	ClaimedReference,
	CreatedResource,
	Operation,
	Plan,
	ReadBack,
	PrepareContext,
} from '../../operation';
import type { Metadata } from '../../validation/metadataPairs';
import { fieldPath } from '../../validation/format';
import { validateNewReference } from '../../validation/paymentReference';
import {
	allIn,
	allOf,
	invalid,
	valid,
	type ValidationError,
	type ValidationResult,
} from '../../validation/result';
import { CREATE_OPTIONS, parseCreateOptions, type CreateOptions } from '../shared/createOptions';
import { extraInstructions } from './extraInstructions';
import { withColumnFields } from '../shared/columnFields';
import { PAYMENT_COLUMNS } from '../shared/columnMapping';
import {
	createdInstruction,
	parseNewInstruction,
	type InstructionRequest,
	type NewInstructionContext,
} from '../shared/instructionRequest';
import {
	CUSTOMER_DEFAULTS,
	parseCustomerDefaults,
	type CustomerDefaults,
} from './customerDefaults';
import { METADATA_FIELDS, missingMetadataFields, parseMetadata } from '../shared/metadataFields';
import {
	encodableMetadata,
	RUN_REFERENCES,
	SENSITIVE_DATA,
	SKIP_EMPTY_FIELDS,
	withRunReferences,
} from '../shared/metadataOptions';
import { INSTRUCTIONS_FIELDS, parseInstructions, QUOTED_EXPRESSIONS } from './orderInstructions';
import { presentCreated } from '../shared/presentBody';
import { ORDER_REFERENCE } from '../shared/referenceFields';
import { prepareRow, type Row } from '../shared/rowInputs';
import { AMOUNT_FORM, DATE_FORM, writtenForms } from '../shared/writtenForms';
import { orderLabel } from './orderIdentity';

/**
 * Creates a Payment Order: `POST /{version}/order-management` (API reference 4.1; v1 documented
 * and observed, v2 documented). 201 without instructions, 202 with them, both observed, both expected
 * to have no body.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create payment order',
	description: 'Create a Payment Order with its metadata',
	fields: withColumnFields([
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
	]),
	columnForm: PAYMENT_COLUMNS,
	referenceFields: { orderRef: 'Order Reference', instructionRef: 'Instruction Reference' },
	options: [
		...CREATE_OPTIONS,
		QUOTED_EXPRESSIONS,
		SENSITIVE_DATA,
		RUN_REFERENCES,
		SKIP_EMPTY_FIELDS,
		AMOUNT_FORM,
		DATE_FORM,
	],
	calls: ['createOrder', 'getOrder', 'getInstruction'],
	effect: 'movesMoney',
	prepare,
	present: presentCreated,
};

/** What an item says, from the fields of the form or from its columns. */
interface OrderSource {
	orderRef: unknown;
	instructions: ValidationResult<InstructionRequest[]>;
	/** The field that the instructions stand in; empty where each item has one. */
	instructionsField: string;
	/** Null where an item may have several. */
	soleInstructionRef: string | null;
	metadata: ValidationResult<Metadata>;
	missingFields: string[];
	customerDefaults: ValidationResult<CustomerDefaults>;
}

interface OrderInputs {
	orderRef: string;
	instructions: InstructionRequest[];
	metadata: Metadata;
	customerDefaults: CustomerDefaults;
}

function prepare(parameters: IDataObject, context: PrepareContext): ValidationResult<Plan> {
	const { columns, item } = context;
	if (!columns) return prepareOrder(readForm(parameters, context), parameters, context);
	return prepareRow(parameters, columns, item, (row) =>
		prepareOrder(
			orderOfRow(row, { ...context, forms: writtenForms(parameters) }),
			parameters,
			context,
		),
	);
}

function readForm(parameters: IDataObject, context: PrepareContext): OrderSource {
	return {
		orderRef: parameters.orderRef,
		instructions: parseInstructions(parameters, { ...context, forms: writtenForms(parameters) }),
		instructionsField: 'Instructions',
		soleInstructionRef: null,
		metadata: parseMetadata(parameters, context),
		missingFields: missingMetadataFields(parameters, context),
		customerDefaults: parseCustomerDefaults(parameters),
	};
}

/** A row is an order with one instruction, and its metadata are those of the order. */
function orderOfRow(
	{ orderRef, payment, metadata, missingMetadata }: Row,
	context: NewInstructionContext,
): OrderSource {
	const instruction = parseNewInstruction(payment, valid({}), '', context);
	return {
		orderRef,
		instructions: allIn([instruction]),
		instructionsField: '',
		soleInstructionRef: instruction.ok ? instruction.value.instructionRef : null,
		metadata,
		missingFields: missingMetadata,
		customerDefaults: valid({}),
	};
}

function prepareOrder(
	source: OrderSource,
	parameters: IDataObject,
	context: PrepareContext,
): ValidationResult<Plan> {
	const { executionId } = context.run;
	const inputs = allOf({
		orderRef: validateNewReference(source.orderRef, 'Order Reference', 'order', executionId),
		instructions: source.instructions,
		metadata: withRunReferences(encodableMetadata(source.metadata, context), parameters, context),
		customerDefaults: source.customerDefaults,
		options: parseCreateOptions(parameters, String(source.orderRef)),
	});
	if (!inputs.ok) return inputs;
	const { orderRef, metadata, options } = inputs.value;
	if (context.bodyFormat === 'form') {
		const errors = formEncodingErrors(inputs.value);
		if (errors.length > 0) return invalid(...errors);
	}
	const body = encodeBody(orderBody(inputs.value), context.bodyFormat);
	const plan: Plan = {
		label: orderLabel(orderRef),
		request: { endpoint: 'createOrder', body, headers: options.headers },
		readBack: readBackOf(inputs.value, options),
		echo: { orderRef, instructionRef: source.soleInstructionRef, metadata },
		missingFields: source.missingFields,
		references: referencesOf(inputs.value, source.instructionsField),
		money: inputs.value.instructions.map(({ amount, currency }) => ({ amount, currency })),
	};
	return valid(plan, inputs.hints);
}

/** Form encoding is documented for no nested value, and inferred for metadata alone. */
function formEncodingErrors({ instructions, customerDefaults }: OrderInputs): ValidationError[] {
	const nested = [
		...(instructions.length > 0 ? ['Instructions'] : []),
		...(Object.keys(customerDefaults).length > 0 ? ['Customer Defaults'] : []),
	];
	return nested.map((field) => ({
		field,
		reason: 'it cannot be sent in a form-encoded body: Imburse documents no way to write it there',
		fix: 'Set Body Format to JSON in the Imburse credential.',
	}));
}

/** A response for an order holds its instructions, though not always with their references. */
function readBackOf(
	{ orderRef, instructions, metadata, customerDefaults }: OrderInputs,
	{ ifExists, createdWithinMs }: CreateOptions,
): ReadBack {
	const whole: CreatedResource = {
		label: orderLabel(orderRef),
		request: { endpoint: 'getOrder', identifiers: { orderRef } },
		sentFields: { orderRef, metadata, customerDefaults },
		changedWith: 'Payment Order: Update Metadata',
	};
	const parts = instructions.map((instruction) => ({
		...createdInstruction(orderRef, instruction),
		within: (order: unknown) => findInstruction(order, instruction.instructionRef),
	}));
	const requested = instructions.map(({ instructionRef }) => instructionRef);
	const alsoHeld = (order: unknown) => extraInstructions(order, whole.label, requested);
	return { whole, parts, alsoHeld, ifExists, createdWithinMs };
}

/**
 * The instruction with this reference in the response for its order. Samples of Imburse's own leave
 * the reference out (API reference 5): then nothing is found here, and it is read by itself.
 */
function findInstruction(order: unknown, instructionRef: string): unknown {
	const { instructions } = order as { instructions?: unknown };
	if (!Array.isArray(instructions)) return undefined;
	return instructions.find(
		(entry: { instructionRef?: unknown } | null) => entry?.instructionRef === instructionRef,
	);
}

function referencesOf(
	{ orderRef, instructions }: OrderInputs,
	instructionsField: string,
): ClaimedReference[] {
	const place = (index: number) =>
		instructionsField === '' ? '' : fieldPath(instructionsField, String(index + 1));
	return [
		{ field: 'Order Reference', reference: orderRef },
		...instructions.map(({ instructionRef }, index) => ({
			field: fieldPath(place(index), 'Instruction Reference'),
			reference: instructionRef,
			orderReference: orderRef,
		})),
	];
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
