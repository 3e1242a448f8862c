import type { IDataObject } from 'n8n-workflow';

import { validateReference } from '../../validation/reference';
import { allOf, type ValidationResult } from '../../validation/result';

export interface InstructionIdentity {
	orderRef: string;
	instructionRef: string;
}

/** The two references that name an instruction. */
export function parseInstructionIdentity(
	parameters: IDataObject,
): ValidationResult<InstructionIdentity> {
	return allOf({
		orderRef: validateReference(parameters.orderRef, 'Order Reference', 'order'),
		instructionRef: validateReference(
			parameters.instructionRef,
			'Instruction Reference',
			'instruction',
		),
	});
}

export function instructionLabel({ orderRef, instructionRef }: InstructionIdentity): string {
	return `instruction "${instructionRef}" of Payment Order "${orderRef}"`;
}
