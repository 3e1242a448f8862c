import { createHash } from 'node:crypto';
import type { Call, Route } from '../route.mts';
import { referencesOf } from './references.mts';
import type { Calls, Fault } from './vocabulary.mts';

/** Whether the fault is meant for calls like this one, whichever of them. */
export function isAimedAt(fault: Fault, call: Call, route: Route): boolean {
	const { routes, method } = targets(fault);
	return (
		(routes === null || routes.includes(route.name)) &&
		(method === undefined || method === route.method) &&
		(fault.reference === undefined || referencesOf(call).includes(fault.reference))
	);
}

/**
 * Whether the `n`-th call (from 1) is one of those.
 * @param draw the number from 0 to 1 that chance has for the `n`-th call
 */
export function isOneOf(calls: Calls | undefined, n: number, draw: (n: number) => number): boolean {
	if (calls === undefined) return true;
	if ('next' in calls) return n <= calls.next;
	if ('probability' in calls) return draw(n) < calls.probability;
	return n >= calls.from && n <= (calls.to ?? Infinity);
}

/**
 * Chance for one fault: from 0 to below 1, the same for the same seed, fault and call. There is no
 * state, so that what else goes on cannot change the sequence.
 */
export function drawsOf(seed: number, index: number): (n: number) => number {
	return (n) =>
		createHash('sha256').update(`${seed}:${index}:${n}`).digest().readUInt32BE() / 2 ** 32;
}

/** Some faults are about what certain calls make, and so need no route of their own. */
function targets(fault: Fault): { routes: readonly string[] | null; method?: string } {
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
