import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that reached the receiver. */
export interface ReceivedCall {
	method: string | undefined;
	path: string | undefined;
	headers: IncomingHttpHeaders;
	/** Names and values in turn, as they came. */
	rawHeaders: string[];
	/** The body as it came. */
	body: string;
	/** The body read as JSON. */
	json: unknown;
}

/**
 * What to answer: a status; 200 whose end only the end of the connection shows; nothing at all for as
 * long as the sender waits; half an answer, and then nothing or the end of the connection.
 */
export type ReceiverAnswer = number | 'untilClose' | 'silence' | 'unfinished' | 'cutOff';

/** A real HTTP server that takes webhooks and notes every one. */
export interface Receiver {
	url: string;
	received: ReceivedCall[];
	/** Asked for every call with its number, from 1; may be replaced. */
	answer: (number: number) => ReceiverAnswer;
	/** Resolves when so many calls have arrived. */
	arrived(count: number): Promise<void>;
	/** Resolves when no connection is open any more. */
	deserted(): Promise<void>;
	stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const watchers = new Set<() => void>();
	let openConnections = 0;
	const noteChange = (): void => {
		for (const watcher of [...watchers]) watcher();
	};
	const until = (condition: () => boolean): Promise<void> =>
		new Promise((resolve) => {
			const look = (): void => {
				if (!condition()) return;
				watchers.delete(look);
				resolve();
			};
			watchers.add(look);
			look();
		});
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			const { method, url: path, headers, rawHeaders } = request;
			const json: unknown = JSON.parse(body);
			receiver.received.push({ method, path, headers, rawHeaders, body, json });
			giveAnswer(response, receiver.answer(receiver.received.length));
			noteChange();
		});
	});
	server.on('connection', (socket) => {
		openConnections += 1;
		socket.on('close', () => {
			openConnections -= 1;
			noteChange();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const receiver: Receiver = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received: [],
		answer: () => 200,
		arrived: (count) => until(() => receiver.received.length >= count),
		deserted: () => until(() => openConnections === 0),
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return receiver;
}

function giveAnswer(response: ServerResponse, answer: ReceiverAnswer): void {
	switch (answer) {
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
			response.writeHead(answer).end(`answered ${answer}`);
	}
}
