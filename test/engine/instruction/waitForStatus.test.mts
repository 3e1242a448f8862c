import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';
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

let imburse: ImburseOnEngine;
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
});
afterEach(() => imburse.stop());

function wait(changed: INodeParameters = {}): INodeParameters {
	return {
		resource: 'instruction',
		operation: 'waitForStatus',
		orderRef: 'CLAIM-17',
		instructionRef: 'INSTRUCTION-1',
		...changed,
	};
}
const become = (status: string, instructionRef = 'INSTRUCTION-1') =>
	imburse.sandbox.setInstructionStatus('CLAIM-17', instructionRef, status);

/** Runs with a relay in between that steers each read by its number, beginning with 1. */
async function runThrough(
	steer: (read: number, pass: Parameters<Steer>[1]) => ReturnType<Steer>,
	parameters = wait(),
) {
	let reads = 0;
	const relay = await startRelay(imburse.sandbox, (line, pass) =>
		line.startsWith('GET') ? steer(++reads, pass) : pass(),
	);
	useCredential(imburse, { baseUrl: relay.url });
	const run = await imburse.run(parameters, { onError: 'continueErrorOutput' });
	await relay.stop();
	return { run, reads };
}

describe('a status that is wanted', () => {
	it.each([
		['v1', 'SETTLED'],
		['v2', 'COMPLETED'],
	])('is passed on at once on %s', async (apiVersion, status) => {
		become(status);
		useCredential(imburse, { apiVersion });
		const before = callsOf(imburse).length;
		const run = await imburse.run(wait());
		expect(run.success).toEqual([
			{
				json: expect.objectContaining({
					orderRef: 'CLAIM-17',
					instructionRef: 'INSTRUCTION-1',
					status,
					amount: 210,
				}) as unknown,
				pairedItem: { item: 0 },
			},
		]);
		expect(run.success[0]?.json).not.toHaveProperty('scheme');
		expect(linesOf(callsOf(imburse, before))).toEqual([
			`GET /${apiVersion}/order-management/CLAIM-17/instruction/INSTRUCTION-1`,
		]);
	});

	it('can be any, in capital or small letters', async () => {
		become('Authorised');
		const run = await imburse.run(wait({ reachedStatuses: ' paid ,authorised,' }));
		expect(run.success[0]?.json).toMatchObject({ status: 'Authorised' });
	});

	it('is given with all of the answer when it is not to be simplified', async () => {
		become('SETTLED');
		const run = await imburse.run(wait({ simplify: false }));
		expect(run.success[0]?.json).toHaveProperty('scheme');
	});

	it('is waited for', async () => {
		const { run, reads } = await runThrough(async (read, pass) => {
			const answer = await pass();
			if (read === 1) become('SETTLED');
			return answer;
		});
		expect(run.success[0]?.json).toMatchObject({ status: 'SETTLED' });
		expect(reads).toBe(2);
	});

	it('is waited for while reads get no answer', async () => {
		become('SETTLED');
		const { run, reads } = await runThrough(async (read, pass) => {
			if (read === 1) return jsonAnswer(503, { correlationId: '0HL:7' });
			return read === 2 ? 'lost' : await pass();
		});
		expect(run.success[0]?.json).toMatchObject({ status: 'SETTLED' });
		expect(reads).toBe(3);
	});

	it('is waited for by several items at once, each with its own end', async () => {
		become('SETTLED', 'INSTRUCTION-2');
		let reads = 0;
		const relay = await startRelay(imburse.sandbox, async (line, pass) => {
			const answer = await pass();
			if (line.endsWith('INSTRUCTION-1') && ++reads === 3) become('SETTLED');
			return answer;
		});
		useCredential(imburse, { baseUrl: relay.url });
		const run = await imburse.run(wait({ instructionRef: '={{ $json.ref }}' }), {
			items: [1, 1, 1, 2].map((number) => ({ ref: `INSTRUCTION-${number}` })),
		});
		await relay.stop();
		expect(paired(run, 'status')).toEqual([0, 1, 2, 3].map((item) => ['SETTLED', item]));
		const asked = relay.received.map((line) => line.split('/').at(-1));
		expect(asked.indexOf('INSTRUCTION-2')).toBeLessThan(asked.lastIndexOf('INSTRUCTION-1'));
	});
});

