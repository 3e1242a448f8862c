import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/** The wanted port of the loopback interface when it is free, otherwise any free one. */
export async function freePort(wanted = 0): Promise<number> {
	return (await tryPort(wanted)) ?? (await tryPort(0)) ?? failToFind();
}

function tryPort(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.on('error', () => resolve(undefined));
		server.listen({ host: HOST, port, exclusive: true }, () => {
			const address = server.address();
			server.close(() => {
				resolve(typeof address === 'object' && address !== null ? address.port : undefined);
			});
		});
	});
}

function failToFind(): never {
	throw new Error(`No free port could be had on ${HOST}.`);
}
