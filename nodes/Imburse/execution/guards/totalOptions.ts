import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ValidationError } from '../../validation/result';

/** The fields of one total among several. @param example of an amount */
export function totalFields(example: string): INodeProperties[] {
	return [
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'string',
			default: '',
			placeholder: `e.g. ${example}`,
		},
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: '',
			placeholder: 'e.g. EUR',
		},
	];
}

/** The totals of such an option as they are; none where it was added without one. */
export function totalsIn(option: unknown): IDataObject[] {
	const { total } = (option ?? {}) as { total?: unknown };
	return Array.isArray(total) ? total : [];
}

/** An option without a total is a mistake; so n8n hands on an expression for the whole list. */
export function noTotalError(field: string): ValidationError {
	return {
		field,
		reason: 'there is no total in it',
		fix: 'Add one, or remove the option. Expressions may stand in the fields of a total.',
	};
}
