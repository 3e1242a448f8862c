import { afterEach, beforeEach, expect, it } from '@jest/globals';
import axios from 'axios';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startIdleClock } from './idleClock.mts';

const { now: realNow } = Date;

let giveBack = (): void => {};

beforeEach(() => {
	giveBack = startIdleClock();
});

afterEach(() => giveBack());

/** A server that answers each call after so many milliseconds. */
async function slowServer(milliseconds: number): Promise<Server> {
	const server = createServer((_request, response) => {
		setTimeout(() => response.end('done'), milliseconds);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

async function ask(server: Server, timeout: number): Promise<unknown> {
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}/`;
	const answer = await axios.get<string>(url, { timeout }).catch((error: Error) => error);
	server.close();
	return answer instanceof Error ? answer.message : answer.data;
}

it('lets an idle process wait for a minute in less than a second', async () => {
	const [before, realBefore] = [Date.now(), realNow()];
	await wait(60_000);
	expect(Date.now() - before).toBeGreaterThanOrEqual(60_000);
	expect(realNow() - realBefore).toBeLessThan(6_000);
});

it('stands still while the process is busy', async () => {
	const before = Date.now();
	let isOver = false;
	setTimeout(() => (isOver = true), 1_000);
	for (const end = realNow() + 50; realNow() < end;) await new Promise(setImmediate);
	expect([isOver, Date.now() - before]).toEqual([false, 0]);
});

it('lets an answer in that comes before the time limit', async () => {
	expect(await ask(await slowServer(10_000), 10_500)).toBe('done');
});

it('ends a call whose answer comes after the time limit', async () => {
	expect(await ask(await slowServer(10_500), 10_000)).toMatch(/timeout/);
});

it('keeps the order of what waits, whatever happens in between', async () => {
	const seen: string[] = [];
	const note = async (name: string, ...waits: number[]): Promise<void> => {
		for (const milliseconds of waits) await wait(milliseconds);
		seen.push(name);
	};
	await Promise.all([note('third', 10_000), note('first', 10, 10), note('second', 21)]);
	expect(seen).toEqual(['first', 'second', 'third']);
});

it('gives the real time back', async () => {
	giveBack();
	expect(Date.now).toBe(realNow);
});
