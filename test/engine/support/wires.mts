import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of a test's own, in the place of Imburse. */
export interface StubServer {
	url: string;
	/** Method and path of every request, in the order of their arrival. */
	received: string[];
	stop: () => Promise<void>;
}

export async function startStub(listener: RequestListener): Promise<StubServer> {
	const received: string[] = [];
	const server = createServer((request, response) => {
		received.push(`${request.method} ${request.url}`);
		listener(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The token that a stub gives out. */
export const STUB_TOKEN = 'stub-token';

/** Answers the token call as Imburse does, and leaves everything else to `listener`. */
export function withToken(listener: RequestListener): RequestListener {
	return (request, response) => {
		if (!request.url?.endsWith('/identity/hmac')) return listener(request, response);
		const expires = Math.floor(Date.now() / 1000) + 3600;
		response.writeHead(201, { 'content-type': 'application/json' });
		return response.end(JSON.stringify({ accessToken: STUB_TOKEN, expires }));
	};
}
