import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { DeliveryHeaders } from './delivery.mts';

export interface PostRequest {
	url: string;
	headers: DeliveryHeaders;
	body: string;
	timeoutMs: number;
	/** Aborts the request. */
	stopSignal: AbortSignal;
}

interface PostResponse {
	status: number;
	/** The text of the body. */
	responseBody: string;
}

/** The outcome of one request: a whole response, or why there was none. */
export type PostOutcome =
	(PostResponse & { error: null }) | { status: null; responseBody: null; error: string };

/** Sends one POST on its own connection, so that none stays open. Never rejects, follows no redirect. */
export function post({
	url,
	headers,
	body,
	timeoutMs,
	stopSignal,
}: PostRequest): Promise<PostOutcome> {
	return new Promise((resolve) => {
		const send = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
		const request = send(url, { method: 'POST', headers, agent: false });
		let failure = '';
		const abort = (reason: string): void => {
			failure ||= reason;
			request.destroy();
		};
		const stop = (): void => abort('The sandbox stopped sending.');
		const timeout = setTimeout(() => abort(`No response within ${timeoutMs} ms.`), timeoutMs);
		const settle = (response: PostResponse | null): void => {
			clearTimeout(timeout);
			stopSignal.removeEventListener('abort', stop);
			const error = failure || 'The response was cut off.';
			resolve(
				response ? { ...response, error: null } : { status: null, responseBody: null, error },
			);
		};
		stopSignal.addEventListener('abort', stop);
		request.on('error', (cause) => (failure ||= errorText(cause)));
		let hasResponse = false;
		request.on('response', (response) => {
			hasResponse = true;
			void readResponse(response).then(settle);
		});
		// A response settles at its own end, which may come later than this.
		request.on('close', () => {
			if (!hasResponse) settle(null);
		});
		request.end(body);
	});
}

/** Null when the response was cut off. */
function readResponse(response: IncomingMessage): Promise<PostResponse | null> {
	return new Promise((resolve) => {
		let text = '';
		let isWhole = false;
		response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
		response.on('end', () => (isWhole = true));
		// The close event follows and settles it.
		response.on('error', () => undefined);
		response.on('close', () => {
			resolve(isWhole ? { status: response.statusCode ?? 0, responseBody: text } : null);
		});
	});
}

/** When Node has tried several addresses in vain, its error has a code but no message. */
function errorText(cause: NodeJS.ErrnoException): string {
	return cause.message || (cause.code ?? 'No connection.');
}
