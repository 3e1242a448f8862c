import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PrepareContext } from '../../operation';
import {
	parseMetadataEntries,
	parseMetadataFields,
	parseMetadataJson,
} from '../../validation/metadata';
import type { Metadata } from '../../validation/metadataPairs';
import { isBlank, itemField, parseFieldNames } from '../../validation/itemFields';
import type { ValidationResult } from '../../validation/result';
import { withoutSensitiveData } from './metadataOptions';

const LIMITS = 'Up to 50 keys of 40 characters, with values of up to 500.';

/** Metadata as key-value fields. */
export const METADATA_COLLECTION: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Metadata',
	default: {},
	description: `Your own data, which Imburse sends back in its webhooks. No personal or card data. ${LIMITS}`,
	options: [
		{
			displayName: 'Entry',
			name: 'entry',
			values: [
				{
					displayName: 'Key',
					name: 'key',
					type: 'string',
					default: '',
					placeholder: 'e.g. claimNumber',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2026-0017',
				},
			],
		},
	],
};

/** Metadata as key-value fields or as JSON, for an operation's own metadata. */
export const METADATA_FIELDS: INodeProperties[] = [
	{
		displayName: 'Specify Metadata',
		name: 'metadataInputMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using Fields of the Incoming Item', value: 'item' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
	},
	{
		displayName: 'Fields',
		name: 'metadataItemFields',
		type: 'string',
		default: '',
		placeholder: 'e.g. claimNumber, policyNumber',
		displayOptions: { show: { metadataInputMode: ['item'] } },
		description:
			'Names of fields of the incoming item, separated by commas, which become keys of the metadata. Put a name with a comma in it in double quotes. Dots lead into objects: claim.number.',
	},
	{
		...METADATA_COLLECTION,
		displayOptions: { show: { metadataInputMode: ['fields'] } },
	},
	{
		displayName: 'Metadata (JSON)',
		name: 'metadataJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "claimNumber": "2026-0017" }',
		displayOptions: { show: { metadataInputMode: ['json'] } },
		description: `One JSON object with texts as values. Imburse sends it back in its webhooks. No personal or card data. ${LIMITS}`,
	},
];

/** The metadata that the user filled in, in whichever way, looked through for sensitive data. */
export function parseMetadata(
	parameters: IDataObject,
	context: PrepareContext,
): ValidationResult<Metadata> {
	return withoutSensitiveData(readMetadata(parameters, context), 'Metadata', parameters);
}

function readMetadata(
	parameters: IDataObject,
	{ item }: PrepareContext,
): ValidationResult<Metadata> {
	if (parameters.metadataInputMode === 'json') {
		return parseMetadataJson(parameters.metadataJson, 'Metadata (JSON)');
	}
	if (parameters.metadataInputMode === 'item') {
		return readItemFields(parameters, item);
	}
	return readCollection(parameters.metadata, 'Metadata');
}

function readItemFields(parameters: IDataObject, item: IDataObject): ValidationResult<Metadata> {
	const names = parseFieldNames(parameters.metadataItemFields, 'Fields');
	if (!names.ok) return names;
	const { skipEmptyMetadata = true } = (parameters.options ?? {}) as IDataObject;
	const chosen = skipEmptyMetadata
		? names.value.filter((name) => !isBlank(itemField(item, name)?.value))
		: names.value;
	return parseMetadataFields(item, chosen, 'Metadata');
}

/** The fields of the incoming item that are to become metadata, and that it does not have. */
export function missingMetadataFields(
	{ metadataInputMode, metadataItemFields }: IDataObject,
	{ item }: PrepareContext,
): string[] {
	const names = parseFieldNames(metadataItemFields, 'Fields');
	if (metadataInputMode !== 'item' || !names.ok) return [];
	return names.value.filter((name) => itemField(item, name) === undefined);
}

/** The metadata of a `METADATA_COLLECTION`, looked through for sensitive data. */
export function parseMetadataCollection(
	collection: unknown,
	field: string,
	parameters: IDataObject,
): ValidationResult<Metadata> {
	return withoutSensitiveData(readCollection(collection, field), field, parameters);
}

function readCollection(collection: unknown, field: string): ValidationResult<Metadata> {
	const { entry } = (collection ?? {}) as { entry?: IDataObject[] };
	return parseMetadataEntries(entry ?? [], field);
}
