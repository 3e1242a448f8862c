import { request as requestHttp, type IncomingMessage } from 'node:http';
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

interface Answered {
	status: number;
	/** The text of the body. */
	answer: string;
}

/** What became of one call: a whole answer, or why there was none. */
export type PostOutcome =
	(Answered & { error: null }) | { status: null; answer: null; error: string };

/** One POST on a connection of its own, so that nothing stays open. Never rejects, follows no redirect. */
export function post({ url, headers, body, timeoutMs, stopped }: Posting): Promise<PostOutcome> {
	return new Promise((resolve) => {
		const send = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
		const call = send(url, { method: 'POST', headers, agent: false });
		let failure = '';
		const giveUp = (why: string): void => {
			failure ||= why;
			call.destroy();
		};
		const stop = (): void => giveUp('The sandbox stopped sending.');
		const patience = setTimeout(() => giveUp(`No answer within ${timeoutMs} ms.`), timeoutMs);
		const settle = (answered: Answered | null): void => {
			clearTimeout(patience);
			stopped.removeEventListener('abort', stop);
			const error = failure || 'The answer broke off.';
			resolve(answered ? { ...answered, error: null } : { status: null, answer: null, error });
		};
		stopped.addEventListener('abort', stop);
		call.on('error', (cause) => (failure ||= reasonOf(cause)));
		let isAnswered = false;
		call.on('response', (response) => {
			isAnswered = true;
			void readAnswer(response).then(settle);
		});
		// Of an answer its own end decides, which may come later than this.
		call.on('close', () => {
			if (!isAnswered) settle(null);
		});
		call.end(body);
	});
}

/** Null when it broke off. */
function readAnswer(response: IncomingMessage): Promise<Answered | null> {
	return new Promise((resolve) => {
		let answer = '';
		let isWhole = false;
		response.setEncoding('utf8').on('data', (text: string) => (answer += text));
		response.on('end', () => (isWhole = true));
		// The close that follows says it all.
		response.on('error', () => undefined);
		response.on('close', () => {
			resolve(isWhole ? { status: response.statusCode ?? 0, answer } : null);
		});
	});
}

/** Where several addresses were tried in vain, Node has no text but a code. */
function reasonOf(cause: NodeJS.ErrnoException): string {
	return cause.message || (cause.code ?? 'No connection.');
}
