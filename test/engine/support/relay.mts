import type { RequestListener, ServerResponse } from 'node:http';
import type { Method } from 'axios';
import type { RunningSandbox } from '../../../sandbox/index.mts';
import { send, type HttpResponse } from '../../sandbox/client.mts';
import { startStub, type StubServer } from './wires.mts';

/** Writes an answer byte by byte. */
export type WriteAnswer = (response: ServerResponse) => void;

/** What goes back to the node: an answer, or a connection that breaks before one comes. */
export type Relayed = Pick<HttpResponse, 'status' | 'headers' | 'text'> | WriteAnswer | 'lost';

/**
 * Decides about one call. `line` is its method and path, `pass` hands it on to the sandbox and gives
 * the sandbox's answer.
 */
export type Steer = (line: string, pass: () => Promise<HttpResponse>) => Promise<Relayed>;

/** Stands between the node and the sandbox, for what the sandbox itself never does. */
export async function startRelay(sandbox: RunningSandbox, steer: Steer): Promise<StubServer> {
	const listener: RequestListener = (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url = '' } = request;
			const headers = { ...(request.headers as Record<string, string>) };
			delete headers.host;
			const body = Buffer.concat(chunks).toString('utf8');
			const pass = () =>
				send(sandbox.url + url, method as Method, {
					body: body === '' ? undefined : body,
					headers,
				});
			void steer(`${method} ${url}`, pass).then((relayed) => {
				if (relayed === 'lost') return request.socket.destroy();
				if (typeof relayed === 'function') return relayed(response);
				const { location } = relayed.headers;
				if (typeof location === 'string') response.setHeader('location', location);
				response.setHeader('content-type', 'application/json');
				return response.writeHead(relayed.status).end(relayed.text);
			});
		});
	};
	return await startStub(listener);
}

/** An answer in Imburse's own form. */
export function jsonAnswer(status: number, body: unknown): Relayed {
	return { status, headers: {}, text: body === undefined ? '' : JSON.stringify(body) };
}
