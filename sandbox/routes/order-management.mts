import { readFields } from '../body.mts';
import { refusal, refuseIfAny, type Problem } from '../failures.mts';
import { findInstruction, findOrder } from '../lookup.mts';
import { isChangeable, presentInstruction, presentOrder } from '../order-answers.mts';
import { bothVersions, pathPart, type Route } from '../route.mts';
import { readInstruction } from '../rules/instruction.mts';
import { readMetadata } from '../rules/metadata.mts';
import { readOrder } from '../rules/order.mts';

/**
 * 201 without instructions, 202 with (API reference 4.1, observed). A reference that exists answers
 * 400 (observed) with ORDER_ALREADY_EXISTS (expected). An invalid instruction refuses the whole
 * order: Imburse may instead accept the order and refuse the instruction later (unknown).
 */
const createOrder: Route = {
	name: 'createOrder',
	method: 'POST',
	paths: bothVersions('/order-management'),
	area: 'transaction',
	permission: 'transactionWrite',
	handle(call, { options, store }) {
		const problems: Problem[] = [];
		const { instructions, ...terms } = readOrder(readFields(call), options, problems);
		refuseIfAny(problems);
		if (store.order(terms.orderRef)) throw refusal(400, 'ORDER_ALREADY_EXISTS');

		const order = store.addOrder(terms);
		for (const request of instructions) store.addInstruction(order, request);
		const status = instructions.length > 0 ? 202 : 201;
		return options.createOrderAnswer === 'empty'
			? { status }
			: { status, body: presentOrder(order, call.version) };
	},
};

/** 200 with the Order model (API reference 4.1: the v1 path observed in use, v2 inferred). */
const getOrder: Route = {
	name: 'getOrder',
	method: 'GET',
	paths: bothVersions('/order-management/:orderRef'),
	area: 'transaction',
	permission: 'transactionRead',
	handle(call, sandbox) {
		const order = findOrder(call, sandbox);
		const instructions = order.instructions.filter((one) => sandbox.fates.isThere(one));
		return { status: 200, body: presentOrder({ ...order, instructions }, call.version) };
	},
};

/**
 * The body is the whole map and replaces what was there (API reference 4.1 and 8, expected by a
 * public test suite, as is PUT). The path and 204 are inferred.
 */
const updateOrderMetadata: Route = {
	name: 'updateOrderMetadata',
	method: 'PUT',
	paths: bothVersions('/order-management/:orderRef/metadata'),
	area: 'transaction',
	permission: 'transactionWrite',
	handle(call, sandbox) {
		const problems: Problem[] = [];
		const fields = readFields(call);
		const metadata = readMetadata(fields, sandbox.options.metadataValueLimit, problems);
		refuseIfAny(problems);
		findOrder(call, sandbox).metadata = metadata;
		return { status: 204 };
	},
};

/** Removes all of it. Path, method and 204 are inferred (API reference 4.1: only the function is documented). */
const deleteOrderMetadata: Route = {
	name: 'deleteOrderMetadata',
	method: 'DELETE',
	paths: bothVersions('/order-management/:orderRef/metadata'),
	area: 'transaction',
	permission: 'transactionWrite',
	handle(call, sandbox) {
		findOrder(call, sandbox).metadata = {};
		return { status: 204 };
	},
};

/**
 * 201, and 400 for a reference that exists (API reference 4.1, observed under v1; v2 inferred). The
 * Instruction model as the answer is documented, although a public test suite expects no body. The
 * code INSTRUCTION_ALREADY_EXISTS is expected.
 */
const createInstruction: Route = {
	name: 'createInstruction',
	method: 'POST',
	paths: bothVersions('/order-management/:orderRef/instruction'),
	area: 'transaction',
	permission: 'transactionWrite',
	handle(call, sandbox) {
		const { options, store } = sandbox;
		const problems: Problem[] = [];
		const request = readInstruction(readFields(call), options, problems);
		refuseIfAny(problems);
		const order = findOrder(call, sandbox);
		if (store.instruction(order.orderRef, request.instructionRef)) {
			throw refusal(400, 'INSTRUCTION_ALREADY_EXISTS');
		}
		const instruction = store.addInstruction(order, request);
		return { status: 201, body: presentInstruction(order, instruction, call.version) };
	},
};

/** 200 with the Instruction model of the version (API reference 4.1 and 5, documented). */
const getInstruction: Route = {
	name: 'getInstruction',
	method: 'GET',
	paths: bothVersions('/order-management/:orderRef/instruction/:instructionRef'),
	area: 'transaction',
	permission: 'transactionRead',
	handle(call, sandbox) {
		const { order, instruction } = findInstruction(call, sandbox);
		return { status: 200, body: presentInstruction(order, instruction, call.version) };
	},
};

/**
 * Only while INCOMPLETE or READY (API reference 4.1, documented). The method, that the body is the
 * whole instruction, the refusal's code and 200 with the Instruction model are inferred.
 */
const updateInstruction: Route = {
	name: 'updateInstruction',
	method: 'PUT',
	paths: bothVersions('/order-management/:orderRef/instruction/:instructionRef'),
	area: 'transaction',
	permission: 'transactionWrite',
	handle(call, sandbox) {
		const problems: Problem[] = [];
		const fields = { instructionRef: pathPart(call, 'instructionRef'), ...readFields(call) };
		const { instructionRef, ...terms } = readInstruction(fields, sandbox.options, problems);
		refuseIfAny(problems);
		const { order, instruction } = findInstruction(call, sandbox);
		if (instructionRef !== instruction.instructionRef) {
			throw refusal(400, 'INSTRUCTION_REF_MISMATCH');
		}
		if (!isChangeable(instruction)) throw refusal(400, 'INSTRUCTION_CANNOT_BE_UPDATED');
		sandbox.store.changeTerms(order, instruction, terms);
		return { status: 200, body: presentInstruction(order, instruction, call.version) };
	},
};

export const orderManagementRoutes: readonly Route[] = [
	createOrder,
	getOrder,
	updateOrderMetadata,
	deleteOrderMetadata,
	createInstruction,
	getInstruction,
	updateInstruction,
];
