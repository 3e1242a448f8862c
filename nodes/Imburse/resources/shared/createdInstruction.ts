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

/**
 * The instruction with this reference in the answer for its order. Samples of Imburse's own leave
 * the reference out (API reference 5): then nothing is found here, and it is read by itself.
 */
export function instructionIn(order: unknown, instructionRef: string): unknown {
	const { instructions } = order as { instructions?: unknown };
	if (!Array.isArray(instructions)) return undefined;
	return instructions.find(
		(entry: { instructionRef?: unknown } | null) => entry?.instructionRef === instructionRef,
	);
}
