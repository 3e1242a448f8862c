import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that reached the receiver. */
export interface ReceivedDelivery {
	method: string | undefined;
	path: string | undefined;
	headers: IncomingHttpHeaders;
	/** Names and values in turn, as they arrived. */
	rawHeaders: string[];
	/** The body as it arrived. */
	body: string;
	/** The body parsed as JSON. */
	json: unknown;
}

/**
 * The response: a status; 200 without a length, which ends with the connection; none for as long as
 * the sender waits; half of one, and then nothing or the end of the connection.
 */
export type ReceiverResponse = number | 'untilClose' | 'silence' | 'unfinished' | 'cutOff';

/** A real HTTP server that receives webhooks and keeps every one. */
export interface Receiver {
	url: string;
	received: ReceivedDelivery[];
	/** Called for every request with its number, from 1; may be replaced. */
	respond: (number: number) => ReceiverResponse;
	/** Resolves when this number of requests has arrived. */
	arrived(count: number): Promise<void>;
	/** Resolves when no connection is open any more. */
	disconnected(): Promise<void>;
	stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const listeners = new Set<() => void>();
	let openConnections = 0;
	const notify = (): void => {
		for (const listener of [...listeners]) listener();
	};
	const until = (condition: () => boolean): Promise<void> =>
		new Promise((resolve) => {
			const check = (): void => {
				if (!condition()) return;
				listeners.delete(check);
				resolve();
			};
			listeners.add(check);
			check();
		});
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			const { method, url: path, headers, rawHeaders } = request;
			const json: unknown = JSON.parse(body);
			receiver.received.push({ method, path, headers, rawHeaders, body, json });
			sendResponse(response, receiver.respond(receiver.received.length));
			notify();
		});
	});
	server.on('connection', (socket) => {
		openConnections += 1;
		socket.on('close', () => {
			openConnections -= 1;
			notify();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const receiver: Receiver = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received: [],
		respond: () => 200,
		arrived: (count) => until(() => receiver.received.length >= count),
		disconnected: () => until(() => openConnections === 0),
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return receiver;
}

function sendResponse(response: ServerResponse, kind: ReceiverResponse): void {
	switch (kind) {
		case 'silence':
			break;
		case 'untilClose':
			response.useChunkedEncodingByDefault = false;
			response.writeHead(200).end('answered 200');
			break;
		case 'unfinished':
			response.writeHead(200, { 'content-length': 100 }).write('half');
			break;
		case 'cutOff':
			response
				.writeHead(200, { 'content-length': 100 })
				.write('half', () => response.socket?.destroySoon());
			break;
		default:
			response.writeHead(kind).end(`answered ${kind}`);
	}
}
