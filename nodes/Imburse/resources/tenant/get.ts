import type { Operation } from '../../operation';
import { valid } from '../../validation/result';
import { presentBody } from '../shared/presentBody';

/** Reads the tenant of the key: `GET /v1/tenant` (API reference 4.7, documented for v1 only). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get tenant',
	description: 'Read the tenant that the credential belongs to. Always uses API version V1.',
	fields: [],
	calls: ['getTenant'],
	effect: 'reads',
	prepare: () => valid({ label: 'tenant', request: { endpoint: 'getTenant' }, echo: {} }),
	present: presentBody,
};
