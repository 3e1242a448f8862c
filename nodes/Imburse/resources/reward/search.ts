import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { checkAmount } from '../../rules/amount';
import { checkCountry } from '../../rules/country';
import { checkCurrency } from '../../rules/currency';
import { checkIdentifier } from '../../rules/identifier';
import { quoted } from '../../rules/quoted';
import { listedIn } from '../../rules/textList';
import { accepted, allIn, allOf, refused, type Checked } from '../../rules/violation';
import { APP } from '../shared/appLocator';
import { LIST_FIELDS, limitOf, presentList } from '../shared/list';
import { idOf } from '../shared/locator';

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
	calls: ['searchRewards'],
	effect: 'reads',
	prepare,
	present: presentList,
};

function prepare(parameters: IDataObject): Checked<Plan> {
	const filters = (parameters.filters ?? {}) as IDataObject;
	const inputs = allOf({
		appId: checkIdentifier(idOf(parameters.appId), 'App'),
		countries: listOf(filters.countries, (code) => checkCountry(code, 'Filters > Countries')),
		currencies: listOf(filters.currencies, (code) => checkCurrency(code, 'Filters > Currencies')),
		amount: amountOf(filters.amount),
		brandName: brandOf(filters.brandName),
		limit: limitOf(parameters),
	});
	if (!inputs.ok) return inputs;
	const { appId, limit, ...rest } = inputs.value;
	const showInactive = filters.showInactive === true ? 'true' : '';
	const plan: Plan = {
		subject: `list of rewards of app "${appId}"`,
		request: { endpoint: 'searchRewards', query: { appId, ...given({ ...rest, showInactive }) } },
		echo: {},
		limit,
	};
	return accepted(plan, inputs.hints);
}

function listOf(value: unknown, check: (code: string) => Checked<string>): Checked<string> {
	const checked = allIn(listedIn(String(value ?? '')).map(check));
	return checked.ok ? accepted(checked.value.join(','), checked.hints) : checked;
}

/** No currency decides about the decimals here: a search moves no money. */
function amountOf(value: unknown): Checked<string> {
	return value === undefined || value === ''
		? accepted('')
		: checkAmount(value, '', 'Filters > Amount');
}

function brandOf(value: unknown): Checked<string> {
	if (value === undefined || value === null || typeof value === 'string') {
		return accepted(value ?? '');
	}
	return refused({
		field: 'Filters > Brand Name',
		reason: `${quoted(value)} is not a text`,
		fix: 'Map a field that holds a text.',
	});
}

function given(values: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
