import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { validateCountry } from '../../validation/country';
import { validateCurrency } from '../../validation/currency';
import { validateIdentifier } from '../../validation/identifier';
import { formatValue, splitList } from '../../validation/format';
import { valid, allIn, allOf, invalid, type ValidationResult } from '../../validation/result';
import { LIST_FIELDS, parseLimit, presentList } from '../shared/list';
import { APP, locatorValue } from '../shared/resourceLocators';
import { AMOUNT_FORM, validateWrittenAmount, writtenForms } from '../shared/writtenForms';

/**
 * Searches the catalogue of rewards: `GET /v1/catalog/search` (API reference 4.6, documented for v1
 * only; that several countries or currencies are joined with commas is inferred).
 */
export const search: Operation = {
	value: 'search',
	name: 'Search',
	action: 'Search rewards',
	description: 'Find rewards such as gift cards in the catalogue. Always uses API version V1.',
	fields: [
		{ ...APP, required: true },
		...LIST_FIELDS,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Amount',
					name: 'amount',
					type: 'string',
					default: '',
					placeholder: 'e.g. 25.00',
					description: 'Rewards that can have this amount',
				},
				{
					displayName: 'Brand Name',
					name: 'brandName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Amazon',
					description: 'Rewards of this brand',
				},
				{
					displayName: 'Countries',
					name: 'countries',
					type: 'string',
					default: '',
					placeholder: 'e.g. DE, GB',
					description: 'Two-letter codes, separated by commas',
				},
				{
					displayName: 'Currencies',
					name: 'currencies',
					type: 'string',
					default: '',
					placeholder: 'e.g. EUR, GBP',
					description: 'Three-letter codes, separated by commas',
				},
				{
					displayName: 'Show Inactive',
					name: 'showInactive',
					type: 'boolean',
					default: false,
					description: 'Whether to include rewards that cannot be claimed at the moment',
				},
			],
		},
	],
	options: [AMOUNT_FORM],
	calls: ['searchRewards'],
	effect: 'reads',
	prepare,
	present: presentList,
};

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const filters = (parameters.filters ?? {}) as IDataObject;
	const currencies = parseCodes(filters.currencies, (code) =>
		validateCurrency(code, 'Filters > Currencies'),
	);
	const inputs = allOf({
		appId: validateIdentifier(locatorValue(parameters.appId), 'App'),
		countries: parseCodes(filters.countries, (code) =>
			validateCountry(code, 'Filters > Countries'),
		),
		currencies,
		amount: parseAmount(filters.amount, parameters, currencies.ok ? currencies.value : ''),
		brandName: parseBrandName(filters.brandName),
		limit: parseLimit(parameters),
	});
	if (!inputs.ok) return inputs;
	const { appId, limit, ...rest } = inputs.value;
	const showInactive = filters.showInactive === true ? 'true' : '';
	const plan: Plan = {
		label: `list of rewards of app "${appId}"`,
		request: {
			endpoint: 'searchRewards',
			query: { appId, ...withoutEmpty({ ...rest, showInactive }) },
		},
		echo: {},
		limit,
	};
	return valid(plan, inputs.hints);
}

function parseCodes(
	value: unknown,
	check: (code: string) => ValidationResult<string>,
): ValidationResult<string> {
	const result = allIn(splitList(String(value ?? '')).map(check));
	return result.ok ? valid(result.value.join(','), result.hints) : result;
}

/**
 * No currency decides about the decimals here: a search moves no money. Only minor units need one.
 *
 * @param currencies codes with commas in between
 */
function parseAmount(
	value: unknown,
	parameters: IDataObject,
	currencies: string,
): ValidationResult<string> {
	if (value === undefined || value === '') return valid('');
	const { amounts } = writtenForms(parameters);
	const currency = amounts === 'minorUnits' ? currencies : '';
	return validateWrittenAmount(value, amounts, currency, 'Filters > Amount');
}

function parseBrandName(value: unknown): ValidationResult<string> {
	if (value === undefined || value === null || typeof value === 'string') {
		return valid(value ?? '');
	}
	return invalid({
		field: 'Filters > Brand Name',
		reason: `${formatValue(value)} is not a text`,
		fix: 'Map a field that holds a text.',
	});
}

function withoutEmpty(values: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
