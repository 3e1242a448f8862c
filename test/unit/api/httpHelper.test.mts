import { describe, expect, it } from '@jest/globals';
import { responseHeaders, toHelperOptions } from '../../../nodes/Imburse/api/httpHelper.ts';

const request = {
	method: 'POST',
	url: 'https://h.example/v1/order-management',
	headers: { 'Content-Type': 'application/json' },
	body: '{"amount":"0.10"}',
} as const;

describe('toHelperOptions', () => {
	it('hands on the very text, and switches off what n8n would do on its own', () => {
		expect(toHelperOptions(request)).toMatchObject({
			method: 'POST',
			url: request.url,
			body: '{"amount":"0.10"}',
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			encoding: 'stream',
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

describe('responseHeaders', () => {
	it('has names in lower case, and lists joined', () => {
		const headers = { 'X-Correlation-ID': 'A', 'Set-Cookie': ['a', 'b'], 'content-length': 7 };
		expect(responseHeaders(headers)).toEqual({
			'x-correlation-id': 'A',
			'set-cookie': 'a, b',
			'content-length': '7',
		});
	});
});
