import type { ImburseFailure } from '../../api/errors/failure';
import type { ImburseRequest } from '../../api/request';
import { DO_NOT_CLAIM_AGAIN } from '../../api/errors/messages';
import { rewardTransactionIn } from './rewardLocation';
import type { ApiResponse } from '../../api/client';
import type { OperationClient } from '../../operation';
import { isSameState, statusOf } from '../../validation/status';
import { hasTransaction } from '../../validation/transaction';
import { hasCertainlyNotBegun } from '../../validation/unbegun';
import { showsInstruction } from '../shared/instructionIdentity';
import { NOT_SHOWN_FIX } from '../shared/readModifyWrite';
import { poll } from '../shared/poll';

/**
 * Claims a reward and waits for it. A claim has no reference of its own. So only the instruction
 * shows whether there was one before, and a claim is never repeated after a lost response.
 */
export async function claimReward(
	imburse: OperationClient,
	request: ImburseRequest,
	label: string,
): Promise<ApiResponse> {
	const claimed = await imburse.unlessUnderWay(async () => await claim(imburse, request, label));
	if (claimed) return claimed;
	return imburse.fail(
		'conflict',
		`A reward is being claimed for ${label} by another run at this moment`,
		'Nothing was sent. Wait until that run has ended, and look at what it made. If it made nothing, run this one again: it reads first whether a reward was claimed.',
	);
}

async function claim(
	imburse: OperationClient,
	request: ImburseRequest,
	label: string,
): Promise<ApiResponse> {
	const { identifiers } = request;
	const before = await imburse.request({ endpoint: 'getInstruction', identifiers });
	refuseClaimed(imburse, before.value, request, label);
	const claimed = await claimOnce(imburse, request, label);
	const transaction = rewardTransactionIn(claimed.headers.location);
	if (!transaction)
		return failAfterClaim(imburse, label, 'the answer does not say where it stands');
	const read: ImburseRequest = { endpoint: 'getRewardTransaction', identifiers: transaction };
	return await waitUntilSettled(imburse, read, label);
}

/** Sends one POST and never a second: nothing shows whether a lost one was carried out. */
async function claimOnce(
	imburse: OperationClient,
	request: ImburseRequest,
	label: string,
): Promise<ApiResponse> {
	const claimed = await imburse.attempt(request);
	if (claimed.ok) return claimed.response;
	const { failure } = claimed;
	if (failure.outcome !== 'unknown') return imburse.failWith(failure);
	const message = `It is not known whether the reward was claimed for ${label}: ${failure.reason}`;
	return imburse.fail('unknown', message, DO_NOT_CLAIM_AGAIN, {
		failed: failure,
		retryable: false,
	});
}

/** Imburse accepted the claim, but what became of it cannot be read. */
function failAfterClaim(
	imburse: OperationClient,
	label: string,
	reason: string,
	failed?: ImburseFailure,
): never {
	const message = `The reward was claimed for ${label}, but what became of it is not known: ${reason}`;
	return imburse.fail('unknown', message, DO_NOT_CLAIM_AGAIN, { failed, retryable: false });
}

/** A response that does not show the instruction does not show that nothing was claimed for it. */
function refuseClaimed(
	imburse: OperationClient,
	instruction: unknown,
	{ identifiers }: ImburseRequest,
	label: string,
): void {
	if (!showsInstruction(instruction, identifiers?.instructionRef ?? '')) {
		imburse.fail(
			'unavailable',
			`Imburse's answer does not show ${label}, so nobody can tell whether a reward was claimed for it`,
			`Nothing was sent. ${NOT_SHOWN_FIX}`,
		);
	}
	if (hasCertainlyNotBegun(instruction)) return;
	imburse.fail(
		'conflict',
		hasTransaction(instruction)
			? `There is a transaction already for ${label}: a reward may have been claimed`
			: `No reward can be claimed for ${label}: its status is ${statusOf(instruction)}`,
		'Nothing was sent. Read the instruction with Get, or look it up in the Tenant Portal.',
	);
}

/** API reference 4.1: read about once a second until SETTLED or FAILED. */
const DELAY = { initialMs: 1_000, factor: 1, maxMs: 1_000 };
const TIME_LIMIT_MS = 60_000;

async function waitUntilSettled(
	imburse: OperationClient,
	request: ImburseRequest,
	label: string,
): Promise<ApiResponse> {
	return await poll(imburse, {
		request,
		timeLimitMs: TIME_LIMIT_MS,
		delay: DELAY,
		isReached: ({ value: transaction }) => {
			const status = statusOf(transaction);
			if (isSameState(status, 'FAILED')) failNotCarriedOut(imburse, label);
			return isSameState(status, 'SETTLED');
		},
		failUnreadable: (failure) => failAfterClaim(imburse, label, failure.reason, failure),
		failTimedOut: () => {
			const message = `The reward was claimed for ${label}, and had not settled when the wait ended`;
			return imburse.fail('timeout', message, DO_NOT_CLAIM_AGAIN, { retryable: false });
		},
	});
}

function failNotCarriedOut(imburse: OperationClient, label: string): never {
	return imburse.fail(
		'failed',
		`Imburse could not carry out the claim of the reward for ${label}`,
		'Look the instruction up in the Tenant Portal before you claim again.',
	);
}
