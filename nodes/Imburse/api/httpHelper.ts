import type { IHttpRequestHelper, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { SendHttp, HttpResponse, HttpRequest } from './http';

/** A call that has not been answered by then counts as lost. Milliseconds. */
const RESPONSE_TIMEOUT_MS = 60_000;

/**
 * A request in the form of n8n's request helper, with what the helper would otherwise do on its
 * own switched off: it would follow redirects and carry the token along, throw on a 4xx or 5xx
 * and lose the body, and re-send after a 401.
 */
export function toHelperOptions(request: HttpRequest): IHttpRequestOptions {
	return {
		method: request.method,
		url: request.url,
		headers: { Accept: 'application/json', ...request.headers },
		...(request.body === undefined ? {} : { body: request.body }),
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: request.timeout ?? RESPONSE_TIMEOUT_MS,
	};
}

/** What came back, with header names in lower case. */
export function fromHelperResponse(response: IN8nHttpFullResponse): HttpResponse {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(response.headers)) {
		headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	return { status: response.statusCode, headers, text: textOf(response.body) };
}

function textOf(body: unknown): string {
	if (body === undefined || body === null) return '';
	return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Sends through n8n's plain helper, which adds nothing of its own to a request. */
export function sendThroughHelper({ helpers }: IHttpRequestHelper): SendHttp {
	return async (request) =>
		fromHelperResponse(
			(await helpers.httpRequest(toHelperOptions(request))) as IN8nHttpFullResponse,
		);
}
