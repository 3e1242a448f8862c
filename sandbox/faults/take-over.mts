import type { FastifyReply } from 'fastify';
import type { Clock } from '../clock.mts';
import type { Rendered } from '../rendered.mts';
import {
	cutConnection,
	deliver,
	halved,
	keepSilent,
	leaveUnfinished,
	resetConnection,
} from './delivery.mts';
import { faultAnswer, redirectAnswer, type FaultContext } from './fault-answer.mts';
import type { Effect } from './faults.mts';
import type { FaultOf, Moment } from './vocabulary.mts';

/** An effect that takes the answer's place. */
export type Takeover = FaultOf<
	'answer' | 'redirect' | 'reset' | 'silence' | 'unfinished' | 'cutOff' | 'cutOffJson'
>;

const kinds: ReadonlyArray<Effect['kind']> = [
	'answer',
	'redirect',
	'reset',
	'silence',
	'unfinished',
	'cutOff',
	'cutOffJson',
] satisfies ReadonlyArray<Takeover['kind']>;

/** The first that takes over at this moment, if any does. */
export function takeoverAt(effects: readonly Effect[], moment: Moment): Takeover | undefined {
	return effects.filter(isTakeover).find((effect) => effect.at === moment);
}

/** Answers as the fault says. `own` is the answer that Imburse would give. */
export function takeOver(
	effect: Takeover,
	own: Rendered,
	reply: FastifyReply,
	context: FaultContext,
	clock: Clock,
): FastifyReply {
	switch (effect.kind) {
		case 'answer':
			return deliver(reply, faultAnswer(effect, context, clock));
		case 'redirect':
			return deliver(reply, redirectAnswer(effect, clock));
		case 'reset':
			return resetConnection(reply);
		case 'silence':
			return keepSilent(reply);
		case 'unfinished':
			return leaveUnfinished(reply, own);
		case 'cutOff':
			return cutConnection(reply, own);
		case 'cutOffJson':
			return deliver(reply, halved(own));
	}
}

function isTakeover(effect: Effect): effect is Takeover {
	return kinds.includes(effect.kind);
}
