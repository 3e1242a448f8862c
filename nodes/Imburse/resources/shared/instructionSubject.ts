import type { IDataObject } from 'n8n-workflow';

import { checkReference } from '../../rules/reference';
import { allOf, type Checked } from '../../rules/violation';

export interface InstructionIdentity {
	orderRef: string;
	instructionRef: string;
}

/** The two references that name an instruction. */
export function instructionIdentity(parameters: IDataObject): Checked<InstructionIdentity> {
	return allOf({
		orderRef: checkReference(parameters.orderRef, 'Order Reference'),
		instructionRef: checkReference(parameters.instructionRef, 'Instruction Reference'),
	});
}

export function instructionSubject({ orderRef, instructionRef }: InstructionIdentity): string {
	return `instruction "${instructionRef}" of Payment Order "${orderRef}"`;
}
