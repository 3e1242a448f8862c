import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Below those that systems give to outgoing connections: while a server is down between two starts,
 * no connection can take its port.
 */
const FIRST = 20_000;
const END = 32_000;

const TRIES = 100;

/** Any free port of the loopback interface that a server can come back to. */
export async function freePort(): Promise<number> {
	for (let tries = 0; tries < TRIES; tries++) {
		const port = randomInt(FIRST, END);
		if (await isFree(port)) return port;
	}
	throw new Error(`No free port could be had on ${HOST}.`);
}

/** The wanted port of the loopback interface when it is free, otherwise any free one. */
export async function preferredPort(wanted: number): Promise<number> {
	return (await isFree(wanted)) ? wanted : freePort();
}

/** Whether a server may take this port of the loopback interface. */
export function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.on('error', () => resolve(false));
		server.listen({ host: HOST, port, exclusive: true }, () => {
			server.close(() => resolve(true));
		});
	});
}
