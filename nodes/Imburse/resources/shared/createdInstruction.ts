import type { CreatedResource } from '../../operation';
import type { InstructionRequest } from './instructionRequest';
import { instructionLabel } from './instructionIdentity';

/** How to find out what became of an instruction: `GET .../instruction/{instructionRef}`. */
export function createdInstruction(
	orderRef: string,
	instruction: InstructionRequest,
): CreatedResource {
	const identity = { orderRef, instructionRef: instruction.instructionRef };
	return {
		label: instructionLabel(identity),
		request: { endpoint: 'getInstruction', identifiers: identity },
		sentFields: instruction,
	};
}
