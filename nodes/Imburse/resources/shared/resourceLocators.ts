import type { INodeProperties } from 'n8n-workflow';

/** A scheme, picked from the tenant's list or given by its ID (API reference 9, row 13). */
function schemeLocator(searchListMethod: string, description: string): INodeProperties {
	return {
		displayName: 'Scheme',
		name: 'schemeId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 0A1B2C3D4E5F60718293A4B5C6D7E8F9',
			},
		],
	};
}

export const ANY_SCHEME = schemeLocator(
	'searchSchemes',
	'The scheme that carries out the payment. Leave it empty only if the customer has a default scheme.',
);

export const PAYOUT_SCHEME = schemeLocator('searchPayoutSchemes', 'The payout scheme to ask about');

/** An app of the marketplace, picked from the list or given by its ID (API reference 4.5). */
export const APP: INodeProperties = {
	displayName: 'App',
	name: 'appId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The payment provider behind it, as Imburse names it',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchApps', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. TANGOCARD_RAAS',
		},
	],
};

/**
 * The ID behind a field that is picked from a list or typed: a resource locator where it stands
 * inside a collection, since n8n unpacks it only where it is a field of its own.
 */
export function locatorValue(value: unknown): unknown {
	const locator = value as { __rl?: unknown; value?: unknown } | null | undefined;
	return typeof locator === 'object' && locator?.__rl === true ? locator.value : value;
}
