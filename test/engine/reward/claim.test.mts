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
import { jsonAnswer, startRelay, type Relayed, type Steer } from '../support/relay.mts';
import { startStub } from '../support/wires.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const SUBJECT = 'instruction "INSTRUCTION-1" of Payment Order "CLAIM-17"';
const CLAIM_LINE = 'POST /v1/order-management/CLAIM-17/instruction/INSTRUCTION-1/claim-reward';

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse({ sandbox: { rewardSettlingReads: 0 } });
	const client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [
			instruction(imburse.sandbox, { amount: '10.00' }),
			instruction(imburse.sandbox, { amount: '10.00', instructionRef: 'INSTRUCTION-2' }),
		],
	});
});
afterEach(() => imburse.stop());

function claim(changed: INodeParameters = {}): INodeParameters {
	return {
		resource: 'reward',
		operation: 'claim',
		orderRef: 'CLAIM-17',
		instructionRef: 'INSTRUCTION-1',
		rewardId: 'REWARD-COFFEE-10',
		...changed,
	};
}
const transaction = () =>
	imburse.sandbox.store.instruction('CLAIM-17', 'INSTRUCTION-1')?.transaction;
const codes = () => `FAKE-CODE-${transaction()?.transactionId}`;
const claims = (lines: string[]) => lines.filter((line) => line.startsWith('POST'));

/** Claims with a relay in between, which steers everything but the token call. */
async function claimThrough(steer: Steer, settings = {}) {
	const relay = await startRelay(imburse.sandbox, (line, pass) =>
		line.includes('/identity/') ? pass() : steer(line, pass),
	);
	useCredential(imburse, { baseUrl: relay.url });
	const run = await imburse.run(claim(), { onError: 'continueErrorOutput', ...settings });
	await relay.stop();
	return { run, received: relay.received.filter((line) => !line.includes('/identity/')) };
}

describe('a claim', () => {
	it.each(['v1', 'v2'])(
		'reads first, and claims on v1 with a credential for %s',
		async (version) => {
			useCredential(imburse, { apiVersion: version });
			const before = callsOf(imburse).length;
			const run = await imburse.run(claim());
			expect(run.error).toBeUndefined();
			expect(run.success).toEqual([
				{
					json: {
						orderRef: 'CLAIM-17',
						instructionRef: 'INSTRUCTION-1',
						rewardId: 'REWARD-COFFEE-10',
						result: 'claimed',
						environment: 'custom',
						status: 'SETTLED',
					},
					pairedItem: { item: 0 },
				},
			]);
			const { transactionId, financialInstrumentId } = transaction() ?? {};
			expect(linesOf(callsOf(imburse, before))).toEqual([
				`GET /${version}/order-management/CLAIM-17/instruction/INSTRUCTION-1`,
				CLAIM_LINE,
				`GET /v1/customer-vault/CUSTOMER-1/reward/${financialInstrumentId}/transaction/${transactionId}`,
			]);
			expect(callsOf(imburse, before)[1]?.body).toBe('{"rewardId":"REWARD-COFFEE-10"}');
		},
	);

	it('is waited for until it has settled', async () => {
		imburse.sandbox.options.rewardSettlingReads = 1;
		const run = await imburse.run(claim());
		expect(run.success[0]?.json).toMatchObject({ status: 'SETTLED' });
		expect(claims(linesOf(callsOf(imburse, 1)))).toEqual([CLAIM_LINE]);
	});

	it('is sent by one of two runs at once', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'delay', at: 'beforeWrite', ms: 2_000, route: 'claimReward' },
		]);
		const runs = await Promise.all(
			[1, 2].map(async () => await imburse.run(claim(), { onError: 'continueErrorOutput' })),
		);
		expect(claims(linesOf(callsOf(imburse, 1)))).toEqual([CLAIM_LINE]);
		expect(runs.flatMap(failuresOf)).toEqual([
			expect.objectContaining({
				outcome: 'conflict',
				message: expect.stringContaining('is being claimed') as unknown,
			}),
		]);
	});

	it('is sent again after one that was refused', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', status: 403, route: 'claimReward', calls: { next: 1 } },
		]);
		const refused = await imburse.run(claim(), { onError: 'continueErrorOutput' });
		expect(failuresOf(refused)).toEqual([expect.objectContaining({ outcome: 'rejected' })]);
		const again = await imburse.run(claim());
		expect(again.success).toHaveLength(1);
	});

	it('can be written form-encoded', async () => {
		useCredential(imburse, { bodyFormat: 'form' });
		const run = await imburse.run(claim());
		expect(run.success).toHaveLength(1);
		const posted = callsOf(imburse).at(-2);
		expect([posted?.headers['content-type'], posted?.body]).toEqual([
			'application/x-www-form-urlencoded',
			'rewardId=REWARD-COFFEE-10',
		]);
	});

	it('is made for each item, in their order', async () => {
		const run = await imburse.run(claim({ instructionRef: '={{ $json.ref }}' }), {
			items: [{ ref: 'INSTRUCTION-2' }, { ref: 'INSTRUCTION-1' }],
		});
		expect(paired(run, 'instructionRef')).toEqual([
			['INSTRUCTION-2', 0],
			['INSTRUCTION-1', 1],
		]);
	});

	it('of one instruction by two items is made once', async () => {
		const run = await imburse.run(claim(), { items: [{}, {}], onError: 'continueErrorOutput' });
		expect([run.success.length, failuresOf(run)[0]?.outcome]).toEqual([1, 'conflict']);
		expect(claims(linesOf(callsOf(imburse, 1)))).toEqual([CLAIM_LINE]);
	});
});

