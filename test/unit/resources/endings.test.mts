import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { ApiResult } from '../../../nodes/Imburse/api/client.ts';
import type { ImburseRequest } from '../../../nodes/Imburse/api/request.ts';
import type { Operation } from '../../../nodes/Imburse/operation.ts';
import { cancel } from '../../../nodes/Imburse/resources/instruction/cancel.ts';
import { update } from '../../../nodes/Imburse/resources/instruction/update.ts';
import { waitForStatus } from '../../../nodes/Imburse/resources/instruction/waitForStatus.ts';
import { deleteMetadata } from '../../../nodes/Imburse/resources/paymentOrder/deleteMetadata.ts';
import { updateMetadata } from '../../../nodes/Imburse/resources/paymentOrder/updateMetadata.ts';
import { claim } from '../../../nodes/Imburse/resources/reward/claim.ts';
import { INSTRUCTION, LOCATION, PARAMETERS, SETTING } from './samples.mts';
import { answered, Ended, scriptedImburse, unanswered } from './scriptedImburse.mts';

/** What ended the operation. */
async function endingOf(
	operation: Operation,
	script: (request: ImburseRequest) => ApiResult,
	parameters: IDataObject = {},
	changed: object = {},
): Promise<Ended['failure']> {
	const plan = operation.prepare({ ...PARAMETERS, ...parameters }, SETTING);
	if (!plan.ok) throw new Error(JSON.stringify(plan.errors));
	const imburse = { ...scriptedImburse(script), ...changed };
	const ended: unknown = await plan.value.execute!(imburse).catch((error: unknown) => error);
	if (!(ended instanceof Ended)) throw new Error('it did not end with a failure');
	return ended.failure;
}

const THE_INSTRUCTION = 'instruction "INSTRUCTION-1" of Payment Order "ORDER-1"';
const SHOW_IT =
	'Run it again; if this stays, look at the answer with Get, and show it to whoever runs your n8n: something on the way may answer in Imburse’s place.';
const READ_FIRST =
	'Read it with Get before you go on. Running it again with the same data changes nothing twice.';

/** An instruction that reads like this. */
const reads = (changed: IDataObject) => () => answered({ ...INSTRUCTION, ...changed });
const TRANSACTION = { transaction: { transactionId: 'T-1', status: 'PROCESSING' } };

describe('a cancellation that is refused says why, and where to go', () => {
	const ASK =
		'Only what is INCOMPLETE or READY has certainly not begun. Look it up in the Tenant Portal, and ask Imburse at once whether it can still be stopped.';

	it.each<[IDataObject, string, string]>([
		[{ status: 'PROCESSING' }, 'its status is PROCESSING', ASK],
		[
			{ status: 'READY', ...TRANSACTION },
			'there is a transaction for it, and its status is READY',
			ASK,
		],
		[
			{ status: 'FAILED' },
			'its status is FAILED',
			'No money will move for it under this reference, so there is nothing to cancel.',
		],
		[
			{ status: 'COMPLETED' },
			'its status is COMPLETED',
			'It has been carried out: look it up in the Tenant Portal, and ask Imburse how the money can come back.',
		],
	])('%j', async (changed, reason, advice) => {
		expect(await endingOf(cancel, reads(changed))).toEqual({
			outcome: 'rejected',
			message: `The ${THE_INSTRUCTION} cannot be cancelled: ${reason}`,
			description: `Nothing was cancelled. ${advice}`,
		});
	});

	it('an answer that shows another thing', async () => {
		expect(await endingOf(cancel, () => answered({ page: 'Sign in' }))).toEqual({
			outcome: 'unavailable',
			message: `Imburse's answer does not show the ${THE_INSTRUCTION}`,
			description: `Nothing was cancelled. ${SHOW_IT}`,
		});
	});
});

describe('an update', () => {
	it('of what has begun is refused', async () => {
		expect(await endingOf(update, reads({ status: 'PROCESSING' }))).toEqual({
			outcome: 'rejected',
			message: `The ${THE_INSTRUCTION} cannot be changed any more: its status is PROCESSING`,
			description:
				'Imburse takes changes only while it is INCOMPLETE or READY. Nothing was changed. Look it up in the Tenant Portal.',
		});
	});

	it('of what an answer does not show changes nothing', async () => {
		expect(await endingOf(updateMetadata, () => answered({ page: 'Sign in' }))).toEqual({
			outcome: 'unavailable',
			message: 'Imburse\'s answer does not show the Payment Order "ORDER-1"',
			description: `Nothing was changed. ${SHOW_IT}`,
		});
	});

	it('that reads as before is not believed', async () => {
		const same = () => answered({ orderRef: 'ORDER-1', metadata: { branch: 'South' } });
		expect(await endingOf(updateMetadata, same)).toEqual({
			outcome: 'unknown',
			message: 'Imburse answered that it was changed, but it reads as before: "branch"',
			description: READ_FIRST,
		});
	});

	it.each<[string, ApiResult, string]>([
		['no answer', unanswered({ reason: 'the connection was lost' }), 'the connection was lost'],
		['another answer', answered([]), 'the answer does not show it'],
	])('that cannot be read back after %s is unknown', async (_, last, reason) => {
		const before = answered({ orderRef: 'ORDER-1', metadata: {} });
		const answers = [before, answered(null), last];
		expect(await endingOf(updateMetadata, () => answers.shift()!)).toMatchObject({
			outcome: 'unknown',
			message: `The change was written, but could not be read back: ${reason}`,
			description: READ_FIRST,
		});
	});

	it('that needs nothing is refused before it is sent', () => {
		expect(update.prepare({ ...PARAMETERS, updateFields: {} }, SETTING)).toMatchObject({
			ok: false,
			errors: [{ fix: 'Add at least one field to change.' }],
		});
	});
});

