import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import {
	callsOf,
	failuresOf,
	itNamesTheRole,
	itRefuses,
	itSaysThatThereIsNone,
	itUsesTheTenantOfEachItem,
	linesOf,
	paired,
	useCredential,
} from '../support/operations.mts';
import { jsonAnswer, startRelay, type Steer } from '../support/relay.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const SUBJECT = 'instruction "INSTRUCTION-1" of Payment Order "CLAIM-17"';
const READ_LINE = 'GET /v1/order-management/CLAIM-17/instruction/INSTRUCTION-1';
const CANCEL_LINE = 'POST /v1/order-management/CLAIM-17/instruction/INSTRUCTION-1/cancel';

let imburse: ImburseOnEngine;
/** The calls that were made before the node. */
let before: number;
const under = () => imburse;

beforeEach(async () => {
	imburse = await startImburse();
	const client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [
			instruction(imburse.sandbox),
			instruction(imburse.sandbox, { instructionRef: 'INSTRUCTION-2' }),
		],
	});
	before = callsOf(imburse).length;
});
afterEach(() => imburse.stop());

function cancel(changed: INodeParameters = {}): INodeParameters {
	return {
		resource: 'instruction',
		operation: 'cancel',
		orderRef: 'CLAIM-17',
		instructionRef: 'INSTRUCTION-1',
		reason: 'Claim withdrawn',
		...changed,
	};
}

const lines = () => linesOf(callsOf(imburse, before));
const cancellations = (made = lines()) => made.filter((line) => line.startsWith('POST'));
const stored = (instructionRef = 'INSTRUCTION-1') =>
	imburse.sandbox.store.instruction('CLAIM-17', instructionRef);

/** Cancels with a relay in between, which steers everything but the token call. */
async function cancelThrough(steer: Steer, settings = {}) {
	const relay = await startRelay(imburse.sandbox, (line, pass) =>
		line.includes('/identity/') ? pass() : steer(line, pass),
	);
	useCredential(imburse, { baseUrl: relay.url });
	const run = await imburse.run(cancel(), { onError: 'continueErrorOutput', ...settings });
	await relay.stop();
	return { run, received: relay.received.filter((line) => !line.includes('/identity/')) };
}

