import type { Operation } from '../../operation';
import { accepted } from '../../rules/violation';
import { LIST_FIELDS, limitOf, presentList } from '../shared/list';

/** Lists apps: `GET /v1/marketplace/apps` (API reference 4.5, documented for v1 only). */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many apps',
	description: 'List the apps of the marketplace. Always uses API version V1.',
	fields: LIST_FIELDS,
	effect: 'reads',
	prepare: (parameters) =>
		accepted({
			subject: 'list of apps',
			request: { endpoint: 'getApps' },
			echo: {},
			limit: limitOf(parameters),
		}),
	present: presentList,
};
