import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { freePort } from '../../tools/support/ports.mts';

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
	it('is the wanted one when nobody has it', async () => {
		const wanted = await freePort();
		expect(await freePort(wanted)).toBe(wanted);
	});

	it('is another one when somebody has it', async () => {
		const taken = await occupy();
		const port = await freePort(taken);
		expect(port).not.toBe(taken);
		expect(port).toBeGreaterThan(0);
	});
});
