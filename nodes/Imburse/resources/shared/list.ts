import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemResponse, Plan } from '../../operation';
import { validateCount } from '../../validation/number';
import { valid, type ValidationResult } from '../../validation/result';
import { asObject } from './presentBody';

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

/** How many entries the user wants. Nothing is guessed: a limit of nothing would show no entry. */
export function parseLimit({ returnAll, limit }: IDataObject): ValidationResult<number> {
	if (returnAll === true) return valid(Infinity);
	const fix = 'Enter how many results you want, or switch Return All on.';
	return validateCount(limit, 'Limit', { orText: true, fix });
}

/**
 * One output item for each entry of a body that is a list, or an object around one: `schemes`
 * and `rewards` of schemes (API reference 4.4, documented). What stands around lists of apps and of the
 * catalogue is unknown (API reference 4.5 and 4.6).
 */
export function presentList({ value }: ItemResponse, { limit = Infinity }: Plan): IDataObject[] {
	const isList = Array.isArray(value);
	const list = isList ? value : Object.values((value ?? {}) as object).find(Array.isArray);
	return ((list ?? []) as unknown[]).slice(0, limit).map(asObject);
}