describe('the codes of a reward', () => {
	it.each(['v1', 'v2'])('are in nothing that n8n keeps or logs (%s)', async (apiVersion) => {
		useCredential(imburse, { apiVersion });
		const run = await imburse.run(claim({ options: { includeResponse: true } }));
		expect(run.success).toHaveLength(1);
		expect(run.record + JSON.stringify(run.data) + run.log.join('\n')).not.toContain('FAKE-CODE');
	});

	it('are put out when they are asked for', async () => {
		const run = await imburse.run(claim({ options: { includeCodes: true } }));
		expect(run.success[0]?.json.credentialList).toEqual([
			expect.objectContaining({ label: 'Gift card code', value: codes() }),
		]);
	});

	it('are in no error either', async () => {
		const { run } = await claimThrough(async (line, pass) => {
			const answer = await pass();
			if (!line.includes('/transaction/')) return answer;
			return { ...answer, text: answer.text.replace('SETTLED', 'FAILED') };
		});
		expect(failuresOf(run)[0]).toMatchObject({
			outcome: 'failed',
			retryable: false,
			description: expect.stringContaining('before you claim again') as unknown,
		});
		expect(run.record + JSON.stringify(run.data) + run.log.join('\n')).not.toContain('FAKE-CODE');
	});
});

describe('what has begun already', () => {
	it.each([
		'PROCESSING',
		'SETTLED',
		'COMPLETED',
		'FAILED',
		'VOID',
		'CANCELLED',
		'LATE',
		'A_STATUS_OF_TOMORROW',
	])('is not claimed for: %s', async (status) => {
		const { run, received } = await claimThrough(async (line, pass) => {
			if (line.startsWith('GET')) return jsonAnswer(200, { status });
			return await pass();
		});
		expect(failuresOf(run)[0]).toMatchObject({
			message: `No reward can be claimed for ${SUBJECT}: its status is ${status}`,
			description: expect.stringMatching(/^Nothing was sent\./) as unknown,
			outcome: 'conflict',
			retryable: false,
		});
		expect(claims(received)).toEqual([]);
	});

	it('is seen by an end that the status does not tell of', async () => {
		const { run, received } = await claimThrough(async (line, pass) =>
			line.startsWith('GET')
				? jsonAnswer(200, { status: 'READY', cancelled: { reason: 'Withdrawn' } })
				: await pass(),
		);
		expect(claims(received)).toEqual([]);
		expect(failuresOf(run)[0]).toMatchObject({ outcome: 'conflict' });
	});

	it('is seen by its transaction, whatever its status', async () => {
		imburse.sandbox.setInstructionStatus('CLAIM-17', 'INSTRUCTION-1', 'PROCESSING');
		imburse.sandbox.setInstructionStatus('CLAIM-17', 'INSTRUCTION-1', 'READY');
		useCredential(imburse, { apiVersion: 'v2' });
		const run = await imburse.run(claim(), { onError: 'continueErrorOutput' });
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining(`There is a transaction already for ${SUBJECT}`) as unknown,
			outcome: 'conflict',
		});
		expect(claims(linesOf(callsOf(imburse, 1)))).toEqual([]);
	});
});

