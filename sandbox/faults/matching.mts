import { createHash } from 'node:crypto';
import { ApiError } from '../apiError.mts';
import { parseBody, type Fields } from '../requestBody.mts';
import type { ApiRequest, Route } from '../route.mts';
import type { CallSelection, Fault } from './faultSchema.mts';

/** Whether the fault targets requests like this one, whatever their number. */
export function matchesRequest(fault: Fault, request: ApiRequest, route: Route): boolean {
	const { routes, method } = targetOf(fault);
	return (
		(routes === null || routes.includes(route.name)) &&
		(method === undefined || method === route.method) &&
		(fault.reference === undefined || referencesOf(request).includes(fault.reference))
	);
}

/**
 * Whether the `n`-th matching request (from 1) is one of these calls.
 * @param random the random number from 0 to 1 for the `n`-th request
 */
export function isSelected(
	calls: CallSelection | undefined,
	n: number,
	random: (n: number) => number,
): boolean {
	if (calls === undefined) return true;
	if ('next' in calls) return n <= calls.next;
	if ('probability' in calls) return random(n) < calls.probability;
	return n >= calls.from && n <= (calls.to ?? Infinity);
}

/**
 * Random numbers for one fault, from 0 to below 1: the same for the same seed, fault and request. No
 * state is kept, so other requests cannot change the sequence.
 */
export function seededRandom(seed: number, index: number): (n: number) => number {
	return (n) =>
		createHash('sha256').update(`${seed}:${index}:${n}`).digest().readUInt32BE() / 2 ** 32;
}

/** Some faults change what a request creates, and so have fixed routes. */
function targetOf(fault: Fault): { routes: readonly string[] | null; method?: string } {
	switch (fault.kind) {
		case 'tokenUses':
		case 'newestTokenOnly':
			return { routes: ['issueToken'] };
		case 'instructionMissing':
		case 'instructionLate':
		case 'instructionFails':
			return { routes: ['createOrder', 'createInstruction'] };
		default:
			return { routes: fault.route ? [fault.route].flat() : null, method: fault.method };
	}
}

/** The order that a request names, in its path or its body. */
export function orderRefOf(request: ApiRequest): string | undefined {
	return [request.params.orderRef, bodyFields(request).orderRef].find(
		(ref) => typeof ref === 'string',
	);
}

/** Every reference in the path, and the two in the body that name the resource. */
function referencesOf(request: ApiRequest): unknown[] {
	const { orderRef, instructionRef } = bodyFields(request);
	return [...Object.values(request.params), orderRef, instructionRef];
}

function bodyFields(request: ApiRequest): Fields {
	try {
		return parseBody(request);
	} catch (error) {
		if (error instanceof ApiError) return {};
		throw error;
	}
}
