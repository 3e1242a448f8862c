import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import express from 'express';

/** Answers one call; what it throws becomes a 500 with the message. */
export type HandleCall = (request: express.Request, response: express.Response) => Promise<void>;

/** n8n's default for `N8N_PAYLOAD_SIZE_MAX`. */
const BODY_LIMIT = '16mb';

/**
 * An express server on the loopback interface that hands over every call as n8n's webhook server
 * does: the raw bytes in `rawBody`, the parsed body (JSON, form, text) in `body`.
 */
export async function startWebhookServer(
	handle: HandleCall,
): Promise<{ url: string; close: () => Promise<void> }> {
	const app = express();
	app.set('query parser', 'extended');
	app.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
	app.use(async (request, response) => {
		keepRawBody(request);
		try {
			request.body = parseBody(request);
		} catch (error) {
			response.status(422).json({ message: 'Failed to parse request body', hint: String(error) });
			return;
		}
		await handle(request, response).catch((error: Error) => {
			response.status(500).json({ code: 0, message: error.message });
		});
	});

	const server = app.listen(0, '127.0.0.1');
	await new Promise<void>((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function keepRawBody(request: express.Request) {
	const body: unknown = request.body;
	request.rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
	request.contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	request.encoding = 'utf8';
	request.readRawBody = async () => {};
}

/** The body as n8n parses it; `undefined` when it is empty or of a type that n8n leaves alone. */
function parseBody({ rawBody, contentType }: express.Request): unknown {
	if (rawBody.length === 0) return undefined;
	const text = rawBody.toString('utf8');
	switch (contentType) {
		case 'application/json':
			return JSON.parse(text) as unknown;
		case 'application/x-www-form-urlencoded':
			return parse(text);
		case 'text/plain':
			return text;
		default:
			return undefined;
	}
}
