import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ImburseClient, type HttpResponse } from './client.mts';

let client: ImburseClient;
beforeEach(async () => {
	client = await ImburseClient.start();
});
afterEach(() => client.sandbox.stop());

const imburseId = /^[0-9A-Z]+:[0-9A-F]{8}$/;

function withoutTenant(headers: Record<string, string> = {}, path = '/v1/order-management') {
	return client.call('POST', path, {
		body: { orderRef: 'ORDER-1' },
		headers: { 'x-tenant-id': undefined, ...headers },
	});
}

function outerId(reply: HttpResponse): string {
	return (reply.body as { correlationId: string }).correlationId;
}

/** API reference 6, shape D. */
function problem(status: number, title: string, instance: string): object {
	return {
		type: expect.any(String),
		status,
		title,
		detail: expect.any(String),
		instance,
		trace: {
			timestamp: expect.any(Number),
			requestId: expect.stringMatching(imburseId),
			buildId: expect.any(String),
		},
	};
}

describe('an error body', () => {
	it("has the documented shape, with Imburse's correlation ID in both places", async () => {
		const reply = await withoutTenant();
		expect(reply.headers['content-type']).toMatch(/^application\/json/);
		const correlationId = outerId(reply);
		expect(correlationId).toMatch(imburseId);
		expect(reply.body).toEqual({
			timestamp: expect.any(Number),
			correlationId,
			errors: [
				{
					errorCode: 'TENANT_ID_IS_REQUIRED',
					message: `The header x-tenant-id is required. Correlation ID: ${correlationId}`,
					messageTemplate: 'The header x-tenant-id is required. Correlation ID: {correlationId}',
					metadata: { correlationId },
				},
			],
		});
	});

	it.each(['X-Correlation-ID', 'x-correlation-id', 'X-CORRELATION-ID'])(
		"has the caller's %s in the errors and Imburse's ID outside",
		async (header) => {
			const reply = await withoutTenant({ [header]: 'mine-17' });
			expect(outerId(reply)).toMatch(imburseId);
			expect(reply.body).toMatchObject({
				errors: [
					{ metadata: { correlationId: 'mine-17' }, message: expect.stringMatching(/mine-17/) },
				],
			});
		},
	);

	it('has a new correlation ID for every request, which is in the request log', async () => {
		const ids = [outerId(await withoutTenant()), outerId(await withoutTenant())];
		expect(new Set(ids).size).toBe(2);
		expect(client.sandbox.requests.slice(-2).map((one) => one.correlationId)).toEqual(ids);
	});

	it.each([
		['/v1/order-management', 1000],
		['/v2/order-management', 1],
	])(
		'has a timestamp at %s in units of %d ms, from the clock of the sandbox',
		async (path, unit) => {
			client.sandbox.options.clockOffsetSeconds = 100;
			const { timestamp } = (await withoutTenant({}, path)).body as { timestamp: number };
			expect(Math.abs(timestamp * unit - Date.now() - 100_000)).toBeLessThan(5000);
		},
	);

	it.each(['/v1/schemes/payout', '/v1/marketplace/apps', '/v1/tenant', '/v1/catalog/search'])(
		'has the other documented shape for 401 at %s',
		async (path) => {
			client.sandbox.expireTokens();
			const reply = await client.get(path);
			expect(reply.status).toBe(401);
			expect(reply.body).toEqual(problem(401, 'Unauthorized', path));
		},
	);

	it('has the usual shape for any other error of the configuration', async () => {
		client.sandbox.options.roles = ['account-admin'];
		const reply = await client.get('/v1/tenant');
		expect(reply.body).toMatchObject({ errors: [{ errorCode: 'ROLE_NOT_PERMITTED' }] });
	});
});

describe('a path that Imburse does not have', () => {
	it.each([
		['GET', '/'],
		['GET', '/v1/order-management'],
		['DELETE', '/v1/order-management/ORDER-1'],
		['PATCH', '/v1/order-management/ORDER-1/metadata'],
		['POST', '/v3/identity/hmac'],
		['HEAD', '/v1/tenant'],
	] as const)('answers %s %s with 404 and no body', async (method, path) => {
		const reply = await client.call(method, path);
		expect([reply.status, reply.text]).toEqual([404, '']);
		expect(client.sandbox.requests.at(-1)).toMatchObject({ name: null, method, path, status: 404 });
	});
});

describe('a gateway in front', () => {
	beforeEach(() => {
		client.sandbox.options.gateway = true;
	});

	it('knows no such path', async () => {
		const reply = await client.get('/v1/nowhere');
		expect(reply.status).toBe(404);
		expect(reply.body).toEqual(problem(404, 'Not Found', '/v1/nowhere'));
	});

	it('knows no such token', async () => {
		client.sandbox.expireTokens();
		const reply = await client.get('/v1/order-management/ORDER-1');
		expect(reply.status).toBe(401);
		expect(reply.body).toEqual(problem(401, 'Unauthorized', '/v1/order-management/ORDER-1'));
	});

	it('leaves all else to Imburse', async () => {
		const reply = await client.get('/v1/order-management/ORDER-1');
		expect(reply.body).toMatchObject({ errors: [{ errorCode: 'ORDER_NOT_FOUND' }] });
	});
});
