import type { INodeProperties } from 'n8n-workflow';

/** The first three are documented (API reference 7.1); the others are inferred. */
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
		'Which events start the workflow. If none is chosen, all do. Enter more names under "Filters". An event without a type always passes. Imburse’s public pages name the first three; the other names are inferred.',
};

export const FILTERS: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description:
		'Events that do not match are answered with a success and dropped. An event that lacks the field of a filter passes; only a metadata key has to be there.',
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
			description:
				'Only events with this value under the "Metadata Key". If it is empty, any value.',
		},
		{
			displayName: 'Order Reference Begins With',
			name: 'orderRefPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. CLAIM-',
			description: 'Only events of Payment Orders whose reference begins with this text',
		},
		{
			displayName: 'Other Event Types',
			name: 'otherEventTypes',
			type: 'string',
			default: '',
			placeholder: 'e.g. PAYMENT_LINK, INSTRUCTION_SETTLED',
			description:
				'Names in addition to those chosen above, as Imburse writes them, separated by commas',
		},
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'string',
			default: '',
			placeholder: 'e.g. SETTLED, FAILED',
			description: 'Only these statuses of the instruction, separated by commas',
		},
	],
};
