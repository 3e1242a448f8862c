import { isObject, type Fields } from '../requestBody.mts';
import type { ErrorEntry } from '../apiError.mts';
import type { SandboxOptions } from '../options.mts';
import { allSchemeIds } from '../schemes.mts';
import type { CustomerDefault, Order } from '../store.mts';
import { parseMetadata } from './metadata.mts';
import { parseFinancialInstrumentId, parseReference, parseSchemeId } from './identifiers.mts';

/**
 * Customer reference to `{ financialInstrumentId?, schemeId?, metadata? }`, flat in requests
 * (API reference 4.1, documented). The code for anything else is inferred.
 */
export function parseCustomerDefaults(
	value: unknown,
	options: SandboxOptions,
	errors: ErrorEntry[],
): Order['customerDefaults'] {
	if (value === undefined || value === null) return {};
	if (!isObject(value) || !hasOnlyObjects(value)) {
		errors.push({ code: 'CUSTOMER_DEFAULTS_FORMAT_NOT_RECOGNISED' });
		return {};
	}
	return Object.fromEntries(
		Object.entries(value).map(([customerRef, fields]) => [
			parseReference('CUSTOMER_REF', customerRef, errors),
			parseCustomerDefault(fields, options, errors),
		]),
	);
}

function hasOnlyObjects(fields: Fields): fields is Readonly<Record<string, Fields>> {
	return Object.values(fields).every(isObject);
}

function parseCustomerDefault(
	fields: Fields,
	options: SandboxOptions,
	errors: ErrorEntry[],
): CustomerDefault {
	return {
		schemeId: parseSchemeId(fields.schemeId, allSchemeIds(options), errors),
		financialInstrumentId: parseFinancialInstrumentId(fields.financialInstrumentId, errors),
		metadata: parseMetadata(fields.metadata, options.metadataValueLimit, errors),
	};
}
