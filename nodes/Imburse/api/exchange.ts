import type { IHttpRequestHelper, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { bodyText } from './bodyText';
import type { HttpRequest, HttpResponse, SendHttp } from './http';
import { responseHeaders, toHelperOptions } from './httpHelper';
import { OpenExchanges } from './openExchanges';

/**
 * n8n puts the signal of the run in the place of a request's own `abortSignal`; the credential
 * puts it back from here when it authorises the request.
 */
export interface ExchangeOptions extends IHttpRequestOptions {
	exchangeSignal?: AbortSignal;
}

/** One of n8n's request helpers. */
type Helper = (options: ExchangeOptions) => Promise<IN8nHttpFullResponse>;

/**
 * One exchange with Imburse by one of n8n's helpers. It ends as a whole when its time is over, and
 * not only when the line falls silent: an answer that trickles in for ever is none. The body comes
 * as a stream, so that one without an end is cut off (`LARGEST_BODY`) and not collected.
 *
 * @param open the exchanges that end with the same run
 * @throws what the helper throws, and an error with the code `ETIMEDOUT` when the time is over
 */
export async function exchange(
	request: HttpRequest,
	open: OpenExchanges,
	helper: Helper,
): Promise<HttpResponse> {
	const options = toHelperOptions(request);
	const own = open.begin(options.timeout);
	const { signal } = own;
	try {
		const response = await helper({ ...options, abortSignal: signal, exchangeSignal: signal });
		return {
			status: response.statusCode,
			headers: responseHeaders(response.headers),
			text: await bodyText(response.body),
		};
	} catch (error) {
		own.abort();
		throw own.isOverdue ? timedOut(error) : error;
	} finally {
		open.end(own);
	}
}

/** Sends through n8n's plain helper, which adds nothing of its own to a request. */
export function sendThroughHelper({ helpers }: IHttpRequestHelper): SendHttp {
	const open = new OpenExchanges();
	return async (request) =>
		await exchange(
			request,
			open,
			async (options) => (await helpers.httpRequest(options)) as IN8nHttpFullResponse,
		);
}

function timedOut(cause: unknown): Error {
	const error = new Error('The answer was not complete in time', { cause });
	return Object.assign(error, { code: 'ETIMEDOUT' });
}
