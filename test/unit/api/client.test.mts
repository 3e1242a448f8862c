import { describe, expect, it } from '@jest/globals';
import { AxiosError } from 'axios';
import { TokenError } from '../../../nodes/Imburse/api/errors/tokenError.ts';
import { sendRequest } from '../../../nodes/Imburse/api/client.ts';
import type { Connection } from '../../../nodes/Imburse/api/connection.ts';
import { RequestNotSentError, type HttpResponse } from '../../../nodes/Imburse/api/http.ts';
import { answer, credential, errorAnswer, SANDBOX_URL, wire } from './fixtures.mts';

const OPTIONS = { label: 'Payment Order "A"', correlationId: 'own-id' };
const READ = { endpoint: 'getOrder', identifiers: { orderRef: 'A' } } as const;
const CREATE = {
	endpoint: 'createOrder',
	body: { contentType: 'application/json', text: '{"orderRef":"A"}' },
} as const;

function connect(reply: HttpResponse | Error) {
	const { send, sent } = wire(reply);
	const connection: Connection = {
		credential: credential({ apiVersion: 'v2' }),
		baseUrl: SANDBOX_URL,
		send,
	};
	return { connection, sent };
}

async function failureOf(reply: HttpResponse | Error, request: typeof READ | typeof CREATE) {
	const result = await sendRequest(connect(reply).connection, request, OPTIONS);
	if (result.ok) throw new Error('it succeeded');
	return result;
}

describe('a request', () => {
	it("goes to the credential's environment and version, with the caller's ID", async () => {
		const { connection, sent } = connect(answer(201));
		await sendRequest(connection, CREATE, { ...OPTIONS, tenantId: 'T-2', timeout: 1500 });
		expect(sent).toEqual([
			{
				method: 'POST',
				url: `${SANDBOX_URL}/v2/order-management`,
				headers: {
					'x-correlation-id': 'own-id',
					'x-tenant-id': 'T-2',
					'Content-Type': 'application/json',
				},
				body: '{"orderRef":"A"}',
				timeout: 1500,
			},
		]);
	});

	it('overrides no tenant and no timeout where the caller gives none', async () => {
		const { connection, sent } = connect(answer(200, { orderRef: 'A' }));
		await sendRequest(connection, READ, OPTIONS);
		expect(sent).toEqual([
			{
				method: 'GET',
				url: `${SANDBOX_URL}/v2/order-management/A`,
				headers: { 'x-correlation-id': 'own-id' },
			},
		]);
	});
});

describe('a success', () => {
	it('has the body, the headers and both IDs', async () => {
		const headers = { 'x-correlation-id': '0HL:1', location: '/here' };
		const { connection } = connect(answer(200, { orderRef: 'A' }, headers));
		expect(await sendRequest(connection, READ, OPTIONS)).toEqual({
			ok: true,
			response: {
				status: 200,
				value: { orderRef: 'A' },
				headers,
				correlationId: '0HL:1',
				clientCorrelationId: 'own-id',
			},
		});
	});
});

describe('a failure', () => {
	it('is worded with the label as it was given, and nothing made up', async () => {
		const { failure } = await failureOf(errorAnswer(400, ['AMOUNT_IS_REQUIRED']), CREATE);
		expect(failure).toMatchObject({
			message: 'Imburse refused Payment Order "A": the amount is missing',
			reason: 'Imburse answered 400, the amount is missing',
			httpStatus: 400,
			errorCodes: ['AMOUNT_IS_REQUIRED'],
			clientCorrelationId: 'own-id',
			outcome: 'rejected',
			responseClass: 'notProcessed',
			abortsRun: false,
		});
		expect(JSON.stringify(failure)).not.toMatch(/item|attempts/);
	});

	it('can be worded for another outcome', async () => {
		const { failure, withOutcome } = await failureOf(errorAnswer(400, ['NEW_CODE']), CREATE);
		expect(failure.message).toMatch(/^It is not known whether Payment Order "A" was made: /);
		expect(withOutcome('rejected')).toMatchObject({
			outcome: 'rejected',
			message: 'Imburse refused Payment Order "A": Imburse says NEW_CODE',
			description: expect.stringMatching(/^Correct the value in your data/) as unknown,
		});
	});

	it('keeps its words where there was no response to word anew', async () => {
		const lost = new AxiosError('socket hang up', 'ECONNRESET');
		const { failure, withOutcome } = await failureOf(lost, CREATE);
		expect(withOutcome('rejected')).toEqual({ ...failure, outcome: 'rejected' });
	});

	it.each([
		[answer(401), true],
		[answer(429), true],
		[answer(403), false],
		[answer(500), false],
		[new AxiosError('', 'ECONNREFUSED'), true],
		[new AxiosError('', 'ECONNRESET'), false],
		[new TokenError('keys', 'Imburse refused the keys.'), true],
		[new RequestNotSentError('the run was stopped', 'Run it again.'), true],
	])('of %p says whether every further request would fail, too: %p', async (reply, expected) => {
		const { failure } = await failureOf(reply, CREATE);
		expect(failure.abortsRun).toBe(expected);
	});

	it('of a request that was held back says that nothing was sent', async () => {
		const error = new RequestNotSentError('the run was stopped', 'Run it again.');
		for (const request of [READ, CREATE]) {
			const { failure } = await failureOf(error, request);
			expect(failure).toMatchObject({
				outcome: 'notSent',
				responseClass: 'notProcessed',
				message: 'Payment Order "A": the run was stopped',
				reason: 'the run was stopped',
			});
			expect(failure.description).toMatch(/^Run it again\. For Imburse's support, quote/);
		}
	});

	it('of the token is found inside what n8n wraps it in', async () => {
		const token = new TokenError('clock', 'The clock is wrong.', '0HL:2', 401);
		const { failure } = await failureOf(new Error('wrapped', { cause: token }), CREATE);
		expect(failure).toMatchObject({
			outcome: 'notSent',
			httpStatus: 401,
			correlationId: '0HL:2',
			clientCorrelationId: null,
			description: 'The clock is wrong.',
			retryable: false,
		});
	});
});
