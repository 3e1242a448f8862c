import { isObject, type Fields } from '../requestBody.mts';
import type { ErrorEntry } from '../apiError.mts';
import type { SandboxOptions } from '../options.mts';
import type { InstructionRequest, Order } from '../store.mts';
import { parseCustomerDefaults } from './customerDefaults.mts';
import { parseInstruction } from './instruction.mts';
import { parseMetadata } from './metadata.mts';
import { parseReference } from './identifiers.mts';

export interface OrderRequest extends Omit<Order, 'instructions'> {
	instructions: InstructionRequest[];
}

/**
 * A create order request (API reference 4.1, "Create order"): only `orderRef` is required
 * (observed). Each error found is added to `errors`.
 */
export function parseOrder(
	fields: Fields,
	options: SandboxOptions,
	errors: ErrorEntry[],
): OrderRequest {
	return {
		orderRef: parseReference('ORDER_REF', fields.orderRef, errors),
		metadata: parseMetadata(fields.metadata, options.metadataValueLimit, errors),
		customerDefaults: parseCustomerDefaults(fields.customerDefaults, options, errors),
		instructions: parseInstructions(fields.instructions, options, errors),
	};
}

function parseInstructions(
	value: unknown,
	options: SandboxOptions,
	errors: ErrorEntry[],
): InstructionRequest[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value) || !value.every(isObject)) {
		errors.push({ code: 'INSTRUCTIONS_FORMAT_NOT_RECOGNISED' });
		return [];
	}
	const requests = value.map((fields) => parseInstruction(fields, options, errors));
	const refs = new Set(requests.map((request) => request.instructionRef));
	if (refs.size < requests.length) errors.push({ code: 'INSTRUCTION_ALREADY_EXISTS' });
	return requests;
}
