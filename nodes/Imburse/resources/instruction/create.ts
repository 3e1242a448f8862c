import type { IDataObject } from 'n8n-workflow';

import { encodeBody } from '../../api/requestBody';
import type { Operation, Plan, Setting, Success } from '../../operation';
import { checkReference } from '../../rules/reference';
import { accepted, allOf, type Checked } from '../../rules/violation';
import { instructionSubject } from '../shared/instructionSubject';
import { ADDITIONAL_PAYMENT_FIELDS, PAYMENT_FIELDS } from '../shared/paymentFields';
import { paymentFrom } from '../shared/paymentForm';
import { ORDER_REFERENCE } from '../shared/references';

/**
 * Adds an instruction to an order: `POST /{version}/order-management/{orderRef}/instruction`
 * (API reference 4.1; v1 documented and observed, v2 documented). 201 with the instruction,
 * observed.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an instruction',
	description: 'Add a payment to a payment order that exists',
	fields: [
		ORDER_REFERENCE,
		...PAYMENT_FIELDS,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: ADDITIONAL_PAYMENT_FIELDS,
		},
	],
	referenceFields: { orderRef: 'Order Reference', instructionRef: 'Instruction Reference' },
	effect: 'movesMoney',
	prepare,
	present,
};

function prepare(parameters: IDataObject, { bodyFormat, timeZone }: Setting): Checked<Plan> {
	const { orderRef: order, ...payment } = parameters;
	const inputs = allOf({
		orderRef: checkReference(order, 'Order Reference'),
		instruction: paymentFrom(payment, '', timeZone),
	});
	if (!inputs.ok) return inputs;
	const { orderRef, instruction } = inputs.value;
	const { instructionRef, amount, currency, metadata = {} } = instruction;
	const body = encodeBody({ ...instruction }, bodyFormat);
	if (!body.ok) return body;
	const plan: Plan = {
		subject: instructionSubject({ orderRef, instructionRef }),
		request: { endpoint: 'createInstruction', identifiers: { orderRef }, body: body.value },
		echo: { orderRef, instructionRef, metadata },
		references: [
			{ field: 'Instruction Reference', reference: instructionRef, orderReference: orderRef },
		],
		money: [{ amount, currency }],
	};
	return accepted(plan, inputs.hints);
}

function present({ status, value, environment }: Success, { echo }: Plan): IDataObject {
	const result = status === 201 ? 'created' : 'accepted';
	return { ...echo, result, environment, answer: value as IDataObject };
}
