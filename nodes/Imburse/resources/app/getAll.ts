import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { accepted, type Checked } from '../../rules/violation';
import { LIST_FIELDS, limitOf, presentList } from '../shared/list';

/** Lists apps: `GET /v1/marketplace/apps` (API reference 4.5, documented for v1 only). */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many apps',
	description: 'List the apps of the marketplace. Always uses API version V1.',
	fields: LIST_FIELDS,
	calls: ['getApps'],
	effect: 'reads',
	prepare,
	present: presentList,
};

function prepare(parameters: IDataObject): Checked<Plan> {
	const limit = limitOf(parameters);
	if (!limit.ok) return limit;
	return accepted({
		subject: 'list of apps',
		request: { endpoint: 'getApps' },
		echo: {},
		limit: limit.value,
	});
}
