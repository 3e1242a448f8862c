import type { INodeProperties } from 'n8n-workflow';

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
