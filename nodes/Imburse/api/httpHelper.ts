import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { HttpRequest } from './http';

/** A call whose answer is not complete by then counts as lost. Milliseconds. */
const RESPONSE_TIMEOUT_MS = 60_000;

/**
 * A request in the form of n8n's request helper, with what the helper would otherwise do on its
 * own switched off: it would follow redirects and carry the token along, throw on a 4xx or 5xx
 * and lose the body, collect a body of any length, and re-send after a 401.
 */
export function toHelperOptions(request: HttpRequest): IHttpRequestOptions & { timeout: number } {
	return {
		method: request.method,
		url: request.url,
		headers: { Accept: 'application/json', ...request.headers },
		...(request.body === undefined ? {} : { body: request.body }),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: request.timeout ?? RESPONSE_TIMEOUT_MS,
	};
}

/** Header names in lower case. */
export function responseHeaders(headers: IN8nHttpFullResponse['headers']): Record<string, string> {
	const named: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		named[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	return named;
}
