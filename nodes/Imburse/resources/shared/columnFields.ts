import type { INodeProperties } from 'n8n-workflow';

import { COLUMN_FIELDS, type ColumnFieldName } from '../../validation/columnNames';
import { COUNTRY, CURRENCY, DIRECTION } from './paymentFields';
import { ANY_SCHEME } from './resourceLocators';

/** The value of *Specify Payment* that names columns. */
export const COLUMNS_MODE = { name: 'inputMode', value: 'columns' };

/** n8n's own words for a mapping, as its nodes for sheets and databases have them. */
export const MAPPING_MODE = {
	name: 'mappingMode',
	automatic: 'autoMapInputData',
	manual: 'defineBelow',
};

const INPUT_MODE: INodeProperties = {
	displayName: 'Specify Payment',
	name: COLUMNS_MODE.name,
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Using Columns of the Incoming Items',
			value: COLUMNS_MODE.value,
			description: 'Each item is a row of a sheet, and makes one payment',
		},
		{
			name: 'Using Fields Below',
			value: 'fields',
			description: 'Each field has a value or an expression',
		},
	],
	default: 'fields',
};

const MAPPING: INodeProperties = {
	displayName: 'Mapping Column Mode',
	name: MAPPING_MODE.name,
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Map Automatically',
			value: MAPPING_MODE.automatic,
			description: 'The names of the columns say what they hold',
		},
		{
			name: 'Map Each Column Manually',
			value: MAPPING_MODE.manual,
			description: 'You say which column goes where',
		},
	],
	default: 'defineBelow',
	description:
		'How the columns are found. The option "Validate Only" shows which column goes where, and sends nothing.',
};

/** In the order of the list, which is alphabetical. */
const EXAMPLES: ReadonlyArray<[ColumnFieldName, string]> = [
	['amount', 'Payout'],
	['country', 'Country'],
	['currency', 'Currency'],
	['customerRef', 'Customer No'],
	['direction', 'Direction'],
	['financialInstrumentId', 'Account ID'],
	['instructionRef', 'Payment No'],
	['orderRef', 'Claim No'],
	['schemeId', 'Scheme ID'],
	['settledByDate', 'Due Date'],
];

const COLUMNS: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'collection',
	placeholder: 'Add Column',
	default: { orderRef: '', instructionRef: '', customerRef: '', amount: '' },
	displayOptions: { show: { [MAPPING_MODE.name]: [MAPPING_MODE.manual] } },
	description:
		'Names of columns, as fixed text: type them, or drag them here from the input. A column is a top-level field of the item.',
	options: EXAMPLES.map(([name, example]) => ({
		displayName: COLUMN_FIELDS[name].label,
		name,
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'Name of the column',
	})),
};

/** What no column holds. */
const SAME_FOR_ALL_ROWS: INodeProperties = {
	displayName: 'Same for All Rows',
	name: 'sameForAllRows',
	type: 'collection',
	placeholder: 'Add Field',
	default: { direction: '', currency: '', country: '' },
	description: 'What is the same for all rows. Leave a field empty if a column holds it.',
	options: [COUNTRY, CURRENCY, DIRECTION, ANY_SCHEME].map((field) => ({
		...field,
		required: false,
	})),
};

const METADATA_COLUMNS: INodeProperties = {
	displayName: 'Metadata Columns',
	name: 'metadataColumns',
	type: 'string',
	requiresDataPath: 'multiple',
	default: '',
	placeholder: 'e.g. Claim No, Policy No',
	description:
		'Names of columns, separated by commas, which become keys of the metadata; an empty cell is left out. Put a name with a comma in it in double quotes. Imburse sends metadata back in its webhooks. No personal or card data.',
};

/** The choice between columns and the fields below, then the fields of both. */
export function withColumnFields(fields: readonly INodeProperties[]): INodeProperties[] {
	const ofColumns = [MAPPING, COLUMNS, SAME_FOR_ALL_ROWS, METADATA_COLUMNS];
	return [
		INPUT_MODE,
		...ofColumns.map((field) => shownIn(COLUMNS_MODE.value, field)),
		...fields.map((field) => shownIn('fields', field)),
	];
}

function shownIn(mode: string, field: INodeProperties): INodeProperties {
	const show = { [COLUMNS_MODE.name]: [mode], ...field.displayOptions?.show };
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}
