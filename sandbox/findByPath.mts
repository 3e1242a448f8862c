import { apiError, throwIfAny, type ErrorEntry } from './apiError.mts';
import { pathParameter, type ApiRequest } from './route.mts';
import { parseReference } from './validation/identifiers.mts';
import type { Sandbox } from './sandbox.mts';
import type { Instruction, Order } from './store.mts';

/**
 * References in a path follow the same rules as those in a body (API reference 4.1, documented for
 * v2). The code for an order that is not found is expected by a public test suite, the one for an
 * instruction follows it (inferred); the status is an option.
 */
export function findOrder(request: ApiRequest, { options, store }: Sandbox): Order {
	const errors: ErrorEntry[] = [];
	const orderRef = parseReference('ORDER_REF', pathParameter(request, 'orderRef'), errors);
	throwIfAny(errors);
	const order = store.order(orderRef);
	if (!order) throw apiError(options.notFoundStatus, 'ORDER_NOT_FOUND');
	return order;
}

export function findInstruction(
	request: ApiRequest,
	sandbox: Sandbox,
): { order: Order; instruction: Instruction } {
	const errors: ErrorEntry[] = [];
	const instructionRef = parseReference(
		'INSTRUCTION_REF',
		pathParameter(request, 'instructionRef'),
		errors,
	);
	throwIfAny(errors);
	const order = findOrder(request, sandbox);
	const instruction = sandbox.store.instruction(order.orderRef, instructionRef);
	if (!instruction || !sandbox.delayedEffects.find(instruction))
		throw apiError(sandbox.options.notFoundStatus, 'INSTRUCTION_NOT_FOUND');
	return { order, instruction };
}
