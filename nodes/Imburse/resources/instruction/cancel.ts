import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import { encodeBody } from '../../api/requestBody';
import type { ItemResponse, Operation, Plan, PrepareContext } from '../../operation';
import { validateSeconds } from '../../validation/number';
import { validateReason } from '../../validation/reason';
import { allOf, valid, type ValidationResult } from '../../validation/result';
import { statusOf } from '../../validation/status';
import { instructionLabel, parseInstructionIdentity } from '../shared/instructionIdentity';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/referenceFields';
import { cancelInstruction, type Cancelled } from './cancelInstruction';

const DEFAULT_CANCELLED_WITHIN_SECONDS = 30;

/**
 * Cancels an instruction that has not begun: `POST
 * /v1/order-management/{orderRef}/instruction/{instructionRef}/cancel` with a reason (API reference
 * 4.1, expected by one public test suite; success code and body unknown), then reads it until it says
 * that it is void or cancelled.
 */
export const cancel: Operation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel instruction',
	description:
		"Cancel an instruction, which is one payment, before it has begun. The path is inferred: a public test suite names it, and Imburse's public pages do not. Always uses API version V1.",
	fields: [
		ORDER_REFERENCE,
		INSTRUCTION_REFERENCE,
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Claim withdrawn by the customer',
			description:
				'Why the payment is cancelled. Imburse keeps it with the payment, so name no person in it.',
		},
	],
	options: [
		{
			displayName: 'Cancelled Within (Seconds)',
			name: 'cancelledWithin',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_CANCELLED_WITHIN_SECONDS,
			description:
				'How long to read the payment until Imburse shows it as cancelled. If it does not by then, the item goes to the error output as unknown.',
		},
	],
	calls: ['cancelInstruction', 'getInstruction'],
	effect: 'movesMoney',
	movesNoSum: true,
	prepare,
	present,
};

function prepare(parameters: IDataObject, { bodyFormat }: PrepareContext): ValidationResult<Plan> {
	const { cancelledWithin } = (parameters.options ?? {}) as IDataObject;
	const inputs = allOf({
		identity: parseInstructionIdentity(parameters),
		reason: validateReason(parameters.reason, 'Reason'),
		withinMs: validateSeconds(
			cancelledWithin ?? DEFAULT_CANCELLED_WITHIN_SECONDS,
			'Options > Cancelled Within (Seconds)',
		),
	});
	if (!inputs.ok) return inputs;
	const { identity, reason, withinMs } = inputs.value;
	const request: ImburseRequest = {
		endpoint: 'cancelInstruction',
		identifiers: { ...identity },
		body: encodeBody({ reason }, bodyFormat),
	};
	const plan: Plan = {
		label: instructionLabel(identity),
		request,
		execute: async (imburse) => await cancelInstruction(imburse, { identity, request, withinMs }),
		echo: { ...identity },
		money: [],
		serialKey: `${identity.orderRef}/${identity.instructionRef}`,
	};
	return valid(plan, inputs.hints);
}

function present({ value, environment }: ItemResponse, { echo }: Plan): IDataObject {
	const { result, instruction } = value as Cancelled;
	const { cancelled } = instruction;
	return {
		...echo,
		result,
		environment,
		status: statusOf(instruction),
		...(cancelled === undefined ? {} : { cancelled }),
	};
}