describe('a cancellation', () => {
	it.each(['v1', 'v2'])(
		'reads first, and cancels on v1 with a credential for %s',
		async (version) => {
			useCredential(imburse, { apiVersion: version });
			const run = await imburse.run(cancel());
			expect(run.error).toBeUndefined();
			expect(run.success).toEqual([
				{
					json: {
						orderRef: 'CLAIM-17',
						instructionRef: 'INSTRUCTION-1',
						result: 'cancelled',
						environment: 'custom',
						status: 'VOID',
						...(version === 'v2' && {
							cancelled: expect.objectContaining({ reason: 'Claim withdrawn' }) as unknown,
						}),
					},
					pairedItem: { item: 0 },
				},
			]);
			const read = READ_LINE.replace('v1', version);
			expect(lines()).toEqual([read, CANCEL_LINE, read]);
			expect(callsOf(imburse, before)[1]?.body).toBe('{"reason":"Claim withdrawn"}');
			expect(stored()).toMatchObject({
				status: 'VOID',
				cancellation: { reason: 'Claim withdrawn' },
			});
		},
	);

	it('cancels each item once, in their order, also where one comes twice', async () => {
		const run = await imburse.run(cancel({ instructionRef: '={{ $json.ref }}' }), {
			items: [{ ref: 'INSTRUCTION-1' }, { ref: 'INSTRUCTION-2' }, { ref: 'INSTRUCTION-1' }],
		});
		expect(paired(run, 'result')).toEqual([
			['cancelled', 0],
			['cancelled', 1],
			['alreadyCancelled', 2],
		]);
		expect(cancellations()).toHaveLength(2);
	});

	it('is waited for until the instruction says so', async () => {
		Object.assign(imburse.sandbox.options, { cancelAfterReads: 3, cancelledStatus: 'CANCELLED' });
		const run = await imburse.run(cancel());
		expect(run.success[0]?.json).toMatchObject({ result: 'cancelled', status: 'CANCELLED' });
		expect(cancellations()).toEqual([CANCEL_LINE]);
		expect(lines().length).toBeGreaterThan(4);
	});

	it('is unknown as long as the instruction does not say so, and sent once', async () => {
		imburse.sandbox.options.cancelAfterReads = 1_000;
		const run = await imburse.run(cancel({ options: { cancelledWithin: 2 } }), {
			onError: 'continueErrorOutput',
		});
		const [failure] = failuresOf(run);
		expect(failure).toMatchObject({
			outcome: 'unknown',
			retryable: true,
			message: `It is not known whether the ${SUBJECT} was cancelled: Imburse took the cancellation, and its status is READY`,
			description: expect.stringMatching(
				/^Run it again with the same reference: .* Do not count on the cancellation before/,
			) as unknown,
		});
		expect(cancellations()).toEqual([CANCEL_LINE]);
	});

	it('is unknown at once when the payment has gone through meanwhile', async () => {
		const { run, received } = await cancelThrough(async (line, pass) => {
			const real = await pass();
			if (!line.startsWith('POST')) return real;
			imburse.sandbox.setInstructionStatus('CLAIM-17', 'INSTRUCTION-1', 'SETTLED');
			return real;
		});
		expect(failuresOf(run)[0]).toMatchObject({
			outcome: 'unknown',
			message: expect.stringMatching(/and its status is SETTLED$/) as unknown,
		});
		expect(received).toHaveLength(3);
	});

	it('shows what it would send, and sends nothing, with Validate Only', async () => {
		const run = await imburse.run(cancel({ options: { validateOnly: true } }));
		expect(run.success[0]?.json).toEqual({
			validateOnly: true,
			request: {
				method: 'POST',
				path: CANCEL_LINE.replace('POST ', ''),
				body: '{"reason":"Claim withdrawn"}',
			},
		});
		expect(lines()).toEqual([]);
	});

	it('says to whom it went and what Imburse answered, when it is asked to', async () => {
		const run = await imburse.run(cancel({ options: { includeResponse: true } }));
		expect(run.success[0]?.json.response).toMatchObject({ status: 202, attempts: 1 });
	});

	itRefuses(under, cancel, [
		[
			'no reference',
			{ instructionRef: '={{ $json.nothing }}' },
			/^Instruction Reference: there is no value/,
		],
		['a reason that is missing', { reason: '={{ $json.nothing }}' }, /^Reason: there is no value/],
		['a reason that stands for nothing', { reason: 'undefined' }, /^Reason: .*missing value/],
		[
			'no time',
			{ options: { cancelledWithin: 0 } },
			/^Options > Cancelled Within \(Seconds\): 0 is not/,
		],
	]);
	itNamesTheRole(under, cancel, 'tenant-transaction-read');
	itSaysThatThereIsNone(
		under,
		() => cancel({ instructionRef: 'INSTRUCTION-9' }),
		SUBJECT.replace('INSTRUCTION-1', 'INSTRUCTION-9'),
	);
	itUsesTheTenantOfEachItem(under, cancel);
});

describe('what Imburse says to it', () => {
	const answers = (status: number, ...codes: string[]): Steer => {
		const errors = codes.map((errorCode) => ({ errorCode, message: `${errorCode} in words` }));
		return async (line, pass) =>
			line.startsWith('POST')
				? jsonAnswer(status, { correlationId: '0HL:7', errors })
				: await pass();
	};

	it.each<[string, number, string[], RegExp]>([
		['a rule of the reason', 400, ['REASON_LENGTH_OUT_OF_RANGE'], /the reason is too long/],
		['an objection', 400, ['INSTRUCTION_CANNOT_BE_CANCELLED'], /CANNOT_BE_CANCELLED in words/],
		['that it is not there', 404, ['INSTRUCTION_NOT_FOUND'], /there is no instruction/],
		['a missing role', 403, ['ROLE_NOT_PERMITTED'], /this key may not do that/],
		['no licence', 405, ['SERVICE_UNAVAILABLE'], /no licence for this feature/],
		['that the call is gone', 410, ['GONE'], /taken out of service/],
	])('is a refusal, in its words: %s', async (_, status, codes, words) => {
		const { run, received } = await cancelThrough(answers(status, ...codes));
		const [failure] = failuresOf(run);
		expect(failure).toMatchObject({
			outcome: 'rejected',
			httpStatus: status,
			errorCodes: codes,
			message: expect.stringMatching(words) as unknown,
		});
		expect(cancellations(received)).toEqual([CANCEL_LINE]);
		expect(stored()?.status).toBe('READY');
	});

	it('is that it was cancelled already, where somebody else did it meanwhile', async () => {
		const { run, received } = await cancelThrough(async (line, pass) => {
			if (!line.startsWith('POST')) return await pass();
			await pass();
			return await answers(400, 'INSTRUCTION_IS_CLOSED')(line, pass);
		});
		expect(run.success[0]?.json).toMatchObject({ result: 'alreadyCancelled', status: 'VOID' });
		expect(cancellations(received)).toEqual([CANCEL_LINE]);
	});

	it('is believed of INSTRUCTION_CANCELLED only once the instruction says so', async () => {
		const { run } = await cancelThrough(answers(400, 'INSTRUCTION_CANCELLED'));
		expect(failuresOf(run)[0]).toMatchObject({ outcome: 'unknown' });
		const { run: other } = await cancelThrough(async (line, pass) => {
			if (!line.startsWith('POST')) return await pass();
			await pass();
			return await answers(400, 'INSTRUCTION_CANCELLED')(line, pass);
		});
		expect(other.success[0]?.json).toMatchObject({ result: 'cancelled', status: 'VOID' });
	});

	it.each([200, 201, 202, 204])(
		'is a success with %d, once the instruction says so',
		async (status) => {
			const { run } = await cancelThrough(async (line, pass) => {
				const real = await pass();
				return line.startsWith('POST') ? { status, headers: {}, text: '' } : real;
			});
			expect(run.success[0]?.json).toMatchObject({ result: 'cancelled', status: 'VOID' });
		},
	);
});

