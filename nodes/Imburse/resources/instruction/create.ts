import type { IDataObject } from 'n8n-workflow';

import { encodeBody, type RequestBody } from '../../api/requestBody';
import type { Operation, Plan, PrepareContext } from '../../operation';
import type { Metadata } from '../../validation/metadataPairs';
import { validatePaymentReference } from '../../validation/paymentReference';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { CREATE_OPTIONS, parseCreateOptions } from '../shared/createOptions';
import { withColumnFields } from '../shared/columnFields';
import { PAYMENT_COLUMNS } from '../shared/columnMapping';
import {
	createdInstruction,
	parseNewInstruction,
	type InstructionRequest,
} from '../shared/instructionRequest';
import { instructionLabel } from '../shared/instructionIdentity';
import {
	encodableMetadata,
	RUN_REFERENCES,
	SENSITIVE_DATA,
	withRunReferences,
} from '../shared/metadataOptions';
import { ADDITIONAL_FIELDS, parsePayment, PAYMENT_FIELDS } from '../shared/paymentFields';
import { presentCreated } from '../shared/presentBody';
import { ORDER_REFERENCE } from '../shared/referenceFields';
import { prepareRow } from '../shared/rowInputs';
import { AMOUNT_FORM, DATE_FORM, writtenForms } from '../shared/writtenForms';

/**
 * Adds an instruction to an order: `POST /{version}/order-management/{orderRef}/instruction`
 * (API reference 4.1; v1 documented and observed, v2 inferred). 201 is observed; its body is
 * documented to be the instruction, and expected to be empty.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create instruction',
	description: 'Add an instruction, which is one payment, to a Payment Order that exists',
	fields: withColumnFields([ORDER_REFERENCE, ...PAYMENT_FIELDS, ADDITIONAL_FIELDS]),
	columnForm: PAYMENT_COLUMNS,
	referenceFields: { orderRef: 'Order Reference', instructionRef: 'Instruction Reference' },
	options: [...CREATE_OPTIONS, SENSITIVE_DATA, RUN_REFERENCES, AMOUNT_FORM, DATE_FORM],
	calls: ['createInstruction', 'getInstruction'],
	effect: 'movesMoney',
	prepare,
	present: presentCreated,
};

function prepare(parameters: IDataObject, context: PrepareContext): ValidationResult<Plan> {
	const { columns, item } = context;
	const reading = { ...context, forms: writtenForms(parameters) };
	if (columns) {
		return prepareRow(
			parameters,
			columns,
			item,
			({ orderRef, payment, metadata, missingMetadata }) => {
				const { instructionRef } = payment;
				const instruction = parseNewInstruction(payment, metadata, '', reading);
				const missingFields = missingMetadata;
				return prepareInput(
					{ orderRef, instructionRef, instruction, missingFields },
					parameters,
					context,
				);
			},
		);
	}
	const { orderRef, ...payment } = parameters;
	const { instructionRef } = payment;
	const instruction = parsePayment(payment, '', reading, parameters);
	return prepareInput({ orderRef, instructionRef, instruction }, parameters, context);
}

/** What an item says, from the fields of the form or from its columns. */
interface InstructionSource {
	orderRef: unknown;
	instructionRef: unknown;
	instruction: ValidationResult<InstructionRequest>;
	missingFields?: string[];
}

function prepareInput(
	source: InstructionSource,
	parameters: IDataObject,
	context: PrepareContext,
): ValidationResult<Plan> {
	const key = `${String(source.orderRef)}:${String(source.instructionRef)}`;
	const inputs = allOf({
		orderRef: validatePaymentReference(source.orderRef, 'Order Reference', 'order'),
		instruction: source.instruction,
		options: parseCreateOptions(parameters, key),
	});
	if (!inputs.ok) return inputs;
	const { orderRef, instruction, options } = inputs.value;
	const { headers, ifExists, createdWithinMs } = options;
	const { instructionRef, amount, currency } = instruction;
	const own = encodableMetadata(valid(instruction.metadata ?? {}), context);
	const metadata = withRunReferences(own, parameters, context);
	if (!metadata.ok) return metadata;
	const body = encodeBody(instructionBody(instruction, metadata.value), context.bodyFormat);
	const plan: Plan = {
		label: instructionLabel({ orderRef, instructionRef }),
		request: {
			endpoint: 'createInstruction',
			identifiers: { orderRef },
			body,
			headers,
		},
		readBack: {
			whole: createdInstruction(orderRef, instruction),
			parts: [],
			ifExists,
			createdWithinMs,
		},
		echo: { orderRef, instructionRef, metadata: metadata.value },
		missingFields: source.missingFields,
		references: [
			{ field: 'Instruction Reference', reference: instructionRef, orderReference: orderRef },
		],
		money: [{ amount, currency }],
	};
	return valid(plan, inputs.hints);
}

function instructionBody(instruction: InstructionRequest, metadata: Metadata): RequestBody {
	return Object.keys(metadata).length === 0 ? { ...instruction } : { ...instruction, metadata };
}
