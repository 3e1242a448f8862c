import type { Connection } from '../../api/connection';
import { formatValue } from '../../validation/format';
import { FINAL_STATUSES } from '../../validation/status';
import { reportsInstructionState, type ImburseEvent } from '../events/event';
import { mapInSlices, type GiveWay } from '../../n8n/timeSlice';
import { confirmedEvent } from './confirmedEvent';
import type { LookUp } from './lookUp';
import type { LookUpShare } from './lookUpLane';
import type { LookUpQueue } from './lookUpQueue';
import {
	foundInstruction,
	foundOrder,
	instructionNamedBy,
	lookUpsFor,
	runLookUps,
	type LookUpResults,
} from './lookUps';

/** An event, and whether Imburse has confirmed its state. */
export interface AcceptedEvent {
	event: ImburseEvent;
	confirmed: boolean;
	/** Whether the sender is proved. Otherwise a confirmed event holds words of anybody. */
	isOriginProved: boolean;
}

export type ConfirmationResult =
	| { kind: 'accepted'; events: AcceptedEvent[] }
	/** An event is not true, or it names nothing that can be looked up. */
	| { kind: 'rejected'; reason: string }
	/** Its sender is not proved, and may not ask for that much. */
	| { kind: 'tooLarge'; reason: string }
	/** It cannot be known now. The sender is to try again after so many seconds. */
	| { kind: 'deferred'; reason: string; retryAfter: number };

export interface ConfirmOptions {
	/** Whether the origin of the delivery is proved. Events that cannot be looked up may pass then. */
	isOriginProved: boolean;
	/** Whether the metadata of the order is wanted beside that of the instruction. */
	readsOrder: boolean;
	/** How many look-ups may be made per minute. */
	lookUpsPerMinute: number;
	/** Of the delivery's body. */
	bytes: number;
	giveWay: GiveWay;
}

/** After how long Imburse may know more. Seconds. */
export const RETRY_AFTER = 60;

/**
 * Looks up every event that names an instruction, because an event is only a hint (API reference 7.3
 * recommends it). A delivery is accepted or rejected as a whole, so one missing response defers all of
 * it.
 */
export async function confirmEvents(
	connection: Connection,
	queue: LookUpQueue,
	events: readonly ImburseEvent[],
	options: ConfirmOptions,
): Promise<ConfirmationResult> {
	const obstacle = options.isOriginProved ? undefined : unconfirmableReason(events);
	if (obstacle !== undefined) return { kind: 'rejected', reason: obstacle };
	const lookUps = await lookUpsFor(events, options.readsOrder, options.giveWay);
	const refusal = options.isOriginProved ? undefined : refusalOf(queue, lookUps);
	if (refusal) return refusal;
	const results = await inQueue(connection, queue, lookUps, options);
	if (typeof results === 'number') {
		return { kind: 'deferred', reason: QUEUE_IS_FULL, retryAfter: results };
	}
	rememberAbsent(queue, lookUps, results);
	const failure = lookUpFailure(lookUps, results);
	if (failure) return failure;
	const accepted = await mapInSlices(events, options.giveWay, (event) =>
		acceptedEvent(event, results, options),
	);
	return comparedWithImburse(events, accepted);
}

/** The results of the look-ups, as soon as each has had its turn. */
async function inQueue(
	connection: Connection,
	queue: LookUpQueue,
	lookUps: readonly LookUp[],
	{ isOriginProved, lookUpsPerMinute, bytes }: ConfirmOptions,
): Promise<LookUpResults | number> {
	if (lookUps.length === 0) return new Map();
	const share: LookUpShare = {
		kind: isOriginProved ? 'proved' : 'unproved',
		perMinute: lookUpsPerMinute,
	};
	const admission = queue.admit(share, { lookUps: lookUps.length, bytes });
	if (!admission.ok) return admission.retryAfter;
	try {
		return await runLookUps(connection, queue, share, lookUps);
	} finally {
		admission.leave();
	}
}

/** More could not be told from a flood. What a proved sender sends is not limited. */
const MAX_UNPROVED_INSTRUCTIONS = 100;

