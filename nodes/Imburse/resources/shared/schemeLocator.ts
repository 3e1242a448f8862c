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
	'The scheme that carries out the payment. May stay empty only where the customer has a default scheme.',
);

export const PAYOUT_SCHEME = schemeLocator('searchPayoutSchemes', 'The payout scheme to ask about');
