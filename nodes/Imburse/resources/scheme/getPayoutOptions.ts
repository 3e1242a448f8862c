import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { validateCountry } from '../../validation/country';
import { validateCurrency } from '../../validation/currency';
import { validateIdentifier } from '../../validation/identifier';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { validateOneOf } from '../../validation/oneOf';
import { LIST_FIELDS, parseLimit, presentList } from '../shared/list';
import { AMOUNT, COUNTRY, CURRENCY } from '../shared/paymentFields';
import { locatorValue, PAYOUT_SCHEME } from '../shared/resourceLocators';
import { AMOUNT_FORM, validateWrittenAmount, writtenForms } from '../shared/writtenForms';

/**
 * Lists the rewards that a payout scheme offers for an amount: `GET
 * /v1/schemes/payout/{schemeId}/options` (API reference 4.4, documented for v1 only).
 */
export const getPayoutOptions: Operation = {
	value: 'getPayoutOptions',
	name: 'Get Payout Options',
	action: 'Get payout options of scheme',
	description:
		'List the rewards that a payout scheme offers for an amount. Always uses API version V1.',
	fields: [
		{ ...PAYOUT_SCHEME, required: true },
		AMOUNT,
		CURRENCY,
		COUNTRY,
		{
			displayName: 'Match Type',
			name: 'matchType',
			type: 'options',
			options: [
				{ name: 'Exact', value: 'Exact', description: 'Rewards of exactly this amount' },
				{ name: 'Max', value: 'Max', description: 'Rewards of up to this amount' },
			],
			default: 'Exact',
			description: 'Whether the rewards must have exactly the amount',
		},
		...LIST_FIELDS,
	],
	options: [AMOUNT_FORM],
	calls: ['getPayoutOptions'],
	effect: 'reads',
	prepare,
	present: presentList,
};

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const currency = validateCurrency(parameters.currency, 'Currency');
	const code = currency.ok ? currency.value : '';
	const { amounts } = writtenForms(parameters);
	const inputs = allOf({
		schemeId: validateIdentifier(locatorValue(parameters.schemeId), 'Scheme'),
		amount: validateWrittenAmount(parameters.amount, amounts, code, 'Amount'),
		currency,
		country: validateCountry(parameters.country, 'Country'),
		matchType: validateOneOf(parameters.matchType, ['Exact', 'Max'], 'Match Type'),
		limit: parseLimit(parameters),
	});
	if (!inputs.ok) return inputs;
	const { schemeId, limit, ...query } = inputs.value;
	const plan: Plan = {
		label: `list of payout options of scheme "${schemeId}"`,
		request: {
			endpoint: 'getPayoutOptions',
			identifiers: { schemeId },
			query,
		},
		echo: {},
		limit,
	};
	return valid(plan, inputs.hints);
}
