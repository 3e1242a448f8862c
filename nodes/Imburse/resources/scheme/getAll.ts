import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { accepted, type Checked } from '../../rules/violation';
import { LIST_FIELDS, limitOf, presentList } from '../shared/list';

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
	effect: 'reads',
	prepare,
	present: presentList,
};

function prepare(parameters: IDataObject): Checked<Plan> {
	const limit = limitOf(parameters);
	if (!limit.ok) return limit;
	const isCollect = parameters.schemeType === 'collect';
	return accepted({
		subject: isCollect ? 'list of collect schemes' : 'list of payout schemes',
		request: { endpoint: isCollect ? 'getCollectSchemes' : 'getPayoutSchemes' },
		echo: {},
		limit: limit.value,
	});
}
