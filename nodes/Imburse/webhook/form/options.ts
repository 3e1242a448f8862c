import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_WINDOW_HOURS = 72;
export const DEFAULT_MAX_BODY_KB = 1024;
/** Of 500 payments that settle at once, each with its order, and all senders unproved. */
export const DEFAULT_LOOK_UPS_PER_MINUTE = 1600;

export const TRIGGER_OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Allowed Addresses',
			name: 'allowedAddresses',
			type: 'string',
			default: '',
			placeholder: 'e.g. 203.0.113.7, 198.51.100.0/24',
			description:
				'Only take calls from these IP addresses or ranges. Behind proxies, n8n has to be told how many proxies there are (N8N_PROXY_HOPS).',
		},
		{
			displayName: 'De-Duplication Window (Hours)',
			name: 'window',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 720 },
			default: DEFAULT_WINDOW_HOURS,
			description:
				'How long an event is remembered, so that it starts the workflow once. After a restart of n8n at most the newest 1,000 events are remembered.',
		},
		{
			displayName: 'Max Body Size (KB)',
			name: 'maxBodyKb',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 16384 },
			default: DEFAULT_MAX_BODY_KB,
			description: 'Calls with a larger body are refused',
		},
		{
			displayName: 'Max Look-Ups per Minute',
			name: 'maxLookups',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_LOOK_UPS_PER_MINUTE,
			description:
				'How many look-ups at Imburse may confirm events, so that a flood of calls leaves room for payments. It counts for all triggers with the same keys; a quarter is kept for senders that are proved by a signature or a secret in a header. Further events wait for their turn.',
		},
		{
			displayName: 'Read Order Metadata',
			name: 'readsOrder',
			type: 'boolean',
			default: true,
			description:
				'Whether to read the Payment Order as well when an event is confirmed, so that its metadata is output with that of the instruction',
		},
		{
			displayName: 'Respond',
			name: 'respond',
			type: 'options',
			options: [
				{
					name: 'Immediately',
					value: 'onReceived',
					description: 'As soon as n8n has taken the event',
				},
				{
					name: 'When the Workflow Finishes',
					value: 'lastNode',
					description: 'An event counts as delivered only when the workflow has succeeded with it',
				},
			],
			default: 'onReceived',
			description: 'When the call is answered',
		},
	],
};
