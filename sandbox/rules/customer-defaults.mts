import { isFields, type Fields } from '../body.mts';
import type { Problem } from '../failures.mts';
import type { SandboxOptions } from '../options.mts';
import { allSchemeIds } from '../scheme-list.mts';
import type { CustomerDefault, Order } from '../store.mts';
import { readFinancialInstrumentId } from './financial-instrument.mts';
import { readMetadata } from './metadata.mts';
import { readReference } from './references.mts';
import { readSchemeId } from './scheme.mts';

/**
 * Customer reference to `{ financialInstrumentId?, schemeId?, metadata? }`, flat in requests
 * (API reference 4.1, documented). The code for anything else is inferred.
 */
export function readCustomerDefaults(
	value: unknown,
	options: SandboxOptions,
	problems: Problem[],
): Order['customerDefaults'] {
	if (value === undefined || value === null) return {};
	if (!isFields(value) || !hasOnlyObjects(value)) {
		problems.push({ code: 'CUSTOMER_DEFAULTS_FORMAT_NOT_RECOGNISED' });
		return {};
	}
	return Object.fromEntries(
		Object.entries(value).map(([customerRef, fields]) => [
			readReference('CUSTOMER_REF', customerRef, problems),
			readCustomerDefault(fields, options, problems),
		]),
	);
}

function hasOnlyObjects(fields: Fields): fields is Readonly<Record<string, Fields>> {
	return Object.values(fields).every(isFields);
}

function readCustomerDefault(
	fields: Fields,
	options: SandboxOptions,
	problems: Problem[],
): CustomerDefault {
	return {
		schemeId: readSchemeId(fields.schemeId, allSchemeIds(options), problems),
		financialInstrumentId: readFinancialInstrumentId(fields.financialInstrumentId, problems),
		metadata: readMetadata(fields.metadata, options.metadataValueLimit, problems),
	};
}