it.each([{ message: 'Back in a minute.' }, { instructionRef: 'INSTRUCTION-2', status: 'READY' }])(
	'is not made for an instruction that the answer does not show: %j',
	async (shown) => {
		const { run, received } = await claimThrough(async (line, pass) =>
			line.startsWith('GET') ? jsonAnswer(200, shown) : await pass(),
		);
		expect(claims(received)).toEqual([]);
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining(`answer does not show ${SUBJECT}`) as unknown,
			description: expect.stringMatching(/^Nothing was sent\./) as unknown,
			outcome: 'unavailable',
		});
	},
);

describe('a claim that any 2xx answers', () => {
	it.each([200, 201, 202, 203, 204])('is made with %d and a place to look at', async (status) => {
		const { run } = await claimThrough(async (line, pass) => {
			const real = await pass();
			if (!line.startsWith('POST') || typeof real === 'string') return real;
			return { ...real, status };
		});
		expect(run.success[0]?.json).toMatchObject({ result: 'claimed', status: 'SETTLED' });
	});

	it.each([200, 201, 202, 204])('is unknown with %d and no such place', async (status) => {
		const { run, received } = await claimThrough(async (line, pass) => {
			const real = await pass();
			return line.startsWith('POST') ? { status, headers: {}, text: '' } : real;
		});
		expect(claims(received)).toEqual([CLAIM_LINE]);
		const [failure] = failuresOf(run);
		expect(failure).toMatchObject({ outcome: 'unknown', retryable: false });
		expect(failure?.message).toMatch(/^The reward was claimed .*does not say where it stands$/);
	});
});