it('a deletion of metadata that others have written meanwhile says what is there', async () => {
	const read = (metadata: IDataObject) => answered({ orderRef: 'ORDER-1', metadata });
	const answers = [read({ branch: 'North' }), answered(null), read({ other: 'x' })];
	expect(await endingOf(deleteMetadata, () => answers.shift()!)).toEqual({
		outcome: 'unknown',
		message: 'Imburse answered that the metadata was removed, but it has "other"',
		description:
			'Somebody may have written it meanwhile. Read the order with Get, and run this again if it should be removed: that changes nothing twice.',
	});
});

describe('a wait', () => {
	const LOOK_UP = 'Look it up in the Tenant Portal before you pay in another way.';

	it('for a payment that failed says so', async () => {
		const failed = { status: 'FAILED', failed: { reason: 'no funds' } };
		expect(await endingOf(waitForStatus, reads(failed))).toMatchObject({
			outcome: 'failed',
			description: `The payment did not go through. ${LOOK_UP}`,
		});
	});

	it('that ends with a status that the user named says which', async () => {
		const late = reads({ status: 'LATE' });
		expect(await endingOf(waitForStatus, late, { failedStatuses: 'LATE' })).toEqual({
			outcome: 'failed',
			message: `The ${THE_INSTRUCTION} has the status LATE`,
			description: `Failed When names this status. ${LOOK_UP}`,
		});
	});

	it.each<[ApiResult, string]>([
		[answered({ ...INSTRUCTION, status: 'PROCESSING' }), 'its status is PROCESSING'],
		[answered({ ...INSTRUCTION, status: '' }), 'its status is not given'],
	])('that runs out of time is no failure yet', async (answer, state) => {
		expect(await endingOf(waitForStatus, () => answer)).toEqual({
			outcome: 'timeout',
			message: `The ${THE_INSTRUCTION} was still running when the time limit ended: ${state}`,
			description: 'Nothing is wrong yet. Run it again to go on waiting, or raise the Time Limit.',
		});
	});

	it('refuses a time limit that is none, and a status that is in both lists', () => {
		const errorsFor = (changed: IDataObject) =>
			waitForStatus.prepare({ ...PARAMETERS, ...changed }, SETTING);
		expect(errorsFor({ timeLimit: 'long' })).toMatchObject({
			errors: [
				{
					fix: 'Enter a number such as 30. For longer waits use a Schedule Trigger that reads the instruction again.',
				},
			],
		});
		expect(errorsFor({ reachedStatuses: 'READY', failedStatuses: 'READY' })).toMatchObject({
			errors: [
				{
					field: 'Failed When',
					reason: '"READY" stands in Reached When, too',
					fix: 'Take it out of one of the two.',
				},
			],
		});
	});
});

describe('a claim', () => {
	const claimed = (transaction: IDataObject) => (request: ImburseRequest) => {
		if (request.endpoint === 'getInstruction') return answered(INSTRUCTION);
		return request.endpoint === 'claimReward'
			? answered(null, { location: LOCATION })
			: answered(transaction);
	};
	const NOT_SENT =
		'Nothing was sent. Read the instruction with Get, or look it up in the Tenant Portal.';

	it.each<[IDataObject, string]>([
		[
			{ status: 'SETTLED' },
			`No reward can be claimed for ${THE_INSTRUCTION}: its status is SETTLED`,
		],
		[
			TRANSACTION,
			`There is a transaction already for ${THE_INSTRUCTION}: a reward may have been claimed`,
		],
	])('of what has begun is not sent: %j', async (changed, message) => {
		expect(await endingOf(claim, reads(changed))).toEqual({
			outcome: 'conflict',
			message,
			description: NOT_SENT,
		});
	});

	it('of what an answer does not show is not sent', async () => {
		expect(await endingOf(claim, () => answered({ page: 'Sign in' }))).toEqual({
			outcome: 'unavailable',
			message: `Imburse's answer does not show ${THE_INSTRUCTION}, so nobody can tell whether a reward was claimed for it`,
			description: `Nothing was sent. ${SHOW_IT}`,
		});
	});

	it('beside another run waits for that run', async () => {
		const busy = { unlessUnderWay: async () => undefined };
		expect(await endingOf(claim, claimed({}), {}, busy)).toEqual({
			outcome: 'conflict',
			message: `A reward is being claimed for ${THE_INSTRUCTION} by another run at this moment`,
			description:
				'Nothing was sent. Wait until that run has ended, and look at what it made. If it made nothing, run this one again: it reads first whether a reward was claimed.',
		});
	});

	it('that Imburse could not carry out says so', async () => {
		expect(await endingOf(claim, claimed({ status: 'FAILED' }))).toEqual({
			outcome: 'failed',
			message: `Imburse could not carry out the claim of the reward for ${THE_INSTRUCTION}`,
			description: 'Look the instruction up in the Tenant Portal before you claim again.',
		});
	});

	it('that does not settle in time is not claimed again', async () => {
		expect(await endingOf(claim, claimed({ status: 'SETTLING' }))).toMatchObject({
			outcome: 'timeout',
			retryable: false,
			message: `The reward was claimed for ${THE_INSTRUCTION}, and had not settled when the wait ended`,
			description:
				'Do not claim it again: a claim has no reference of its own, so a second one may pay a second time. Look the instruction up in the Tenant Portal.',
		});
	});
});
