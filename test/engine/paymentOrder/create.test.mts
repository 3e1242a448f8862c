import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { startStub, withToken } from '../support/wires.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const CREATE: INodeParameters = { resource: 'paymentOrder', operation: 'create' };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

/** The calls that are no token calls. */
function calls() {
	return imburse.sandbox.requests.filter(({ name }) => name !== 'issueToken');
}

function payment(fields: INodeParameters = {}): INodeParameters {
	return {
		instructionRef: 'CLAIM-17-1',
		customerRef: 'CUST-4711',
		direction: 'CREDIT',
		amount: '210.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: imburse.sandbox.options.schemeIds.payout },
		...fields,
	};
}

describe('a payment order', () => {
	it('is made with its metadata, one for each item, in their order', async () => {
		const run = await imburse.run(
			{
				...CREATE,
				orderRef: '={{ $json.claim }}',
				metadata: { entry: [{ key: 'claimNumber', value: '={{ $json.claim }}' }] },
			},
			{ items: [{ claim: 'CLAIM-17' }, { claim: 'CLAIM-18' }] },
		);
		expect(run.success).toEqual([
			{
				json: {
					orderRef: 'CLAIM-17',
					instructionRef: null,
					result: 'created',
					environment: 'custom',
					metadata: { claimNumber: 'CLAIM-17' },
					answer: null,
				},
				pairedItem: { item: 0 },
			},
			expect.objectContaining({
				json: expect.objectContaining({ orderRef: 'CLAIM-18' }) as unknown,
				pairedItem: { item: 1 },
			}),
		]);
		expect(imburse.sandbox.store.orders.map(({ metadata }) => ({ ...metadata }))).toEqual([
			{ claimNumber: 'CLAIM-17' },
			{ claimNumber: 'CLAIM-18' },
		]);
	});

	it('takes metadata as JSON', async () => {
		await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-17',
			metadataInputMode: 'json',
			metadataJson: '{ "claimNumber": "17", "branch": "Zürich" }',
		});
		expect({ ...imburse.sandbox.store.order('CLAIM-17')?.metadata }).toEqual({
			claimNumber: '17',
			branch: 'Zürich',
		});
	});

	it('is accepted, and not called created, when it has instructions', async () => {
		const run = await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-17',
			instructions: { instruction: [payment()] },
			options: { waitUntilCreated: false },
		});
		expect(run.success[0]?.json).toMatchObject({ result: 'accepted' });
		const order = imburse.sandbox.store.order('CLAIM-17');
		expect(order?.instructions).toHaveLength(1);
		expect(order?.instructions[0]).toMatchObject({ direction: 'CREDIT', currency: 'EUR' });
		expect(JSON.parse(calls()[0]?.body ?? '')).toMatchObject({
			instructions: [{ amount: '210.00', schemeId: imburse.sandbox.options.schemeIds.payout }],
		});
	});

	it('takes instructions as JSON, with the amount as the text that was written', async () => {
		await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-17',
			instructionsInputMode: 'json',
			instructionsJson: JSON.stringify([
				{ ...payment({ amount: '0.10' }), schemeId: imburse.sandbox.options.schemeIds.payout },
			]),
		});
		expect(calls()[0]?.body).toContain('"amount":"0.10"');
	});

	it.each(['v1', 'v2'])('goes to %s when the credential says so', async (apiVersion) => {
		imburse.engine.credentials.change('imburse-credential', { apiVersion });
		const run = await imburse.run({ ...CREATE, orderRef: 'CLAIM-17' });
		expect(run.error).toBeUndefined();
		expect(calls().map(({ path }) => path)).toEqual([`/${apiVersion}/order-management`]);
	});

	it('is written form-encoded when the credential says so', async () => {
		imburse.engine.credentials.change('imburse-credential', { bodyFormat: 'form' });
		const run = await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-17',
			metadata: { entry: [{ key: 'branch', value: 'Zürich & Söhne = 1' }] },
		});
		expect(run.error).toBeUndefined();
		expect(calls()[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect({ ...imburse.sandbox.store.order('CLAIM-17')?.metadata }).toEqual({
			branch: 'Zürich & Söhne = 1',
		});
	});

	it('cannot have instructions in a form-encoded body: nothing is sent', async () => {
		imburse.engine.credentials.change('imburse-credential', { bodyFormat: 'form' });
		const run = await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-17',
			instructions: { instruction: [payment()] },
		});
		expect(run.error?.message).toMatch(/^Instructions: it cannot be sent in a form-encoded body/);
		expect(run.error?.description).toContain('Set Body Format to JSON');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});
});