/** Why the look-ups of an unproved sender are not made. */
function refusalOf(queue: LookUpQueue, lookUps: readonly LookUp[]): ConfirmationResult | undefined {
	const instructions = lookUps.filter(({ request }) => request.endpoint === 'getInstruction');
	if (instructions.length > MAX_UNPROVED_INSTRUCTIONS) {
		return { kind: 'tooLarge', reason: tooManyInstructions(instructions.length) };
	}
	for (const { key, label } of instructions) {
		const retryAfter = queue.absent.secondsLeft(key, Date.now());
		if (retryAfter === 0) continue;
		return { kind: 'deferred', reason: `Imburse had no ${label} a moment ago`, retryAfter };
	}
	return undefined;
}

/** Why a delivery of unproved origin cannot be confirmed. */
function unconfirmableReason(events: readonly ImburseEvent[]): string | undefined {
	if (events.some((event) => !instructionNamedBy(event))) return NO_INSTRUCTION_NAMED;
	const other = events.find((event) => !reportsInstructionState(event));
	return other && notConfirmable(other.eventType);
}

const NO_INSTRUCTION_NAMED =
	'it holds an event that names no instruction, so it cannot be looked up. Choose event types that name one, or verify deliveries by a signature or by a secret in a header';
const QUEUE_IS_FULL =
	'too many events wait for their look-ups already: Max Look-Ups per Minute may be too low';

function tooManyInstructions(count: number): string {
	return `it names ${count} instructions, and a sender that is not proved may name ${MAX_UNPROVED_INSTRUCTIONS}. Set a smaller Maximum Batch Size in the Tenant Portal, or verify deliveries by a signature or by a secret in a header`;
}

function notConfirmable(eventType: string | null): string {
	return `it holds an event of the type ${formatValue(eventType)}, which reading an instruction does not confirm. Leave it out of the Event Types, or verify deliveries by a signature or by a secret in a header`;
}

function rememberAbsent(
	queue: LookUpQueue,
	lookUps: readonly LookUp[],
	results: LookUpResults,
): void {
	for (const { key } of lookUps) {
		const kind = results.get(key)?.kind;
		if (kind === 'absent') queue.absent.add(key, Date.now());
		if (kind === 'found') queue.absent.delete(key);
	}
}

function lookUpFailure(
	lookUps: readonly LookUp[],
	results: LookUpResults,
): ConfirmationResult | undefined {
	const unavailable = [...results.values()].find((result) => result.kind === 'unavailable');
	if (unavailable) {
		return { kind: 'deferred', reason: unavailable.reason, retryAfter: RETRY_AFTER };
	}
	const absent = lookUps.find(({ key }) => results.get(key)?.kind === 'absent');
	return absent && { kind: 'rejected', reason: `Imburse has no ${absent.label}` };
}

function acceptedEvent(
	event: ImburseEvent,
	results: LookUpResults,
	{ isOriginProved }: ConfirmOptions,
): AcceptedEvent {
	const identifiers = instructionNamedBy(event);
	const instruction = identifiers && foundInstruction(results, identifiers);
	if (!instruction) return { event, confirmed: false, isOriginProved };
	const order = foundOrder(results, identifiers);
	const sentMetadata = isOriginProved ? event.metadata : {};
	const confirmed = confirmedEvent(event, instruction, order, sentMetadata);
	return { event: confirmed, confirmed: true, isOriginProved };
}

function isFinal(status: string | null | undefined): boolean {
	return FINAL_STATUSES.includes(status ?? '');
}

/**
 * Imburse's responses may lag behind its events. An event with a final status is deferred until the
 * response has one too: accepted with the older status, the end would be lost.
 */
function comparedWithImburse(
	reported: readonly ImburseEvent[],
	accepted: AcceptedEvent[],
): ConfirmationResult {
	for (const [index, { event, confirmed }] of accepted.entries()) {
		const status = reported[index]?.status;
		if (!confirmed || !isFinal(status) || isFinal(event.status)) continue;
		const reason = `it tells of the status ${status}, and Imburse still answers ${event.status}`;
		return { kind: 'deferred', reason, retryAfter: RETRY_AFTER };
	}
	return { kind: 'accepted', events: accepted };
}
