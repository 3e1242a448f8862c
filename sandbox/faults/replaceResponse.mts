import type { FastifyReply } from 'fastify';
import type { Clock } from '../time.mts';
import type { SerializedResponse } from '../serialize.mts';
import {
	sendHalfAndClose,
	sendResponse,
	truncateBody,
	leaveUnanswered,
	sendHalf,
	resetConnection,
} from './sendResponse.mts';
import { faultResponse, redirectResponse, type FaultContext } from './faultResponse.mts';
import type { Effect } from './faults.mts';
import type { FaultOf, Phase } from './faultSchema.mts';

/** An effect that replaces the response. */
export type Replacement = FaultOf<
	'answer' | 'redirect' | 'reset' | 'silence' | 'unfinished' | 'cutOff' | 'cutOffJson'
>;

const replacementKinds: ReadonlyArray<Effect['kind']> = [
	'answer',
	'redirect',
	'reset',
	'silence',
	'unfinished',
	'cutOff',
	'cutOffJson',
] satisfies ReadonlyArray<Replacement['kind']>;

/** The first replacement in this phase. */
export function replacementAt(effects: readonly Effect[], phase: Phase): Replacement | undefined {
	return effects.filter(isReplacement).find((effect) => effect.at === phase);
}

/** Sends what the fault says. `regular` is the response that Imburse would send. */
export function sendReplacement(
	effect: Replacement,
	regular: SerializedResponse,
	reply: FastifyReply,
	context: FaultContext,
	clock: Clock,
): FastifyReply {
	switch (effect.kind) {
		case 'answer':
			return sendResponse(reply, faultResponse(effect, context, clock));
		case 'redirect':
			return sendResponse(reply, redirectResponse(effect, clock));
		case 'reset':
			return resetConnection(reply);
		case 'silence':
			return leaveUnanswered(reply);
		case 'unfinished':
			return sendHalf(reply, regular);
		case 'cutOff':
			return sendHalfAndClose(reply, regular);
		case 'cutOffJson':
			return sendResponse(reply, truncateBody(regular));
	}
}

function isReplacement(effect: Effect): effect is Replacement {
	return replacementKinds.includes(effect.kind);
}