describe('a claim whose answer proves nothing', () => {
	it.each<[string, Relayed]>([
		['a lost connection', 'lost'],
		['a server error', jsonAnswer(500, { correlationId: '0HL:7' })],
		['a web page', { status: 200, headers: {}, text: '<html>Sign in</html>' }],
		['a status that is no success', jsonAnswer(302, {})],
	])('is unknown, is sent once, and is not to be run again: %s', async (_, answer) => {
		const { run, received } = await claimThrough(async (line, pass) => {
			const real = await pass();
			return line.startsWith('POST') ? answer : real;
		});
		expect(claims(received)).toEqual([CLAIM_LINE]);
		const [failure] = failuresOf(run);
		expect(failure).toMatchObject({
			message: expect.stringMatching(/^It is not known whether the reward was claimed/) as unknown,
			outcome: 'unknown',
			retryable: false,
		});
		expect(failure?.description).toMatch(/^Do not claim it again/);
		expect(failure?.description).not.toContain('takes a reference only once');
	});

	it('stays unknown, and is never called unsent, when Retry On Fail refuses the second', async () => {
		const { run, received } = await claimThrough(
			async (line, pass) => (line.startsWith('POST') ? 'lost' : await pass()),
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(run.executions).toBe(2);
		expect(claims(received)).toEqual([CLAIM_LINE]);
		const [failure] = failuresOf(run);
		expect(failure).toMatchObject({ outcome: 'unknown', retryable: false });
		expect(failure?.message).toMatch(
			/^It is not known what became of .+: an earlier try of this run sent it, and the last one did not \(.+\)$/,
		);
		expect(failure?.description).toMatch(/^Do not claim it again:/);
		expect(failure?.description).not.toContain('Nothing was sent');
	});

	it('may be made by the second try when Imburse refused the first', async () => {
		let calls = 0;
		const { run } = await claimThrough(
			async (line, pass) =>
				line.startsWith('POST') && ++calls === 1
					? jsonAnswer(400, { correlationId: '0HL:7', errors: [{ errorCode: 'ORDER_NOT_FOUND' }] })
					: await pass(),
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(run.success[0]?.json).toMatchObject({ result: 'claimed' });
	});

	it('keeps what is certain of that answer', async () => {
		const { run } = await claimThrough(async (line, pass) =>
			line.startsWith('POST') ? jsonAnswer(500, { correlationId: '0HL:7' }) : await pass(),
		);
		expect(failuresOf(run)[0]).toMatchObject({
			httpStatus: 500,
			correlationId: '0HL:7',
			attempts: 1,
			description: expect.stringContaining('0HL:7') as unknown,
		});
	});

	it('is not made twice by Retry On Fail', async () => {
		const { run, received } = await claimThrough(
			async (line, pass) => {
				const answer = await pass();
				return line.startsWith('POST') ? 'lost' : answer;
			},
			{ onError: undefined, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(run.executions).toBe(2);
		expect(claims(received)).toEqual([CLAIM_LINE]);
		expect(run.error?.message).toContain('this execution has sent a claim');
	});

	it('is not made twice by Retry On Fail while the instruction shows nothing of it', async () => {
		const { run, received } = await claimThrough(
			async (line, pass) => (line.startsWith('POST') ? 'lost' : await pass()),
			{ onError: undefined, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		);
		expect(run.executions).toBe(3);
		expect(claims(received)).toEqual([CLAIM_LINE]);
		expect(run.error?.description).toContain('Do not claim it again');
	});

	it.each<[string, string | undefined]>([
		['no place', undefined],
		['an empty place', ''],
		['the place of something else', '/v1/tenant'],
		['a place that is no URL', 'http://['],
	])('is unknown when the answer names %s', async (_, location) => {
		const { run, received } = await claimThrough(async (line, pass) => {
			const answer = await pass();
			return line.startsWith('POST') ? { ...answer, headers: { location } } : answer;
		});
		expect(claims(received)).toEqual([CLAIM_LINE]);
		expect(received).toHaveLength(2);
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining('does not say where') as unknown,
			description: expect.stringMatching(/^Do not claim it again/) as unknown,
			outcome: 'unknown',
			retryable: false,
		});
	});

	it('is refused when Imburse refuses it in words that the node knows', async () => {
		const { run } = await claimThrough(async (line, pass) =>
			line.startsWith('POST')
				? jsonAnswer(400, { correlationId: '0HL:7', errors: [{ errorCode: 'ORDER_NOT_FOUND' }] })
				: await pass(),
		);
		expect(failuresOf(run)[0]).toMatchObject({ outcome: 'rejected', httpStatus: 400 });
	});
});

it('asks no other host, whatever the place that Imburse names: only its path is used', async () => {
	const foreign = await startStub((_, response) => response.end('{}'));
	const { run, received } = await claimThrough(async (line, pass) => {
		const answer = await pass();
		const location = String(answer.headers.location).replace(/^http:..[^/]+/, foreign.url);
		return line.startsWith('POST') ? { ...answer, headers: { location } } : answer;
	});
	await foreign.stop();
	expect(run.success[0]?.json).toMatchObject({ status: 'SETTLED' });
	expect(foreign.received).toEqual([]);
	expect(received.at(-1)).toMatch(/^GET \/v1\/customer-vault\/CUSTOMER-1\/reward\//);
});

itRefuses(under, claim, [
	['no order', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
	['no instruction', { instructionRef: '={{ $json.no }}' }, /^Instruction Reference: there is no/],
	['no reward', { rewardId: '={{ $json.missing }}' }, /^Reward ID: there is no value/],
	['a reward with a space', { rewardId: 'REWARD 1' }, /^Reward ID: "REWARD 1" is not an ID/],
	['a way out of the path', { instructionRef: '../x' }, /^Instruction Reference: .*"\/"/],
]);

it('names the role when the key may not claim', async () => {
	const { run } = await claimThrough(async (line, pass) =>
		line.startsWith('POST')
			? jsonAnswer(403, { correlationId: '0HL:7', errors: [{ errorCode: 'ROLE' }] })
			: await pass(),
	);
	expect(failuresOf(run)[0]).toMatchObject({
		httpStatus: 403,
		outcome: 'rejected',
		description: expect.stringContaining('tenant-transaction-write or tenant-admin') as unknown,
	});
});

itSaysThatThereIsNone(
	under,
	() => claim({ instructionRef: 'NO' }),
	'instruction "NO" of Payment Order "CLAIM-17"',
);
itNamesTheRole(under, claim, 'tenant-transaction-read');
itUsesTheTenantOfEachItem(under, claim);
