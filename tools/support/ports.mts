import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Below the ports of outgoing connections, so that none of them can take a server's port while the
 * server restarts.
 */
const FIRST = 20_000;
const END = 32_000;

const TRIES = 100;

/** A free port of the loopback interface that a server can use again after a restart. */
export async function freePort(): Promise<number> {
	for (let tries = 0; tries < TRIES; tries++) {
		const port = randomInt(FIRST, END);
		if (await isFree(port)) return port;
	}
	throw new Error(`No free port could be had on ${HOST}.`);
}

/** This port of the loopback interface when it is free, otherwise any free one. */
export async function preferredPort(port: number): Promise<number> {
	return (await isFree(port)) ? port : freePort();
}

/** Whether a server can listen on this port of the loopback interface. */
export function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.on('error', () => resolve(false));
		server.listen({ host: HOST, port, exclusive: true }, () => {
			server.close(() => resolve(true));
		});
	});
}
