import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { accepted, type Checked } from '../../rules/violation';
import { instructionIdentity, instructionSubject } from '../shared/instructionSubject';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/references';
import { presentInstruction, SIMPLIFY } from '../shared/simplify';

/**
 * Reads an instruction: `GET /{version}/order-management/{orderRef}/instruction/{instructionRef}`
 * (API reference 4.1 and 5, documented for both versions). Imburse names this read as the
 * alternative to a webhook.
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get an instruction',
	description: 'Read a payment with its status',
	fields: [ORDER_REFERENCE, INSTRUCTION_REFERENCE, SIMPLIFY],
	calls: ['getInstruction'],
	effect: 'reads',
	prepare,
	present: presentInstruction,
};

function prepare(parameters: IDataObject): Checked<Plan> {
	const identity = instructionIdentity(parameters);
	if (!identity.ok) return identity;
	const { value: identifiers, hints } = identity;
	const plan: Plan = {
		subject: instructionSubject(identifiers),
		request: { endpoint: 'getInstruction', identifiers: { ...identifiers } },
		echo: { ...identifiers },
		simplify: parameters.simplify !== false,
	};
	return accepted(plan, hints);
}
