import type { INodeProperties } from 'n8n-workflow';

import { EVENT_FIELD_NAMES, type EventFieldName } from '../events/eventFields';

/** The first three are documented (API reference 7.1); the others are plausible and inferred. */
export const EVENT_TYPES: INodeProperties = {
	displayName: 'Event Types',
	name: 'eventTypes',
	type: 'multiOptions',
	options: [
		{ name: 'Chargeback', value: 'CHARGEBACK' },
		{ name: 'Customer', value: 'CUSTOMER' },
		{ name: 'Financial Instrument', value: 'FINANCIAL_INSTRUMENT' },
		{ name: 'Instruction (Name Inferred)', value: 'INSTRUCTION' },
		{ name: 'Mandate (Name Inferred)', value: 'MANDATE' },
		{ name: 'Order (Name Inferred)', value: 'ORDER' },
		{ name: 'Refund (Name Inferred)', value: 'REFUND' },
		{ name: 'Reward (Name Inferred)', value: 'REWARD' },
		{ name: 'Transaction (Name Inferred)', value: 'TRANSACTION' },
	],
	default: [],
	description:
		'Which events start the workflow. Left empty, all do; more names can be given under Filters. An event that does not say what it is always passes. Imburse’s public pages name the first three; the other names are inferred.',
};

export const FILTERS: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description:
		'What does not fit is answered and dropped. An event that does not say what is asked for passes; only a metadata key has to be there.',
	options: [
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Any', value: '' },
				{ name: 'Collect (DEBIT)', value: 'DEBIT' },
				{ name: 'Pay Out (CREDIT)', value: 'CREDIT' },
			],
			default: '',
			description: 'Which way the money goes',
		},
		{
			displayName: 'Metadata Key',
			name: 'metadataKey',
			type: 'string',
			default: '',
			description: 'Only events with this key in their metadata',
		},
		{
			displayName: 'Metadata Value',
			name: 'metadataValue',
			type: 'string',
			default: '',
			description: 'Only events with this value under the Metadata Key. Left empty, any value.',
		},
		{
			displayName: 'Order Reference Begins With',
			name: 'orderRefPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. CLAIM-',
			description: 'Only events of Payment Orders whose reference begins so',
		},
		{
			displayName: 'Other Event Types',
			name: 'otherEventTypes',
			type: 'string',
			default: '',
			placeholder: 'e.g. PAYMENT_LINK, INSTRUCTION_SETTLED',
			description:
				'Names beside those chosen above, as Imburse writes them, with commas in between',
		},
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'string',
			default: '',
			placeholder: 'e.g. SETTLED, FAILED',
			description: 'Only these statuses of the instruction, with commas in between',
		},
	],
};

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

/** For events that keep their fields elsewhere than where the trigger looks. */
export const EVENT_PATHS: INodeProperties = {
	displayName: 'Field Paths',
	name: 'reading',
	type: 'collection',
	placeholder: 'Add Path',
	default: {},
	description:
		'Imburse does not publish the form of its events. Where a field comes out empty, look into "payload" and give its path here.',
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
	].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
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
