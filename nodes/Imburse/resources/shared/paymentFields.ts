import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../validation/nameOrder';
import { fieldPath } from '../../validation/format';
import type { ValidationResult } from '../../validation/result';
import {
	parseNewInstruction,
	type InstructionRequest,
	type NewInstructionContext,
} from './instructionRequest';
import { METADATA_COLLECTION, parseMetadataCollection } from './metadataFields';
import { ANY_SCHEME, locatorValue } from './resourceLocators';

export const AMOUNT: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 210.00',
	description:
		'Digits with a point and without thousands separators, unless the option "Amounts Are Written As" says otherwise',
};

export const CURRENCY: INodeProperties = {
	displayName: 'Currency',
	name: 'currency',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. EUR',
	description: 'Three letters as in ISO 4217',
};

export const COUNTRY: INodeProperties = {
	displayName: 'Country',
	name: 'country',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. DE',
	description: 'Two letters as in ISO 3166-1',
};

export const DIRECTION: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	required: true,
	options: [
		{ name: 'Choose', value: '', description: 'Nothing is sent until you choose' },
		{
			name: 'Collect (DEBIT)',
			value: 'DEBIT',
			description: 'Money comes from the customer, for example a premium',
		},
		{
			name: 'Pay Out (CREDIT)',
			value: 'CREDIT',
			description: 'Money goes to the customer, for example a claim',
		},
	],
	default: '',
	description: 'Whether money goes to the customer or comes from them',
};

/** What every payment needs, in the order in which a person thinks of it. */
export const PAYMENT_FIELDS: INodeProperties[] = [
	{
		displayName: 'Instruction Reference',
		name: 'instructionRef',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. CLAIM-2026-0017-1',
		description:
			'Your own reference for this payment, unique within its order and the same on every run: up to 50 letters, digits, "-", "_" and "."',
	},
	{
		displayName: 'Customer Reference',
		name: 'customerRef',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. CUST-4711',
		description: 'Your own reference for the customer who is paid or who pays',
	},
	DIRECTION,
	AMOUNT,
	CURRENCY,
	COUNTRY,
	ANY_SCHEME,
];

/** What a payment may have besides. */
const ADDITIONAL_PAYMENT_FIELDS: INodeProperties[] = [
	{
		displayName: 'Financial Instrument ID',
		name: 'financialInstrumentId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 77777777-8888-4999-8aaa-bbbbbbbbbbbb',
		description: 'The card, account or mandate to use if the customer has several',
	},
	{
		...METADATA_COLLECTION,
		description:
			'Your own data about this payment, which Imburse sends back in its webhooks. No personal or card data.',
	},
	{
		displayName: 'Settled By Date',
		name: 'settledByDate',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description:
			"The day by which the payment is to be settled, in the workflow's time zone. Imburse may ask for one, although its pages call it optional.",
	},
];

/** The collection that offers those. */
export const ADDITIONAL_FIELDS: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: ADDITIONAL_PAYMENT_FIELDS,
};

/** What can be changed of a payment that has not begun, in alphabetical order. */
export const CHANGEABLE_FIELDS: INodeProperties[] = [
	...PAYMENT_FIELDS,
	...ADDITIONAL_PAYMENT_FIELDS,
]
	.filter(({ name }) => name !== 'instructionRef')
	.map((field) => ({ ...field, required: false }))
	.sort(byDisplayName);

/**
 * One instruction out of the fields above.
 *
 * @param parentField where they stand in the form, in front of each field's name; empty for the top level
 * @param parameters all that the user filled in, for the options that bear on metadata
 */
export function parsePayment(
	{ additionalFields, ...fields }: IDataObject,
	parentField: string,
	context: NewInstructionContext,
	parameters: IDataObject,
): ValidationResult<InstructionRequest> {
	const { metadata, ...additional } = (additionalFields ?? {}) as IDataObject;
	const input = { ...fields, ...additional, schemeId: locatorValue(fields.schemeId) as string };
	const field = fieldPath(parentField, 'Metadata');
	const own = parseMetadataCollection(metadata, field, parameters);
	return parseNewInstruction(input, own, parentField, context);
}
