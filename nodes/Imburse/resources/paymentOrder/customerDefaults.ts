import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validateIdentifier } from '../../validation/identifier';
import type { Metadata } from '../../validation/metadataPairs';
import { fieldPath, formatValue } from '../../validation/format';
import { validatePaymentReference } from '../../validation/paymentReference';
import {
	valid,
	allIn,
	allOf,
	invalid,
	optional,
	type ValidationResult,
} from '../../validation/result';
import { METADATA_COLLECTION, parseMetadataCollection } from '../shared/metadataFields';
import { ANY_SCHEME, locatorValue } from '../shared/resourceLocators';

/** What an order's instructions inherit, by customer (API reference 4.1 and 5, documented). */
export type CustomerDefaults = Record<string, CustomerDefault>;

interface CustomerDefault {
	financialInstrumentId?: string;
	schemeId?: string;
	metadata?: Metadata;
}

const FIELD = 'Customer Defaults';

export const CUSTOMER_DEFAULTS: INodeProperties = {
	displayName: FIELD,
	name: 'customerDefaults',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Customer',
	default: {},
	description: 'Values for instructions of this customer that have none of their own',
	options: [
		{
			displayName: 'Customer',
			name: 'customer',
			values: [
				{
					displayName: 'Customer Reference',
					name: 'customerRef',
					type: 'string',
					default: '',
					placeholder: 'e.g. CUST-4711',
				},
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
					description: 'Added to the metadata of each instruction that does not have the key yet',
				},
				{ ...ANY_SCHEME, description: 'The scheme that carries out the payments' },
			],
		},
	],
};

/** The defaults that the user filled in, under the reference of each customer. */
export function parseCustomerDefaults(parameters: IDataObject): ValidationResult<CustomerDefaults> {
	const { customerDefaults } = (parameters.additionalFields ?? {}) as IDataObject;
	const { customer } = (customerDefaults ?? {}) as { customer?: IDataObject[] };
	const entries = allIn(
		(customer ?? []).map((row, index) =>
			parseCustomerDefault(row, fieldPath(FIELD, String(index + 1)), parameters),
		),
	);
	if (!entries.ok) return entries;
	const repeated = entries.value.filter(
		([customerRef], index) => entries.value.findIndex(([other]) => other === customerRef) < index,
	);
	if (repeated.length > 0)
		return invalid(...repeated.map(([customerRef]) => repeatedCustomerError(customerRef)));
	return valid(Object.fromEntries(entries.value), entries.hints);
}

function parseCustomerDefault(
	row: IDataObject,
	parentField: string,
	parameters: IDataObject,
): ValidationResult<[string, CustomerDefault]> {
	const pathOf = (name: string) => fieldPath(parentField, name);
	const result = allOf({
		customerRef: validatePaymentReference(
			row.customerRef,
			pathOf('Customer Reference'),
			'customer',
		),
		financialInstrumentId: optional(row.financialInstrumentId, (id) =>
			validateIdentifier(id, pathOf('Financial Instrument ID')),
		),
		schemeId: optional(locatorValue(row.schemeId), (id) =>
			validateIdentifier(id, pathOf('Scheme')),
		),
		metadata: parseMetadataCollection(row.metadata, pathOf('Metadata'), parameters),
	});
	if (!result.ok) return result;
	const { customerRef, financialInstrumentId, schemeId, metadata } = result.value;
	return valid(
		[
			customerRef,
			{
				...(financialInstrumentId === undefined ? {} : { financialInstrumentId }),
				...(schemeId === undefined ? {} : { schemeId }),
				...(Object.keys(metadata).length === 0 ? {} : { metadata }),
			},
		],
		result.hints,
	);
}

function repeatedCustomerError(customerRef: string) {
	return {
		field: FIELD,
		reason: `there are two entries for customer ${formatValue(customerRef)}`,
		fix: 'Join them into one.',
	};
}
