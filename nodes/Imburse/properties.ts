import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { neededRoles, type EndpointName } from './api/endpoints';
import { operationFields } from './execution/prepare/commonOptions';
import { compareNames } from './validation/nameOrder';
import type { Operation, Resource } from './operation';

/** The node's whole form: resource, operation, and each operation's own fields. */
export function nodeProperties(resources: [Resource, ...Resource[]]): INodeProperties[] {
	const [{ value: firstResource }] = resources;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })).sort(byName),
			default: firstResource,
		},
		...resources.map(operationSelector),
		...resources.flatMap(({ value, operations }) =>
			operations.flatMap((operation) => fieldsShownFor(value, operation)),
		),
	];
}

function operationSelector({ value, operations, defaultOperation }: Resource): INodeProperties {
	const { value: defaultValue } = defaultOperation;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(asOption),
		default: defaultValue,
	};
}

function asOption({ name, value, action, description }: Operation): INodePropertyOptions {
	return { name, value, action, description };
}

function fieldsShownFor(resource: string, operation: Operation): INodeProperties[] {
	return [...roleNotices(operation), ...operationFields(operation)].map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: [operation.value], ...field.displayOptions?.show },
		},
	}));
}

/** Names the role before the call: Imburse would only refuse a key that lacks it. */
function roleNotices({ calls, callsBy }: Operation): INodeProperties[] {
	if (callsBy === undefined) return [roleNotice(calls)];
	return Object.entries(callsBy.calls).map(([value, callsOfValue]) => ({
		...roleNotice(callsOfValue),
		displayOptions: { show: { [callsBy.field]: [value] } },
	}));
}

function roleNotice(calls: EndpointName[]): INodeProperties {
	return {
		displayName: `Needs an API key with the role ${neededRoles(calls).join(' and ')}, or with tenant-admin`,
		name: 'roleNotice',
		type: 'notice',
		default: '',
	};
}

function byName(a: { name: string }, b: { name: string }): number {
	return compareNames(a.name, b.name);
}
