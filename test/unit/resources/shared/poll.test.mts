import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { claim } from '../../../../nodes/Imburse/resources/reward/claim.ts';
import { waitForStatus } from '../../../../nodes/Imburse/resources/instruction/waitForStatus.ts';
import type { ApiResult } from '../../../../nodes/Imburse/api/client.ts';
import type { Operation } from '../../../../nodes/Imburse/operation.ts';
import { INSTRUCTION, LOCATION, PARAMETERS, SETTING } from '../samples.mts';
import { answered, Ended, scriptedImburse, unanswered } from '../scriptedImburse.mts';

type Script = Parameters<typeof scriptedImburse>[0];

/** Carries one item out against a script. */
async function carryOut(operation: Operation, changed: IDataObject, script: Script) {
	const result = operation.prepare({ ...PARAMETERS, ...changed }, SETTING);
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	const imburse = scriptedImburse(script);
	const ended: unknown = await result.value.execute!(imburse).then(
		() => undefined,
		(error: unknown) => error,
	);
	if (ended === undefined) return { ...imburse, failure: undefined };
	expect(ended).toBeInstanceOf(Ended);
	return { ...imburse, failure: (ended as Ended).failure };
}

const UNAVAILABLE = unanswered({ outcome: 'unavailable', retryable: true });
const REFUSED_KEYS = unanswered({
	outcome: 'unavailable',
	retryable: false,
	message: 'no access token could be fetched',
});

describe('a wait for a status', () => {
	const wait = (timeLimit: number, script: Script) =>
		carryOut(waitForStatus, { reachedStatuses: 'SETTLED', timeLimit }, script);

	it('pauses longer and longer, up to a minute, and never beyond its limit', async () => {
		const { pauses, failure } = await wait(10, () => answered(INSTRUCTION));
		expect(pauses.slice(0, 4)).toEqual([1000, 1500, 2250, 3375]);
		expect(Math.max(...pauses)).toBe(60_000);
		expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(600_000);
		expect(failure).toMatchObject({ outcome: 'timeout' });
	});

	it('looks once more when its limit is reached', async () => {
		let reads = 0;
		const { pauses, failure } = await wait(1 / 60, () =>
			answered({ ...INSTRUCTION, status: ++reads === 2 ? 'SETTLED' : 'READY' }),
		);
		expect([pauses, failure]).toEqual([[1000], undefined]);
	});

	it('goes on while nothing can be read, until its limit', async () => {
		const { failure, requests } = await wait(1, () => UNAVAILABLE);
		expect(requests.length).toBeGreaterThan(5);
		expect(failure).toMatchObject({
			outcome: 'timeout',
			message: expect.stringContaining('no answer came') as unknown,
		});
	});

	it('ends at once with what no further read would change', async () => {
		const { failure, pauses } = await wait(10, () => REFUSED_KEYS);
		expect(pauses).toEqual([]);
		expect(failure).toMatchObject({
			message: 'no access token could be fetched',
			retryable: false,
		});
	});

	it('says so when there is no status in the answer', async () => {
		const { failure } = await wait(0, () => answered({}));
		expect(failure?.message).toContain('its status is not given');
	});
});

describe('a claim', () => {
	/** The answers of a claim that goes well up to the reads of its transaction. */
	const claimed = (transaction: () => ApiResult): Script => {
		return ({ endpoint }) => {
			if (endpoint === 'getInstruction') return answered(INSTRUCTION);
			if (endpoint === 'claimReward') return answered(null, { location: LOCATION });
			return transaction();
		};
	};
	const posts = (requests: Array<{ endpoint: string }>) =>
		requests.filter(({ endpoint }) => endpoint === 'claimReward').length;

	it.each<[string, ApiResult]>([
		['it is settling', answered({ status: 'SETTLING' })],
		['its state cannot be read', UNAVAILABLE],
		['its state has no status', answered({})],
	])('is waited for about a minute while %s, and is never to be made again', async (_, answer) => {
		const { failure, pauses, requests } = await carryOut(
			claim,
			{},
			claimed(() => answer),
		);
		const waited = pauses.reduce((sum, pause) => sum + pause, 0);
		expect(waited).toBeGreaterThanOrEqual(60_000);
		expect(waited).toBeLessThan(65_000);
		expect(posts(requests)).toBe(1);
		expect(failure).toMatchObject({
			outcome: 'timeout',
			retryable: false,
			description: expect.stringContaining('Do not claim it again') as unknown,
		});
	});

	it.each<[string, ApiResult]>([
		['keys that are refused', REFUSED_KEYS],
		['a refusal', unanswered({ outcome: 'rejected', retryable: false, httpStatus: 401 })],
	])('is not called refused because of %s after it was taken', async (_, answer) => {
		const { failure, requests } = await carryOut(
			claim,
			{},
			claimed(() => answer),
		);
		expect(posts(requests)).toBe(1);
		expect(failure).toMatchObject({
			outcome: 'unknown',
			retryable: false,
			message: expect.stringMatching(/^The reward was claimed for instruction/) as unknown,
		});
	});

	it('asks for the transaction that the answer names', async () => {
		const { requests, failure } = await carryOut(
			claim,
			{},
			claimed(() => answered({ status: 'SETTLED' })),
		);
		expect(failure).toBeUndefined();
		expect(requests.at(-1)).toEqual({
			endpoint: 'getRewardTransaction',
			identifiers: {
				customerRef: 'CUSTOMER-1',
				financialInstrumentId: 'F-1',
				transactionId: 'T-1',
			},
		});
	});

	it.each([
		['a transaction', { transaction: { transactionId: 'T' } }],
		['a link to a transaction', { _links: { transactions: [{ href: '/x' }] } }],
		['a status in small letters', { status: 'processing' }],
	])('is refused for an instruction with %s', async (_, changed) => {
		const { failure, requests } = await carryOut(claim, {}, () =>
			answered({ ...INSTRUCTION, ...changed }),
		);
		expect(failure).toMatchObject({ outcome: 'conflict' });
		expect(posts(requests)).toBe(0);
	});

	it.each([
		['nothing yet', { transaction: null, _links: { transactions: [] } }],
		['its status in small letters', { status: 'ready' }],
	])('is made for an instruction with %s', async (_, changed) => {
		const { requests } = await carryOut(claim, {}, (request) =>
			request.endpoint === 'getInstruction'
				? answered({ ...INSTRUCTION, ...changed })
				: claimed(() => answered({ status: 'SETTLED' }))(request),
		);
		expect(posts(requests)).toBe(1);
	});
});
