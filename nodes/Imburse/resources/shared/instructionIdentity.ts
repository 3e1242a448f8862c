import type { IDataObject } from 'n8n-workflow';

import { asJsonObject } from '../../validation/jsonObject';
import { validateReference } from '../../validation/reference';
import { allOf, type ValidationResult } from '../../validation/result';
import { statusOf } from '../../validation/status';

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

/** Every documented instruction has a status, and not all repeat the reference (API reference 5). */
export function showsInstruction(body: unknown, instructionRef: string): boolean {
	const { instructionRef: shown = instructionRef } = asJsonObject(body);
	return statusOf(body) !== '' && shown === instructionRef;
}

export function instructionLabel({ orderRef, instructionRef }: InstructionIdentity): string {
	return `instruction "${instructionRef}" of Payment Order "${orderRef}"`;
}