describe('an instruction that is not shown', () => {
	it.each<[string, unknown]>([
		['nothing of it', { message: 'Back in a minute.' }],
		['no status', { instructionRef: 'INSTRUCTION-1', amount: 210 }],
		['another one', { instructionRef: 'INSTRUCTION-2', status: 'READY' }],
	])('is not cancelled: %s', async (_, body) => {
		const { run, received } = await cancelThrough(async (line, pass) =>
			line.startsWith('GET') ? jsonAnswer(200, body) : await pass(),
		);
		expect(cancellations(received)).toEqual([]);
		expect(failuresOf(run)[0]).toMatchObject({
			outcome: 'unavailable',
			message: `Imburse's answer does not show the ${SUBJECT}`,
			description: expect.stringMatching(/^Nothing was cancelled\./) as unknown,
		});
	});

	it('afterwards, is not known to be cancelled', async () => {
		let reads = 0;
		const { run } = await cancelThrough(async (line, pass) => {
			const real = await pass();
			if (line.startsWith('POST') || reads++ === 0) return real;
			return jsonAnswer(200, { instructionRef: 'INSTRUCTION-2', status: 'VOID' });
		});
		expect(failuresOf(run)[0]).toMatchObject({ outcome: 'unknown' });
	});
});

describe('with Retry On Fail', () => {
	const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

	it('a cancellation whose answer was lost is found by the second try, and not sent again', async () => {
		const { run, received } = await cancelThrough(async (line, pass) => {
			const real = await pass();
			return line.startsWith('POST') ? 'lost' : real;
		}, RETRY);
		expect(run.success[0]?.json).toMatchObject({ status: 'VOID' });
		expect(cancellations(received)).toEqual([CANCEL_LINE]);
	});

	it('a cancellation of which nothing came is sent again only by the next try', async () => {
		let sent = 0;
		const { run, received } = await cancelThrough(async (line, pass) => {
			if (line.startsWith('POST') && sent++ === 0) return 'lost';
			return await pass();
		}, RETRY);
		expect(run.executions).toBe(2);
		expect(run.success[0]?.json).toMatchObject({ result: 'cancelled' });
		expect(cancellations(received)).toHaveLength(2);
	});
});

describe('the limits', () => {
	it('hold for the number of cancellations, and no total is asked for', async () => {
		const run = await imburse.run(
			cancel({ instructionRef: '={{ $json.ref }}', options: { maxPayments: 1 } }),
			{
				items: [{ ref: 'INSTRUCTION-1' }, { ref: 'INSTRUCTION-2' }],
				onError: 'continueErrorOutput',
			},
		);
		expect(run.success).toHaveLength(1);
		expect(failuresOf(run)[0]).toMatchObject({
			outcome: 'invalid',
			message: expect.stringContaining('this would be payment 2, and 1 are allowed') as unknown,
		});
		expect(cancellations()).toEqual([CANCEL_LINE]);
	});

	it('sends nothing to production by hand, where that is refused', async () => {
		useCredential(imburse, { environment: 'production' });
		const run = await imburse.run(cancel({ options: { refuseManualProduction: true } }));
		expect(run.error?.message).toMatch(/^Refuse Production in Manual Runs: this is a manual run/);
		expect(lines()).toEqual([]);
	});
});
