import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that reached the server. */
export interface ReceivedRequest {
	method: string;
	/** Path with query. */
	path: string;
	headers: IncomingHttpHeaders;
	/** The body as text; empty when there was none. */
	body: string;
}

/** What the server answers: status (default 200), headers, and a body that is sent as JSON. */
export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
}

/** A server on the loopback interface that remembers what it was asked. */
export interface LocalServer {
	url: string;
	/** All requests so far, in the order of their arrival. */
	requests: ReceivedRequest[];
	/** `<method> <path>` of all requests so far. */
	seen: () => string[];
	close: () => Promise<void>;
}

/** Answers a request. Never settling leaves the caller waiting. */
export type Respond = (request: ReceivedRequest) => Answer | Promise<Answer>;

export async function startLocalServer(respond: Respond): Promise<LocalServer> {
	const requests: ReceivedRequest[] = [];
	const server = createServer((request, response) => {
		void receive(request).then(async (received) => {
			requests.push(received);
			send(response, await respond(received));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		seen: () => requests.map(({ method, path }) => `${method} ${path}`),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return {
		method: request.method ?? '',
		path: request.url ?? '',
		headers: request.headers,
		body: Buffer.concat(chunks).toString('utf8'),
	};
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer) {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(body === undefined ? undefined : JSON.stringify(body));
}
