import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { AcceptedEvent } from './confirm/confirmEvents';
import { stateOf, type InstructionState } from '../validation/status';
import { reportsInstructionState, type ImburseEvent } from './events/event';

/**
 * The output item of one event. A confirmed item holds what Imburse said, and nothing of a sender who
 * is not proved: that stands under `unconfirmed`.
 */
export function eventItem(
	{ event, confirmed, isOriginProved }: AcceptedEvent,
	eventKey: string,
	environment: string,
	receivedAt: string,
): INodeExecutionData {
	const told = toldBySender(event);
	const isRelied = isOriginProved || !confirmed;
	const { eventType, correlationId, occurredAt, payload } = isRelied ? told : NOTHING_TOLD;
	return {
		json: {
			eventType,
			eventKey,
			orderRef: event.orderRef,
			instructionRef: event.instructionRef,
			customerRef: event.customerRef,
			direction: event.direction,
			amount: event.amount,
			currency: event.currency,
			status: event.status,
			state: stateIn(event),
			failureReason: event.failureReason,
			metadata: event.metadata,
			environment,
			correlationId,
			confirmed,
			occurredAt,
			receivedAt,
			payload,
			unconfirmed: isRelied ? null : told,
		},
		pairedItem: { item: 0 },
	};
}

/** What the status means; null for an event that tells none of an instruction. */
function stateIn(event: ImburseEvent): InstructionState | null {
	return event.status === null || !reportsInstructionState(event) ? null : stateOf(event.status);
}

/** What no look-up confirms. */
function toldBySender({ eventType, correlationId, occurredAt, payload }: ImburseEvent) {
	return { eventType, correlationId, occurredAt, payload: payload as IDataObject };
}

const NOTHING_TOLD = { eventType: null, correlationId: null, occurredAt: null, payload: null };
