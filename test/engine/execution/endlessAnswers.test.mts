import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { createGzip, gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';
import { byId, failuresOf, useCredential } from '../support/operations.mts';
import { startRelay, type WriteAnswer } from '../support/relay.mts';
import type { StubServer } from '../support/wires.mts';

useIdleClock();

/** Some 100 kB that unpack to 100 MB. */
const BOMB = gzipSync(Buffer.alloc(100_000_000, ' '));

/** A byte now and then: the line never falls silent. */
function drip(response: ServerResponse, bytes: string): void {
	const dripping = setInterval(() => response.write(bytes), 50);
	response.on('close', () => clearInterval(dripping));
}

/** As fast as the other side reads. */
function pour(response: NodeJS.WritableStream): void {
	const piece = Buffer.alloc(64 * 1024, ' ');
	const more = (): void => {
		while (response.writable && response.write(piece));
	};
	response.on('drain', more);
	response.on('error', () => undefined);
	more();
}

/** Answers that are never over, or too much once they are unpacked. */
const ENDLESS: Readonly<Record<string, { answer: WriteAnswer; reason: RegExp }>> = {
	'a body that trickles': {
		answer: (response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			drip(response, ' ');
		},
		reason: /did not answer in time/,
	},
	'headers that trickle': {
		answer: ({ socket }) => {
			socket?.write('HTTP/1.1 200 OK\r\nX-Long: ');
			const dripping = setInterval(() => socket?.write('a'), 50);
			socket?.on('close', () => clearInterval(dripping));
		},
		reason: /did not answer in time/,
	},
	'a body without an end': {
		answer: (response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			pour(response);
		},
		reason: /too long to be one of Imburse's/,
	},
	'a packed body without an end': {
		answer: (response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			const gzip = createGzip();
			gzip.pipe(response);
			response.on('close', () => gzip.destroy());
			pour(gzip);
		},
		reason: /too long to be one of Imburse's/,
	},
	'a small body that unpacks to a large one': {
		answer: (response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			response.end(BOMB);
		},
		reason: /too long to be one of Imburse's/,
	},
	'an error without an end': {
		answer: (response) => {
			response.writeHead(500, { 'content-type': 'text/html' });
			pour(response);
		},
		reason: /too long to be one of Imburse's/,
	},
};

/** An answer that is as deep as it is long. */
const DEEP = '['.repeat(1_000_000) + ']'.repeat(1_000_000);

let imburse: ImburseOnEngine;
let stub: StubServer | undefined;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(async () => {
	await stub?.stop();
	stub = undefined;
	await imburse.stop();
});

const READ: INodeParameters = { resource: 'tenant', operation: 'get' };
const ON_ERROR = { onError: 'continueErrorOutput' } as const;

function order(reference: string): INodeParameters {
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: reference,
		instructionRef: `${reference}-1`,
		customerRef: 'CUST-4711',
		direction: 'CREDIT',
		amount: '210.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: byId(imburse.sandbox.options.schemeIds.payout),
	};
}

/** Every call reaches the sandbox, and some are answered without an end. */
async function relay(answer: WriteAnswer, isEndless: (line: string) => boolean): Promise<void> {
	stub = await startRelay(imburse.sandbox, async (line, pass) => {
		const passed = await pass();
		return isEndless(line) ? answer : passed;
	});
	useCredential(imburse, { baseUrl: stub.url });
}

/** Orders that the sandbox made. */
function ordersMade(): number {
	return imburse.sandbox.requests.filter(
		({ name, status }) => name === 'createOrder' && status === 201,
	).length;
}

describe.each(Object.entries(ENDLESS))('%s', (_, { answer, reason }) => {
	it('ends a read as unavailable', async () => {
		await relay(answer, (line) => line.startsWith('GET'));
		const run = await imburse.run(READ, ON_ERROR);
		expect(failuresOf(run)).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(reason) as unknown,
				outcome: 'unavailable',
			}),
		]);
	});

	it('ends the token call, and nothing else is sent', async () => {
		await relay(answer, (line) => line.endsWith('/identity/hmac'));
		const run = await imburse.run(order('CLAIM-1'), ON_ERROR);
		expect(failuresOf(run)).toEqual([expect.objectContaining({ outcome: 'notSent' })]);
		expect(new Set(stub?.received)).toEqual(new Set(['POST /v1/identity/hmac']));
	});

	it('leaves a create to be read back', async () => {
		await relay(answer, (line) => line.startsWith('POST /v1/order-management'));
		const run = await imburse.run(order('CLAIM-1'), ON_ERROR);
		expect(run.success.map(({ json }) => json.result)).toEqual(['created']);
		expect(ordersMade()).toBe(1);
	});

	it('leaves a create unknown that cannot be read back either', async () => {
		await relay(answer, (line) => line.includes('order-management'));
		const run = await imburse.run(order('CLAIM-1'), ON_ERROR);
		expect(failuresOf(run)).toEqual([expect.objectContaining({ outcome: 'unknown' })]);
		expect(ordersMade()).toBe(1);
	});
});

describe('an answer with a million levels', () => {
	it('ends a read as unavailable', async () => {
		await relay(
			(response) => response.writeHead(200).end(DEEP),
			(line) => line.startsWith('GET'),
		);
		const run = await imburse.run(READ, ON_ERROR);
		expect(failuresOf(run)).toEqual([expect.objectContaining({ outcome: 'unavailable' })]);
	});

	it('leaves a create to be read back', async () => {
		await relay(
			(response) => response.writeHead(400).end(`{"errors":${DEEP},"detail":${DEEP}}`),
			(line) => line.startsWith('POST /v1/order-management'),
		);
		const run = await imburse.run(order('CLAIM-1'), ON_ERROR);
		expect(run.success.map(({ json }) => json.result)).toEqual(['created']);
	});
});
