import type { IDataObject } from 'n8n-workflow';

import { encodeBody, type RequestBody } from '../../api/requestBody';
import type { Operation, Plan, PrepareContext } from '../../operation';
import type { Metadata } from '../../validation/metadataPairs';
import { validatePaymentReference } from '../../validation/paymentReference';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { CREATE_OPTIONS, parseCreateOptions } from '../shared/createOptions';
import { createdInstruction, type InstructionRequest } from '../shared/instructionRequest';
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

/**
 * Adds an instruction to an order: `POST /{version}/order-management/{orderRef}/instruction`
 * (API reference 4.1; v1 documented and observed, v2 inferred). 201 is observed; its body is
 * documented to be the instruction, and expected to be empty.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an instruction',
	description: 'Add a payment to a payment order that exists',
	fields: [ORDER_REFERENCE, ...PAYMENT_FIELDS, ADDITIONAL_FIELDS],
	referenceFields: { orderRef: 'Order Reference', instructionRef: 'Instruction Reference' },
	options: [...CREATE_OPTIONS, SENSITIVE_DATA, RUN_REFERENCES],
	calls: ['createInstruction', 'getInstruction'],
	effect: 'movesMoney',
	prepare,
	present: presentCreated,
};

function prepare(parameters: IDataObject, context: PrepareContext): ValidationResult<Plan> {
	const { orderRef: order, ...payment } = parameters;
	const inputs = allOf({
		orderRef: validatePaymentReference(order, 'Order Reference', 'order'),
		instruction: parsePayment(payment, '', context, parameters),
		options: parseCreateOptions(parameters, `${String(order)}:${String(payment.instructionRef)}`),
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
