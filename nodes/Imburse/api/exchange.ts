import type { IHttpRequestHelper, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { bodyText } from './bodyText';
import type { HttpRequest, HttpResponse, SendHttp } from './http';
import { responseHeaders, toHelperOptions } from './httpHelper';

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
 * @param stopSignal of the run; the exchange ends with it
 * @throws what the helper throws, and an error with the code `ETIMEDOUT` when the time is over
 */
export async function exchange(
	request: HttpRequest,
	stopSignal: AbortSignal | undefined,
	helper: Helper,
): Promise<HttpResponse> {
	const options = toHelperOptions(request);
	const deadline = AbortSignal.timeout(options.timeout);
	const ending = endingWith(deadline, stopSignal);
	const signal = ending.controller.signal;
	try {
		const response = await helper({ ...options, abortSignal: signal, exchangeSignal: signal });
		return {
			status: response.statusCode,
			headers: responseHeaders(response.headers),
			text: await bodyText(response.body),
		};
	} catch (error) {
		ending.controller.abort();
		throw deadline.aborted ? timedOut(error) : error;
	} finally {
		ending.release();
	}
}

/** Sends through n8n's plain helper, which adds nothing of its own to a request. */
export function sendThroughHelper({ helpers }: IHttpRequestHelper): SendHttp {
	return async (request) =>
		await exchange(
			request,
			undefined,
			async (options) => (await helpers.httpRequest(options)) as IN8nHttpFullResponse,
		);
}

/** Ends with either signal. The run's outlives the exchange, so that it has to be let go of. */
function endingWith(deadline: AbortSignal, stopSignal: AbortSignal | undefined) {
	const controller = new AbortController();
	const end = () => controller.abort();
	const signals = stopSignal ? [deadline, stopSignal] : [deadline];
	for (const signal of signals) signal.addEventListener('abort', end);
	if (stopSignal?.aborted) end();
	const release = () => {
		for (const signal of signals) signal.removeEventListener('abort', end);
	};
	return { controller, release };
}

function timedOut(cause: unknown): Error {
	const error = new Error('The answer was not complete in time', { cause });
	return Object.assign(error, { code: 'ETIMEDOUT' });
}
