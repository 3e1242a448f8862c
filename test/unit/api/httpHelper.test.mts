import { describe, expect, it } from '@jest/globals';
import type { IHttpRequestOptions } from 'n8n-workflow';
import {
	fromHelperResponse,
	sendThroughHelper,
	toHelperOptions,
} from '../../../nodes/Imburse/api/httpHelper.ts';

const request = {
	method: 'POST',
	url: 'https://h.example/v1/order-management',
	headers: { 'Content-Type': 'application/json' },
	body: '{"amount":"0.10"}',
} as const;

describe('toN8nOptions', () => {
	it('hands on the very text, and switches off what n8n would do on its own', () => {
		expect(toHelperOptions(request)).toMatchObject({
			method: 'POST',
			url: request.url,
			body: '{"amount":"0.10"}',
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
	});

	it('waits for an answer, but not for ever', () => {
		const { timeout } = toHelperOptions(request);
		expect(timeout).toBeGreaterThanOrEqual(30_000);
		expect(timeout).toBeLessThanOrEqual(300_000);
	});

	it('waits as long as the request says', () => {
		expect(toHelperOptions({ ...request, timeout: 5 }).timeout).toBe(5);
	});

	it('has no body where there is none: a signature would have to cover it', () => {
		expect(toHelperOptions({ method: 'POST', url: request.url, headers: {} })).not.toHaveProperty(
			'body',
		);
	});
});

describe('fromN8nResponse', () => {
	it('has header names in lower case, and lists joined', () => {
		const response = {
			statusCode: 201,
			headers: { 'X-Correlation-ID': 'A', 'Set-Cookie': ['a', 'b'], 'content-length': 7 },
			body: '{"a":1}',
		};
		expect(fromHelperResponse(response as never)).toEqual({
			status: 201,
			headers: { 'x-correlation-id': 'A', 'set-cookie': 'a, b', 'content-length': '7' },
			text: '{"a":1}',
		});
	});

	it.each([
		[undefined, ''],
		[null, ''],
		['', ''],
		['text', 'text'],
		[{ a: 1 }, '{"a":1}'],
	])('reads the body %j as %j', (body, text) => {
		expect(fromHelperResponse({ statusCode: 200, headers: {}, body }).text).toBe(text);
	});
});

describe('sendWith', () => {
	it("sends through n8n's plain helper", async () => {
		const seen: IHttpRequestOptions[] = [];
		const helpers = {
			httpRequest: async (options: IHttpRequestOptions) => {
				seen.push(options);
				return { statusCode: 204, headers: {}, body: '' };
			},
		};
		const send = sendThroughHelper({ helpers });
		expect(await send(request)).toEqual({ status: 204, headers: {}, text: '' });
		expect(seen).toEqual([toHelperOptions(request)]);
	});
});
