import type { Connection } from '../../api/connection';
import { formatValue } from '../../validation/format';
import { FINAL_STATUSES } from '../../validation/status';
import { reportsInstructionState, type ImburseEvent } from '../events/event';
import { mapInSlices, type GiveWay } from '../../n8n/timeSlice';
import { confirmedEvent } from './confirmedEvent';
import type { LookUpBudget } from './lookUpBudget';
import {
	foundInstruction,
	foundOrder,
	instructionNamedBy,
	lookUpsFor,
	runLookUps,
	type LookUp,
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
	/** It cannot be known now. The sender is to try again after so many seconds. */
	| { kind: 'deferred'; reason: string; retryAfter: number };

export interface ConfirmOptions {
	/** Whether the origin of the delivery is proved. Events that cannot be looked up may pass then. */
	isOriginProved: boolean;
	/** Whether the metadata of the order is wanted beside that of the instruction. */
	readsOrder: boolean;
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
	budget: LookUpBudget,
	events: readonly ImburseEvent[],
	options: ConfirmOptions,
): Promise<ConfirmationResult> {
	const obstacle = options.isOriginProved ? undefined : unconfirmableReason(events);
	if (obstacle !== undefined) return { kind: 'rejected', reason: obstacle };
	const lookUps = await lookUpsFor(events, options.readsOrder, options.giveWay);
	const taken = budget.take(lookUps.length, Date.now());
	if (!taken.ok && lookUps.length > 0) {
		return { kind: 'deferred', reason: OVER_BUDGET, retryAfter: taken.retryAfter };
	}
	const results = await runLookUps(connection, lookUps);
	if (taken.ok) taken.giveBack(lookUps.length - results.size);
	const failure = lookUpFailure(lookUps, results);
	if (failure) return failure;
	const accepted = await mapInSlices(events, options.giveWay, (event) =>
		acceptedEvent(event, results, options),
	);
	return comparedWithImburse(events, accepted);
}

/** Why a delivery of unproved origin cannot be confirmed. */
function unconfirmableReason(events: readonly ImburseEvent[]): string | undefined {
	if (events.some((event) => !instructionNamedBy(event))) return NO_INSTRUCTION_NAMED;
	const other = events.find((event) => !reportsInstructionState(event));
	return other && notConfirmable(other.eventType);
}

const NO_INSTRUCTION_NAMED =
	'it holds an event that names no instruction, so it cannot be looked up. Choose event types that name one, or verify deliveries by a signature or by a secret in a header';
const OVER_BUDGET =
	'its events need more look-ups than Max Look-Ups per Minute allows; none of them was accepted';

function notConfirmable(eventType: string | null): string {
	return `it holds an event of the type ${formatValue(eventType)}, which reading an instruction does not confirm. Leave it out of the Event Types, or verify deliveries by a signature or by a secret in a header`;
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
