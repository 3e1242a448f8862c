import { describe, expect, it } from '@jest/globals';
import { buildHttpRequest } from '../../../nodes/Imburse/api/request.ts';

const context = {
	baseUrl: 'https://claims.example/imburse',
	apiVersion: 'v2',
	correlationId: 'RUN-1',
	tenantId: '',
} as const;

describe('toWire', () => {
	it('writes a create: method, address, correlation id, content type, body', () => {
		const body = { contentType: 'application/json', text: '{"orderRef":"A"}' };
		expect(buildHttpRequest({ endpoint: 'createOrder', body }, context)).toEqual({
			method: 'POST',
			url: 'https://claims.example/imburse/v2/order-management',
			headers: { 'x-correlation-id': 'RUN-1', 'Content-Type': 'application/json' },
			body: '{"orderRef":"A"}',
		});
	});

	it('writes a read without body and content type', () => {
		expect(
			buildHttpRequest({ endpoint: 'getOrder', identifiers: { orderRef: 'A-1' } }, context),
		).toEqual({
			method: 'GET',
			url: 'https://claims.example/imburse/v2/order-management/A-1',
			headers: { 'x-correlation-id': 'RUN-1' },
		});
	});

	it('speaks for another tenant when it is told to', () => {
		const request = { endpoint: 'getTenant' } as const;
		const { headers } = buildHttpRequest(request, { ...context, tenantId: 'TENANT-2' });
		expect(headers).toEqual({ 'x-correlation-id': 'RUN-1', 'x-tenant-id': 'TENANT-2' });
	});

	it('waits for as long as it is told to', () => {
		const request = { endpoint: 'getTenant' } as const;
		expect(buildHttpRequest(request, { ...context, timeout: 15_000 }).timeout).toBe(15_000);
		expect(buildHttpRequest(request, context)).not.toHaveProperty('timeout');
	});

	it('encodes the query', () => {
		const request = {
			endpoint: 'getOrder',
			identifiers: { orderRef: 'A' },
			query: { brandName: 'a&b=c', countries: 'GB,IE' },
		} as const;
		const url = new URL(buildHttpRequest(request, context).url);
		expect([...url.searchParams]).toEqual([
			['brandName', 'a&b=c'],
			['countries', 'GB,IE'],
		]);
	});

	it('keeps a hostile identifier below the base URL', () => {
		const request = { endpoint: 'getOrder', identifiers: { orderRef: '../../v1/tenant?x#y' } };
		const { url } = buildHttpRequest(request as Parameters<typeof buildHttpRequest>[0], context);
		expect(new URL(url).pathname).toBe(
			'/imburse/v2/order-management/..%2F..%2Fv1%2Ftenant%3Fx%23y',
		);
	});
});
