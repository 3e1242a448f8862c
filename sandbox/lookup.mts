import { refusal, refuseIfAny, type Problem } from './failures.mts';
import { pathPart, type Call } from './route.mts';
import { readReference } from './rules/references.mts';
import type { Sandbox } from './sandbox.mts';
import type { Instruction, Order } from './store.mts';

/**
 * The references of a path follow the same rules as those of a body (API reference 4.1, documented
 * for v2). Not found: the code of an order is expected by a public test suite, that of an
 * instruction follows it (inferred); the status is an option.
 */
export function findOrder(call: Call, { options, store }: Sandbox): Order {
	const problems: Problem[] = [];
	const orderRef = readReference('ORDER_REF', pathPart(call, 'orderRef'), problems);
	refuseIfAny(problems);
	const order = store.order(orderRef);
	if (!order) throw refusal(options.notFoundStatus, 'ORDER_NOT_FOUND');
	return order;
}

export function findInstruction(
	call: Call,
	sandbox: Sandbox,
): { order: Order; instruction: Instruction } {
	const problems: Problem[] = [];
	const name = pathPart(call, 'instructionRef');
	const instructionRef = readReference('INSTRUCTION_REF', name, problems);
	refuseIfAny(problems);
	const order = findOrder(call, sandbox);
	const instruction = sandbox.store.instruction(order.orderRef, instructionRef);
	if (!instruction || !sandbox.fates.isThere(instruction))
		throw refusal(sandbox.options.notFoundStatus, 'INSTRUCTION_NOT_FOUND');
	return { order, instruction };
}
