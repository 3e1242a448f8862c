import { describe, expect, it } from '@jest/globals';
import type { ApiResult } from '../../../../nodes/Imburse/api/client.ts';
import type { ImburseFailure } from '../../../../nodes/Imburse/api/errors/failure.ts';
import {
	networkFailure,
	responseFailure,
	tokenFailure,
	type RequestInfo,
} from '../../../../nodes/Imburse/api/errors/messages.ts';
import { classifyResponse } from '../../../../nodes/Imburse/api/classifyResponse.ts';
import { TokenError } from '../../../../nodes/Imburse/api/errors/tokenError.ts';
import type { HttpResponse } from '../../../../nodes/Imburse/api/http.ts';
import {
	ItemError,
	type ItemClient,
} from '../../../../nodes/Imburse/execution/client/itemClient.ts';
import { idempotentCreate } from '../../../../nodes/Imburse/execution/create/idempotentCreate.ts';
import { answer, errorAnswer } from '../../api/fixtures.mts';
import { EXPECTED } from './fixtures.mts';

const LABEL = 'Payment Order "A" (item 1)';
const CREATE: RequestInfo = {
	label: LABEL,
	endpoint: 'createOrder',
	baseUrl: 'https://sandbox-api.imbursepayments.com',
	environment: 'sandbox',
	correlationId: 'own-id',
};
const READ: RequestInfo = { ...CREATE, endpoint: 'getOrder' };

function failed(failure: ImburseFailure): ApiResult {
	return { ok: false, failure, withOutcome: (outcome) => ({ ...failure, outcome }) };
}

function respond(info: RequestInfo, response: HttpResponse): ApiResult {
	const classified = classifyResponse(info.endpoint, response);
	if (classified.ok) throw new Error('only failures are needed here');
	return failed(responseFailure(info, response.status, classified));
}

const noToken = (status: number) =>
	failed(tokenFailure(CREATE, new TokenError('keys', 'Imburse refused the keys.', 'T:1', status)));
const NOT_FOUND = respond(READ, errorAnswer(404, ['ORDER_NOT_FOUND']));

/** Creates against these results, one after another. @returns the failure that it ended with */
async function create(...results: ApiResult[]): Promise<ImburseFailure> {
	const client = {
		item: { plan: { label: 'Payment Order "A"', request: { endpoint: 'createOrder' } } },
		label: LABEL,
		request: async () => results.shift(),
		delay: async () => {},
		delayHoldingSlot: async () => {},
		isStopped: () => false,
		elapsed: () => 0,
		info: () => CREATE,
	} as unknown as ItemClient;
	const error: unknown = await idempotentCreate(client, EXPECTED).catch(
		(thrown: unknown) => thrown,
	);
	expect(results).toEqual([]);
	if (!(error instanceof ItemError)) throw error;
	return error.failure;
}

describe('a create whose first request got no clear answer', () => {
	const first = respond(CREATE, answer(503));

	it.each([400, 401, 500])(
		'stays unknown when there is no token for the second (token call: %d)',
		async (status) => {
			const failure = await create(first, NOT_FOUND, noToken(status));
			expect(failure).toMatchObject({
				outcome: 'unknown',
				retryable: true,
				abortsRun: true,
				httpStatus: null,
				correlationId: null,
				clientCorrelationId: 'own-id',
			});
			expect(failure.description).toContain('Imburse refused the keys.');
		},
	);

	it('stays unknown when the second is not even let in', async () => {
		const failure = await create(first, NOT_FOUND, respond(CREATE, answer(403)));
		expect(failure).toMatchObject({ outcome: 'unknown', httpStatus: 403 });
	});

	it('was not made when the second breaks a rule of a field', async () => {
		const refused = respond(CREATE, errorAnswer(400, ['AMOUNT_IS_REQUIRED']));
		const failure = await create(first, NOT_FOUND, refused);
		expect(failure).toMatchObject({ outcome: 'rejected', httpStatus: 400 });
	});

	it.each([
		['the gateway', answer(400, { title: 'Bad Request', trace: { requestId: 'R' } })],
		['Imburse offers no such call', errorAnswer(405, ['SERVICE_UNAVAILABLE'])],
	])('stays unknown when %s turns the second away', async (_, response) => {
		const failure = await create(first, NOT_FOUND, respond(CREATE, response));
		expect(failure).toMatchObject({ outcome: 'unknown', httpStatus: response.status });
	});
});

describe('a create under the reference of a cancelled payment', () => {
	it('has failed, and says that a new payment needs another reference', async () => {
		const cancelled = respond(CREATE, errorAnswer(400, ['INSTRUCTION_CANCELLED']));
		const failure = await create(cancelled, NOT_FOUND);
		expect(failure).toMatchObject({
			outcome: 'failed',
			retryable: false,
			errorCodes: ['INSTRUCTION_CANCELLED'],
			message: `Imburse refused ${LABEL}: the instruction with this reference was cancelled; Imburse has no ${LABEL.replace(' (item 1)', '')}`,
		});
		expect(failure.description).toContain('a new payment needs a reference of its own');
	});
});

describe('a create that was never sent', () => {
	it.each([
		['without a token', noToken(400)],
		[
			'without a connection',
			failed(
				networkFailure(CREATE, {
					kind: 'connectionRefused',
					code: 'ECONNREFUSED',
					mayHaveReachedServer: false,
				}),
			),
		],
	])('says so: %s', async (_, result) => {
		expect(await create(result)).toMatchObject({ outcome: 'notSent', abortsRun: true });
	});
});
