import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Plan, Success } from '../../operation';

/** n8n's usual pair. Imburse documents no paging (API reference 4.9): a limit cuts what came. */
export const LIST_FIELDS: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** How many entries the user wants. */
export function limitOf({ returnAll, limit }: IDataObject): number {
	return returnAll === true ? Infinity : Number(limit);
}

/**
 * One output item for each entry of an answer that is a list, or an object around one: `schemes`,
 * `rewards` and `apps` in the published samples (API reference 4.4 to 4.6).
 */
export function presentList({ value }: Success, { limit = Infinity }: Plan): IDataObject[] {
	const isList = Array.isArray(value);
	const list = isList ? value : Object.values((value ?? {}) as object).find(Array.isArray);
	return ((list ?? []) as IDataObject[]).slice(0, limit);
}
