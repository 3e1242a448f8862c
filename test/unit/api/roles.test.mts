import { expect, it } from '@jest/globals';
import type { EndpointName } from '../../../nodes/Imburse/api/endpoints.ts';
import { neededRoles } from '../../../nodes/Imburse/api/roles.ts';

it.each<[EndpointName[], string[]]>([
	[[], []],
	[['getOrder'], ['tenant-transaction-read']],
	[['createOrder'], ['tenant-transaction-write']],
	[['getOrder', 'getInstruction'], ['tenant-transaction-read']],
	[['getOrder', 'createOrder'], ['tenant-transaction-write']],
	[
		['getOrder', 'getApp'],
		['tenant-transaction-read', 'tenant-app-read'],
	],
])('for %j a key needs %j', (calls, roles) => {
	expect(neededRoles(calls)).toEqual(roles);
});
