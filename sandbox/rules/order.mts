import { isFields, type Fields } from '../body.mts';
import type { Problem } from '../failures.mts';
import type { SandboxOptions } from '../options.mts';
import type { InstructionRequest, Order } from '../store.mts';
import { readCustomerDefaults } from './customer-defaults.mts';
import { readInstruction } from './instruction.mts';
import { readMetadata } from './metadata.mts';
import { readReference } from './references.mts';

export interface OrderRequest extends Omit<Order, 'instructions'> {
	instructions: InstructionRequest[];
}

/**
 * A create order request (API reference 4.1, "Create order"): only `orderRef` is required
 * (observed). Each problem found is added to `problems`.
 */
export function readOrder(
	fields: Fields,
	options: SandboxOptions,
	problems: Problem[],
): OrderRequest {
	return {
		orderRef: readReference('ORDER_REF', fields.orderRef, problems),
		metadata: readMetadata(fields.metadata, options.metadataValueLimit, problems),
		customerDefaults: readCustomerDefaults(fields.customerDefaults, options, problems),
		instructions: readInstructions(fields.instructions, options, problems),
	};
}

function readInstructions(
	value: unknown,
	options: SandboxOptions,
	problems: Problem[],
): InstructionRequest[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value) || !value.every(isFields)) {
		problems.push({ code: 'INSTRUCTIONS_FORMAT_NOT_RECOGNISED' });
		return [];
	}
	const requests = value.map((fields) => readInstruction(fields, options, problems));
	const refs = new Set(requests.map((request) => request.instructionRef));
	if (refs.size < requests.length) problems.push({ code: 'INSTRUCTION_ALREADY_EXISTS' });
	return requests;
}
