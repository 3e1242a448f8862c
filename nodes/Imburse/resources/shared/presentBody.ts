import type { IDataObject } from 'n8n-workflow';

import type { ItemResponse, Plan } from '../../operation';

/** Imburse's own body, after what the output repeats because a response may lack it. */
export function presentBody({ value }: ItemResponse, { echo }: Plan): IDataObject {
	return { ...echo, ...asObject(value) };
}

/** A create may respond with a body or with none (API reference 4.1), so its body stands apart. */
export function presentCreated(
	{ result, value, environment, metadata: found }: ItemResponse,
	{ echo }: Plan,
): IDataObject {
	const { metadata, ...references } = echo;
	return {
		...references,
		result,
		environment,
		metadata: found ?? metadata,
		answer: value as IDataObject,
	};
}

/** A body that is no object stands under one key, so that nothing of it is lost. */
export function asObject(value: unknown): IDataObject {
	if (value === null || value === undefined) return {};
	const isObject = typeof value === 'object' && !Array.isArray(value);
	return (isObject ? value : { answer: value }) as IDataObject;
}
