import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { valid, type ValidationResult } from '../../validation/result';
import { parseInstructionIdentity, instructionLabel } from '../shared/instructionIdentity';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/referenceFields';
import { presentInstruction, SIMPLIFY } from './simplify';

/**
 * Reads an instruction: `GET /{version}/order-management/{orderRef}/instruction/{instructionRef}`
 * (API reference 4.1 and 5, documented for both versions). Imburse names this read as the
 * alternative to a webhook.
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get instruction',
	description: 'Read an instruction, which is one payment, with its status',
	fields: [ORDER_REFERENCE, INSTRUCTION_REFERENCE, SIMPLIFY],
	calls: ['getInstruction'],
	effect: 'reads',
	prepare,
	present: presentInstruction,
};

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const identity = parseInstructionIdentity(parameters);
	if (!identity.ok) return identity;
	const { value: identifiers, hints } = identity;
	const plan: Plan = {
		label: instructionLabel(identifiers),
		request: { endpoint: 'getInstruction', identifiers: { ...identifiers } },
		echo: { ...identifiers },
		simplify: parameters.simplify !== false,
	};
	return valid(plan, hints);
}
