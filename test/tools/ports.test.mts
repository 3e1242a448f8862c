import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { freePort, isFree, preferredPort } from '../../tools/support/ports.mts';

const servers: Server[] = [];

afterEach(async () => {
	for (const server of servers.splice(0)) {
		await new Promise((resolve) => server.close(resolve));
	}
});

function occupy(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer();
		servers.push(server);
		server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
	});
}

describe('a free port', () => {
	it('is one that no outgoing connection is given', async () => {
		const ports = await Promise.all(Array.from({ length: 50 }, freePort));
		expect(ports.filter((port) => port < 1024 || port >= 32_768)).toEqual([]);
	});

	it('is free until a server listens on it', async () => {
		expect(await isFree(await freePort())).toBe(true);
		expect(await isFree(await occupy())).toBe(false);
	});
});

describe('the preferred port', () => {
	it('is the wanted one when it is free', async () => {
		const wanted = await freePort();
		expect(await preferredPort(wanted)).toBe(wanted);
	});

	it('is another one when the wanted one is in use', async () => {
		const taken = await occupy();
		const port = await preferredPort(taken);
		expect(port).not.toBe(taken);
		expect(await isFree(port)).toBe(true);
	});
});
