import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, ImburseClient } from './client.mts';

describe('access', () => {
	let client: ImburseClient;

	beforeEach(async () => {
		client = await ImburseClient.start();
	});
	afterEach(() => client.sandbox.stop());

	const order = { orderRef: 'ORDER-1' };

	function create(headers: Record<string, string | undefined>) {
		return client.call('POST', '/v1/order-management', { body: order, headers });
	}

	it.each(['Bearer', 'bearer', 'BEARER'])('accepts the scheme %s', async (scheme) => {
		const token = client.headers.Authorization?.split(' ')[1];
		expect((await create({ Authorization: `${scheme} ${token}` })).status).toBe(201);
	});

	it('accepts headers in any letter case', async () => {
		const { accountId, tenantId } = client.sandbox.options;
		const reply = await create({
			'x-account-id': undefined,
			'x-tenant-id': undefined,
			'X-ACCOUNT-ID': accountId,
			'X-Tenant-Id': tenantId,
		});
		expect(reply.status).toBe(201);
	});

	it.each([
		['no token', undefined],
		['an unknown token', 'Bearer abc.def.ghi'],
		['another scheme', 'Basic abc'],
		['a scheme without a token', 'Bearer '],
	])('answers 401 to %s', async (_case, authorization) => {
		const reply = await create({ Authorization: authorization });
		expect(reply.status).toBe(401);
		expect(codesOf(reply)).toEqual(['ACCESS_TOKEN_NOT_RECOGNISED']);
		expect(client.sandbox.store.orders).toHaveLength(0);
	});

	it('answers 401 when the token has expired, and not before', async () => {
		client.sandbox.options.clockOffsetSeconds = 3590;
		expect((await create({})).status).toBe(201);
		client.sandbox.options.clockOffsetSeconds = 3601;
		expect((await create({})).status).toBe(401);
	});

	it('answers 401 after expireTokens, until the next sign-in', async () => {
		client.sandbox.expireTokens();
		expect((await create({})).status).toBe(401);
		const again = await ImburseClient.signIn(client.sandbox);
		expect((await again.post('/v1/order-management', order)).status).toBe(201);
	});

	it.each([
		['x-account-id', undefined, 400, 'ACCOUNT_ID_IS_REQUIRED'],
		['x-account-id', 'cccccccc-0000-4000-8000-000000000003', 403, 'ACCOUNT_ID_NOT_RECOGNISED'],
		['x-tenant-id', undefined, 400, 'TENANT_ID_IS_REQUIRED'],
		['x-tenant-id', 'cccccccc-0000-4000-8000-000000000003', 403, 'TENANT_ID_NOT_RECOGNISED'],
	])('answers %s %s with %d %s', async (header, value, status, code) => {
		const reply = await create({ [header]: value });
		expect(reply.status).toBe(status);
		expect(codesOf(reply)).toEqual([code]);
		expect(client.sandbox.store.orders).toHaveLength(0);
	});
});

describe('roles', () => {
	const paths = {
		order: 'GET /v1/order-management/ORDER-1',
		newOrder: 'POST /v1/order-management',
		customer: 'GET /v2/customer-vault/CUSTOMER-1',
		changeCustomer: 'PUT /v2/customer-vault/CUSTOMER-1',
		collect: 'GET /v1/schemes/collect',
		payout: 'GET /v1/schemes/payout',
		apps: 'GET /v1/marketplace/apps',
		tenant: 'GET /v1/tenant',
		catalog: 'GET /v1/catalog/search?appId=TANGOCARD_RAAS',
		batch: 'GET /v2/batch-management/batch/BATCH-2025-01',
	};
	type Endpoint = keyof typeof paths;
	const everything = Object.keys(paths) as Endpoint[];

	const permitted: Array<[string, Endpoint[]]> = [
		['tenant-admin', everything],
		[
			'tenant-transaction-write',
			['order', 'newOrder', 'customer', 'changeCustomer', 'catalog', 'batch'],
		],
		['tenant-transaction-read', ['order', 'customer', 'catalog', 'batch']],
		['tenant-bridge-read', ['customer', 'catalog']],
		['tenant-bridge-write', ['customer', 'changeCustomer', 'catalog']],
		['tenant-collect-scheme-read', ['collect', 'catalog']],
		['tenant-collect-scheme-write', ['collect', 'catalog']],
		['tenant-payout-scheme-read', ['payout', 'catalog']],
		['tenant-app-read', ['apps', 'catalog']],
		['tenant-management', ['tenant', 'catalog']],
		['account-admin', []],
	];

	let client: ImburseClient;
	beforeEach(async () => {
		client = await ImburseClient.start();
		await client.post('/v1/order-management', { orderRef: 'ORDER-1' });
		await client.get('/v2/customer-vault/CUSTOMER-1');
	});
	afterEach(() => client.sandbox.stop());

	it.each(permitted)('%s permits its endpoints and no other', async (role, allowed) => {
		client.sandbox.options.roles = [role];
		for (const endpoint of everything) {
			const [method, path] = paths[endpoint].split(' ') as ['GET' | 'POST' | 'PUT', string];
			const body = { orderRef: 'ORDER-2', metadata: { a: 'b' } };
			const reply = await client.call(method, path, method === 'GET' ? {} : { body });
			expect([endpoint, reply.status === 403]).toEqual([endpoint, !allowed.includes(endpoint)]);
			if (allowed.includes(endpoint)) expect(reply.status).toBeLessThan(300);
			else expect(codesOf(reply)).toEqual(['ROLE_NOT_PERMITTED']);
		}
	});
});
