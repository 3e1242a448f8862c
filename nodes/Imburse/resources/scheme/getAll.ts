import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { validateOneOf } from '../../validation/oneOf';
import { LIST_FIELDS, parseLimit, presentList } from '../shared/list';

/**
 * Lists schemes: `GET /v1/schemes/{collect|payout}` (API reference 4.4, documented for v1 only; no
 * paging).
 */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many schemes',
	description: 'List the collect or payout schemes of the tenant. Always uses API version V1.',
	fields: [
		{
			displayName: 'Type',
			name: 'schemeType',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Collect', value: 'collect' },
				{ name: 'Payout', value: 'payout' },
			],
			default: 'payout',
			description: 'Which kind of scheme to list',
		},
		...LIST_FIELDS,
	],
	calls: ['getPayoutSchemes', 'getCollectSchemes'],
	callsBy: {
		field: 'schemeType',
		calls: { collect: ['getCollectSchemes'], payout: ['getPayoutSchemes'] },
	},
	effect: 'reads',
	prepare,
	present: presentList,
};

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const inputs = allOf({
		schemeType: validateOneOf(parameters.schemeType, ['collect', 'payout'], 'Type'),
		limit: parseLimit(parameters),
	});
	if (!inputs.ok) return inputs;
	const { schemeType, limit } = inputs.value;
	return valid({
		label: `list of ${schemeType} schemes`,
		request: { endpoint: schemeType === 'collect' ? 'getCollectSchemes' : 'getPayoutSchemes' },
		echo: {},
		limit,
	});
}