describe('the correlation ID', () => {
	it('is a new UUID for each item, sent and shown', async () => {
		const run = await imburse.run(
			{ ...CREATE, orderRef: '={{ $json.claim }}', options: { includeResponse: true } },
			{ items: [{ claim: 'CLAIM-17' }, { claim: 'CLAIM-18' }] },
		);
		const sent = calls().map(({ headers }) => headers['x-correlation-id']);
		expect(sent).toHaveLength(2);
		expect(new Set(sent).size).toBe(2);
		expect(sent[0]).toMatch(UUID);
		expect(run.success[0]?.json.response).toEqual({
			status: 201,
			statusMeaning: 'Created: the request created a valid entity',
			correlationId: null,
			clientCorrelationId: sent[0],
			attempts: 1,
		});
	});

	it('stays the same when Retry On Fail runs the node again', async () => {
		imburse.sandbox.options.roles = ['tenant-app-read'];
		await imburse.run(
			{ ...CREATE, orderRef: 'CLAIM-17' },
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		const [first, second] = calls().map(({ headers }) => headers['x-correlation-id']);
		expect(first).toMatch(UUID);
		expect(second).toBe(first);
	});

	it("can be the user's own", async () => {
		await imburse.run({ ...CREATE, orderRef: 'CLAIM-17', options: { correlationId: 'run-17' } });
		expect(calls()[0]?.headers['x-correlation-id']).toBe('run-17');
	});

	it('stays the same when a dead token made a second attempt necessary', async () => {
		await imburse.run({ ...CREATE, orderRef: 'CLAIM-17' });
		imburse.sandbox.expireTokens();
		await imburse.run({ ...CREATE, orderRef: 'CLAIM-18' });
		const [, refused, accepted] = calls();
		expect([refused?.status, accepted?.status]).toEqual([401, 201]);
		expect(accepted?.headers['x-correlation-id']).toBe(refused?.headers['x-correlation-id']);
	});
});

describe('bad input is named, and nothing is sent', () => {
	const keys51 = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`key${i}`, 'x']));
	it.each<[string, INodeParameters, RegExp]>([
		['no reference', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
		['a reference with a space', { orderRef: 'CLAIM 17' }, /^Order Reference: .*space/],
		['a reference of 51 characters', { orderRef: 'x'.repeat(51) }, /^Order Reference: .*51/],
		[
			'a metadata key of 41 characters',
			{ orderRef: 'A', metadata: { entry: [{ key: 'k'.repeat(41), value: 'v' }] } },
			/^Metadata > kkk.*41/,
		],
		[
			'a metadata value of 501 characters',
			{ orderRef: 'A', metadata: { entry: [{ key: 'note', value: 'v'.repeat(501) }] } },
			/^Metadata > note: .*501/,
		],
		[
			'51 metadata keys',
			{ orderRef: 'A', metadataInputMode: 'json', metadataJson: JSON.stringify(keys51) },
			/^Metadata \(JSON\): .*51/,
		],
		[
			'metadata that is a list',
			{ orderRef: 'A', metadataInputMode: 'json', metadataJson: '["a"]' },
			/^Metadata \(JSON\): .*not a JSON object/,
		],
		[
			'a metadata value that is a number',
			{ orderRef: 'A', metadataInputMode: 'json', metadataJson: '{"a": 1}' },
			/^Metadata \(JSON\) > a: /,
		],
		[
			'a correlation ID with a space',
			{ orderRef: 'A', options: { correlationId: 'run 17' } },
			/^Correlation ID: /,
		],
		['an expression that fails', { orderRef: '={{ $json.a.b.c }}' }, /^Order Reference: /],
	])('%s', async (_, parameters, message) => {
		const run = await imburse.run({ ...CREATE, ...parameters });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toMatch(/^Nothing was sent\. /);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('names every bad item at once, with its number, before the first is sent', async () => {
		const run = await imburse.run(
			{ ...CREATE, orderRef: '={{ $json.ref }}' },
			{ items: [{ ref: 'good' }, { ref: '', row: 2 }, { ref: 'b d' }] },
		);
		expect(run.error?.message).toBe('2 of 3 items cannot be sent');
		expect(run.error?.description).toMatch(/Item 2: Order Reference.*Item 3: Order Reference/);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('sends the good items and hands out the bad ones with Continue On Fail', async () => {
		const run = await imburse.run(
			{ ...CREATE, orderRef: '={{ $json.ref }}' },
			{ items: [{ ref: 'b d' }, { ref: 'good' }], onError: 'continueErrorOutput' },
		);
		expect(run.success.map(({ json }) => json.orderRef)).toEqual(['good']);
		expect(run.failed).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					error: expect.objectContaining({ outcome: 'invalid', attempts: 0 }) as unknown,
				}) as unknown,
				pairedItem: { item: 0 },
			}),
		]);
	});

	it.each([
		[{ privateKey: '' }, /Private Key: it is empty/],
		[{ privateKey: 'not Base64!' }, /Private Key: it is not Base64 text/],
		[{ baseUrl: 'ftp://imburse.example' }, /Base URL: "ftp:\/\/imburse\.example" is not a web/],
		[{ accountId: '' }, /Account ID: it is empty/],
	])('a credential with %j', async (fields, message) => {
		imburse.engine.credentials.change('imburse-credential', fields);
		const run = await imburse.run({ ...CREATE, orderRef: 'CLAIM-17' });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toMatch(/^Nothing was sent\./);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});
});

