import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { valid, type ValidationResult } from '../../validation/result';
import { LIST_FIELDS, parseLimit, presentList } from '../shared/list';

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

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const limit = parseLimit(parameters);
	if (!limit.ok) return limit;
	return valid({
		label: 'list of apps',
		request: { endpoint: 'getApps' },
		echo: {},
		limit: limit.value,
	});
}