describe('a status that is not wanted', () => {
	it('sends the item to the error output, with the reason', async () => {
		const failure = { errorCode: 'INSUFFICIENT_FUNDS', reason: 'No money' };
		imburse.sandbox.setInstructionStatus('CLAIM-17', 'INSTRUCTION-1', 'FAILED', failure);
		useCredential(imburse, { apiVersion: 'v2' });
		const run = await imburse.run(wait(), { onError: 'continueErrorOutput' });
		expect(run.success).toEqual([]);
		expect(failuresOf(run)).toEqual([
			expect.objectContaining({
				message: `The ${SUBJECT} ended with the status FAILED (No money, INSUFFICIENT_FUNDS)`,
				description: expect.stringContaining('before you pay in another way') as unknown,
				outcome: 'failed',
				retryable: false,
			}),
		]);
	});

	it.each(['FAILED', 'VOID', 'CANCELLED'])('is %s, when nothing else is said', async (status) => {
		become(status);
		const run = await imburse.run(wait(), { onError: 'continueErrorOutput' });
		expect(failuresOf(run)[0]).toMatchObject({ outcome: 'failed' });
	});

	it('can be any, and is not called the end of the payment', async () => {
		become('LATE');
		const run = await imburse.run(wait({ failedStatuses: 'late' }), {
			onError: 'continueErrorOutput',
		});
		expect(failuresOf(run)[0]).toMatchObject({
			message: `The ${SUBJECT} has the status LATE`,
			description: expect.not.stringContaining('did not go through') as unknown,
			outcome: 'failed',
		});
	});

	it('ends a run that does not go on with failures', async () => {
		become('FAILED');
		const run = await imburse.run(wait());
		expect(run.status).toBe('error');
		expect(run.error?.message).toContain('ended with the status FAILED');
	});
});

describe('the wait ends', () => {
	it('with the time limit, and says what was seen last', async () => {
		const before = callsOf(imburse).length;
		const run = await imburse.run(wait({ timeLimit: 0 }), { onError: 'continueErrorOutput' });
		expect(failuresOf(run)).toEqual([
			expect.objectContaining({
				message: `The ${SUBJECT} was still running when the time limit ended: its status is READY`,
				description: expect.stringContaining('Run it again to go on waiting') as unknown,
				outcome: 'timeout',
				retryable: true,
			}),
		]);
		expect(callsOf(imburse, before)).toHaveLength(1);
	});

	it('with the time limit, also while nothing can be read', async () => {
		const { run } = await runThrough(async () => jsonAnswer(503, {}), wait({ timeLimit: 0 }));
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining('Imburse answered 503') as unknown,
			outcome: 'timeout',
		});
	});

	it('when Imburse refuses, and a later answer does not pass for the status that is wanted', async () => {
		const { run, reads } = await runThrough(async (read, pass) =>
			read === 2
				? jsonAnswer(404, { correlationId: '0HL:7', errors: [{ errorCode: 'ORDER_NOT_FOUND' }] })
				: await pass(),
		);
		expect(run.success).toEqual([]);
		expect(failuresOf(run)[0]).toMatchObject({
			message: `Imburse has no ${SUBJECT} (item 1)`,
			httpStatus: 404,
			correlationId: '0HL:7',
			outcome: 'rejected',
		});
		expect(reads).toBe(2);
	});

	it('when the key no longer works', async () => {
		const { run } = await runThrough(async (_read, pass) => {
			const answer = await pass();
			imburse.sandbox.options.privateKey = Buffer.alloc(32, 7).toString('base64');
			imburse.sandbox.expireTokens();
			return answer;
		});
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining('no access token could be fetched') as unknown,
			retryable: false,
		});
	});

	it('when the run is stopped, and is not read again', async () => {
		const before = callsOf(imburse).length;
		const running = imburse.engine.start({
			node: { type: NODE_TYPE, credentials: { imburseApi: CREDENTIAL_ID }, parameters: wait() },
		});
		while (callsOf(imburse, before).every(({ status }) => status === null)) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		running.stop();
		await running.result;
		await new Promise((resolve) => setTimeout(resolve, 1200));
		expect(callsOf(imburse, before)).toHaveLength(1);
	});
});

itRefuses(under, wait, [
	['no order', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
	['no instruction', { instructionRef: '={{ $json.no }}' }, /^Instruction Reference: there is no/],
	['a way out of the path', { instructionRef: '../x' }, /^Instruction Reference: .*"\/"/],
	['no status to reach', { reachedStatuses: ' , ' }, /^Reached When: there is no status/],
	[
		'no status to fail',
		{ failedStatuses: "={{ $json.no ?? '' }}" },
		/^Failed When: there is no status/,
	],
	['a status that is no text', { reachedStatuses: '={{ $json }}' }, /^Reached When: an object/],
	[
		'a status that is both',
		{ reachedStatuses: 'SETTLED, void' },
		/^Failed When: "VOID" stands in Reached When, too/,
	],
	['a time limit below zero', { timeLimit: -1 }, /^Time Limit \(Minutes\): -1 is not a number of/],
	[
		'no time limit',
		{ timeLimit: '={{ $json.no ?? null }}' },
		/^Time Limit \(Minutes\): nothing is not/,
	],
	['more than a week', { timeLimit: 10081 }, /^Time Limit \(Minutes\): 10081 .* from 0 to 10080/],
]);

it('does not propose to call a settled payment failed', async () => {
	const run = await imburse.run(wait({ failedStatuses: '' }));
	expect(run.error?.description).not.toContain('SETTLED');
});

itSaysThatThereIsNone(
	under,
	() => wait({ instructionRef: 'NO' }),
	'instruction "NO" of Payment Order "CLAIM-17"',
);
itNamesTheRole(under, wait, 'tenant-transaction-read');
itUsesTheTenantOfEachItem(under, () => wait({ reachedStatuses: 'READY' }));
