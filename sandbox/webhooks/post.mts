import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { DeliveryHeaders } from './delivery.mts';

export interface Posting {
	url: string;
	headers: DeliveryHeaders;
	body: string;
	timeoutMs: number;
	/** Breaks the call off. */
	stopped: AbortSignal;
}

/** What became of one call: a whole answer, or why there was none. */
export type PostOutcome =
	{ status: number; answer: string; error: null } | { status: null; answer: null; error: string };

/** One POST on a connection of its own, so that nothing stays open. Never rejects, follows no redirect. */
export function post({ url, headers, body, timeoutMs, stopped }: Posting): Promise<PostOutcome> {
	const { promise, resolve } = withResolve<PostOutcome>();
	const send = url.startsWith('https:') ? requestHttps : requestHttp;
	const call = send(url, { method: 'POST', headers, agent: false });
	const giveUp = (error: string): void => void call.destroy(new Error(error));
	const stop = (): void => giveUp('The sandbox stopped sending.');
	const patience = setTimeout(() => giveUp(`No answer within ${timeoutMs} ms.`), timeoutMs);
	stopped.addEventListener('abort', stop);

	let error = 'The answer broke off.';
	let finished: PostOutcome | null = null;
	call.on('response', (response) => {
		let answer = '';
		response.setEncoding('utf8').on('data', (text: string) => (answer += text));
		response.on(
			'end',
			() => (finished = { status: response.statusCode ?? 0, answer, error: null }),
		);
		response.on('error', (cause) => (error = cause.message));
	});
	call.on('error', (cause) => (error = cause.message));
	call.on('close', () => {
		clearTimeout(patience);
		stopped.removeEventListener('abort', stop);
		resolve(finished ?? { status: null, answer: null, error });
	});
	call.end(body);
	return promise;
}

function withResolve<Value>() {
	let resolve!: (value: Value) => void;
	const promise = new Promise<Value>((settle) => (resolve = settle));
	return { promise, resolve };
}
