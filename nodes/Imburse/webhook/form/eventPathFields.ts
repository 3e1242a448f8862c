import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../validation/nameOrder';
import { EVENT_FIELD_NAMES, type EventFieldName } from '../events/eventFields';

const LABELS: Readonly<Record<EventFieldName, string>> = {
	amount: 'Amount',
	correlationId: 'Correlation ID',
	currency: 'Currency',
	customerRef: 'Customer Reference',
	direction: 'Direction',
	eventId: 'Event ID',
	eventType: 'Event Type',
	failureReason: 'Failure Reason',
	instructionRef: 'Instruction Reference',
	metadata: 'Metadata',
	occurredAt: 'Occurred At',
	orderRef: 'Order Reference',
	status: 'Status',
};

/** For events whose fields the trigger does not find. Its stored name is `reading`. */
export const EVENT_PATHS: INodeProperties = {
	displayName: 'Field Paths',
	name: 'reading',
	type: 'collection',
	placeholder: 'Add Path',
	default: {},
	description:
		'Imburse does not publish the form of its events. If a field comes out empty, look into "payload" and give its path here.',
	options: [
		...EVENT_FIELD_NAMES.map(pathField),
		pathFor(
			'List of Events',
			'events',
			'Path of the list inside the body of a call',
			'e.g. notification.events',
		),
		pathFor(
			'Wrapper',
			'wrapper',
			'Path of the object inside an event that holds its fields',
			'e.g. data',
		),
	].sort(byDisplayName),
};

function pathField(field: EventFieldName): INodeProperties {
	return pathFor(LABELS[field], field, 'Its path inside the event', `e.g. data.${field}`);
}

function pathFor(
	displayName: string,
	name: string,
	description: string,
	placeholder: string,
): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder, description };
}
