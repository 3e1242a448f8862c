import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../validation/nameOrder';
import type { Operation } from '../../operation';
import { guardOptionsOf } from '../guards/guardOptions';

/** The pace finds Imburse's own limit; this one is for an API that has none. */
const DEFAULT_MAX_CONCURRENCY = 50;
const DEFAULT_TIMEOUT_SECONDS = 60;

/** The options that every operation has. */
const COMMON_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Correlation ID',
		name: 'correlationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7d0f4c5e-run-17',
		description:
			"Your own ID for the request, which Imburse's support can look up. If it is empty, each item gets a new one.",
	},
	{
		displayName: 'Include Response Details',
		name: 'includeResponse',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the status, its meaning and both correlation IDs to each item, under "response"',
	},
	{
		displayName: 'Max Concurrency',
		name: 'maxConcurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: DEFAULT_MAX_CONCURRENCY,
		description:
			'How many calls may run at the same time, over all runs of this n8n process with the same host and account. The node finds out how many Imburse takes, and begins with what the last run found.',
	},
	{
		displayName: 'Tenant ID',
		name: 'tenantId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 55555555-6666-4777-8888-999999999999',
		description: "Another tenant than the credential's. The key must be allowed to act for it.",
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_TIMEOUT_SECONDS,
		description:
			'How long a call may take until its answer is complete. After that the answer counts as lost, and a payment is looked up before it is sent again.',
	},
];

const FIELDS = new WeakMap<Operation, INodeProperties[]>();
const OPTIONS = new WeakMap<Operation, INodeProperties[]>();

/** The whole form of one operation: its own fields, then its options with the common ones. */
export function operationFields(operation: Operation): INodeProperties[] {
	return onceFor(FIELDS, operation, fieldsOf);
}

/** All options of one operation, in the order of their list. */
export function operationOptions(operation: Operation): INodeProperties[] {
	return onceFor(OPTIONS, operation, optionsOf);
}

/** Each item asks for them, and they never change. */
function onceFor<T>(
	known: WeakMap<Operation, T>,
	operation: Operation,
	make: (of: Operation) => T,
) {
	const made = known.get(operation) ?? make(operation);
	known.set(operation, made);
	return made;
}

function fieldsOf(operation: Operation): INodeProperties[] {
	const optionsField: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: operationOptions(operation),
	};
	return [...operation.fields, optionsField];
}

function optionsOf(operation: Operation): INodeProperties[] {
	const own = operation.options ?? [];
	return [...own, ...guardOptionsOf(operation), ...COMMON_OPTIONS].sort(byDisplayName);
}

export interface CommonOptions {
	/** Empty for a new one. */
	correlationId: unknown;
	includeResponse: boolean;
	maxConcurrency: unknown;
	/** Empty for the credential's own. */
	tenantId: unknown;
	timeout: unknown;
}

export function commonOptions(options: IDataObject): CommonOptions {
	return {
		correlationId: options.correlationId ?? '',
		includeResponse: options.includeResponse === true,
		maxConcurrency: options.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY,
		tenantId: options.tenantId ?? '',
		timeout: options.timeout ?? DEFAULT_TIMEOUT_SECONDS,
	};
}
