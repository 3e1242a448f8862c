import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ImburseEvent } from './events/event';

/** The output item of one event. */
export function eventItem(
	event: ImburseEvent,
	confirmed: boolean,
	eventKey: string,
	environment: string,
	receivedAt: string,
): INodeExecutionData {
	return {
		json: {
			eventType: event.eventType,
			eventKey,
			orderRef: event.orderRef,
			instructionRef: event.instructionRef,
			customerRef: event.customerRef,
			direction: event.direction,
			amount: event.amount,
			currency: event.currency,
			status: event.status,
			failureReason: event.failureReason,
			metadata: event.metadata,
			environment,
			correlationId: event.correlationId,
			confirmed,
			occurredAt: event.occurredAt,
			receivedAt,
			payload: event.payload as IDataObject,
		},
		pairedItem: { item: 0 },
	};
}