describe('what Imburse refuses', () => {
	it('is told in plain words with both correlation IDs', async () => {
		const run = await imburse.run(
			{
				...CREATE,
				orderRef: 'CLAIM-17',
				instructions: { instruction: [payment({ schemeId: { value: 'NONE', __rl: true } })] },
			},
			{ onError: 'continueErrorOutput' },
		);
		const [refused] = calls();
		expect(run.success).toEqual([]);
		expect(run.failed[0]?.json.error).toMatchObject({
			message:
				'Imburse refused Payment Order "CLAIM-17" (item 1): the scheme ID is not known to Imburse for this tenant',
			httpStatus: 400,
			errorCodes: ['SCHEME_ID_NOT_RECOGNISED'],
			correlationId: refused?.correlationId,
			clientCorrelationId: refused?.headers['x-correlation-id'],
			outcome: 'rejected',
			attempts: 1,
		});
		expect(calls()).toHaveLength(1);
	});

	it('ends the run without Continue On Fail, and says what was made and what was not sent', async () => {
		await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-2',
			metadata: { entry: [{ key: 'by', value: 'somebody else' }] },
		});
		const run = await imburse.run(
			{
				...CREATE,
				orderRef: '={{ $json.ref }}',
				metadata: { entry: [{ key: 'by', value: 'this run' }] },
				options: { maxConcurrency: 1 },
			},
			{ items: [{ ref: 'CLAIM-1' }, { ref: 'CLAIM-2' }, { ref: 'CLAIM-3' }] },
		);
		expect(run.error?.message).toContain('(item 2) exists already');
		expect(run.error?.description).toContain('Done: Payment Order "CLAIM-1".');
		expect(run.error?.description).toContain('Not sent: Payment Order "CLAIM-3".');
		expect(imburse.sandbox.store.order('CLAIM-3')).toBeUndefined();
	});
});

describe('an answer that proves nothing', () => {
	it.each<[string, number, Record<string, string>, string]>([
		['a login page with 200', 200, { 'content-type': 'text/html' }, '<html>Sign in</html>'],
		['a login page with 201', 201, { 'content-type': 'text/html' }, '<html>Sign in</html>'],
		['an empty 200', 200, {}, ''],
		['a redirect', 302, { location: '/elsewhere' }, ''],
		['a gateway error', 502, { 'content-type': 'text/html' }, '<html>Bad gateway</html>'],
		['a server error', 500, {}, '{"correlationId":"0HL:1"}'],
		['an answer that breaks off', 201, {}, '{"orderRef":'],
	])('%s is called unknown, and the POST is sent once', async (_, status, headers, body) => {
		const stub = await startStub(
			withToken((_request, response) => response.writeHead(status, headers).end(body)),
		);
		imburse.engine.credentials.change('imburse-credential', { baseUrl: stub.url });
		const run = await imburse.run(
			{ ...CREATE, orderRef: 'CLAIM-17' },
			{ onError: 'continueErrorOutput' },
		);
		await stub.stop();
		expect(stub.received.filter((line) => line === 'POST /v1/order-management')).toHaveLength(1);
		expect(stub.received).not.toContain('GET /elsewhere');
		const error = run.failed[0]?.json.error as Record<string, unknown>;
		expect(error.outcome).toBe('unknown');
		expect(error.message).toMatch(/^It is not known whether Payment Order "CLAIM-17"/);
		expect(error.description).toContain('Run it again with the same reference');
	});

	it('a lost connection is called unknown', async () => {
		const stub = await startStub(withToken((request) => request.socket.destroy()));
		imburse.engine.credentials.change('imburse-credential', { baseUrl: stub.url });
		const run = await imburse.run(
			{ ...CREATE, orderRef: 'CLAIM-17' },
			{ onError: 'continueErrorOutput' },
		);
		await stub.stop();
		expect(run.failed[0]?.json.error).toMatchObject({ outcome: 'unknown', httpStatus: null });
	});

	it('a host that refuses is named, and nothing was made', async () => {
		imburse.engine.credentials.change('imburse-credential', { baseUrl: 'http://127.0.0.1:9' });
		const run = await imburse.run({ ...CREATE, orderRef: 'CLAIM-17' });
		expect(run.error?.message).toContain('was not sent');
		expect(run.error?.description).toContain('127.0.0.1:9');
		expect(run.error?.description).toContain('refused the connection');
	});
});
