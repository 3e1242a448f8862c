import type { IDataObject } from 'n8n-workflow';

import type { ApiResponse, ApiResult } from '../../api/client';
import type { ImburseFailure, ResponseClass } from '../../api/errors/failure';
import { repeatAdvice } from '../../api/errors/messages';
import type { ImburseRequest } from '../../api/request';
import type { OperationClient } from '../../operation';
import { asJsonObject } from '../../validation/jsonObject';
import {
	FAILURE_STATUSES,
	FINAL_STATUSES,
	isOneOfStatuses,
	SETTLED_STATUSES,
	statusOf,
	UNBEGUN_STATUSES,
} from '../../validation/status';
import { isCancelled } from '../../validation/terminalFailure';
import { hasTransaction } from '../../validation/transaction';
import { hasCertainlyNotBegun } from '../../validation/unbegun';
import {
	instructionLabel,
	showsInstruction,
	type InstructionIdentity,
} from '../shared/instructionIdentity';
import { poll } from '../shared/poll';
import { NOT_SHOWN_FIX } from '../shared/readModifyWrite';

export interface Cancellation {
	identity: InstructionIdentity;
	/** The one that cancels. */
	request: ImburseRequest;
	/** Milliseconds until the instruction has to say that it is cancelled. */
	withinMs: number;
}

export interface Cancelled {
	/** Whether this call has done it, as far as anybody can tell. */
	result: 'cancelled' | 'alreadyCancelled';
	instruction: IDataObject;
}

type CancelledResponse = Omit<ApiResponse, 'value'> & { value: Cancelled };

/**
 * Cancels an instruction. It is read first, and only what has not begun is cancelled. The cancellation
 * is sent once. What Imburse answers to it is not known, so the instruction itself has to say that it is
 * cancelled.
 */
export async function cancelInstruction(
	imburse: OperationClient,
	cancellation: Cancellation,
): Promise<CancelledResponse> {
	const { identity, request } = cancellation;
	const before = await imburse.request(readOf(identity));
	refuseUnlessShown(imburse, before.value, identity);
	if (isCancelled(before.value)) return cancelledResponse(before, before, 'alreadyCancelled');
	refuseBegun(imburse, before.value, instructionLabel(identity));
	const sent = await imburse.attempt(request);
	if (!sent.ok && sent.failure.responseClass === 'notProcessed') {
		return imburse.failWith(sent.failure);
	}
	if (!sent.ok && REFUSALS.has(sent.failure.responseClass)) {
		return await afterRefusal(imburse, identity, sent.withOutcome('rejected'));
	}
	const read = await waitUntilCancelled(imburse, cancellation, sent);
	return cancelledResponse(sent.ok ? sent.response : read, read, 'cancelled');
}

/** Imburse has refused it in its own words. */
const REFUSALS: ReadonlySet<ResponseClass> = new Set(['notFound', 'objected']);

function readOf(identity: InstructionIdentity): ImburseRequest {
	return { endpoint: 'getInstruction', identifiers: { ...identity } };
}

/** What Imburse answered to one request, with what another has shown. */
function cancelledResponse(
	answered: ApiResponse,
	{ value }: ApiResponse,
	result: Cancelled['result'],
): CancelledResponse {
	return { ...answered, value: { result, instruction: asJsonObject(value) as IDataObject } };
}

function refuseUnlessShown(
	imburse: OperationClient,
	instruction: unknown,
	identity: InstructionIdentity,
): void {
	if (showsInstruction(instruction, identity.instructionRef)) return;
	imburse.fail(
		'unavailable',
		`Imburse's answer does not show the ${instructionLabel(identity)}`,
		`Nothing was cancelled. ${NOT_SHOWN_FIX}`,
	);
}

function refuseBegun(imburse: OperationClient, instruction: unknown, label: string): void {
	if (hasCertainlyNotBegun(instruction)) return;
	const status = statusOf(instruction);
	const transaction = hasTransaction(instruction) ? 'there is a transaction for it, and ' : '';
	imburse.fail(
		'rejected',
		`The ${label} cannot be cancelled: ${transaction}its status is ${status}`,
		`Nothing was cancelled. ${whereToGo(status)}`,
	);
}

function whereToGo(status: string): string {
	if (isOneOfStatuses(status, FAILURE_STATUSES)) {
		return 'No money will move for it under this reference, so there is nothing to cancel.';
	}
	if (isOneOfStatuses(status, SETTLED_STATUSES)) {
		return 'It has been carried out: look it up in the Tenant Portal, and ask Imburse how the money can come back.';
	}
	return `Only what is ${UNBEGUN_STATUSES.join(' or ')} has certainly not begun. Look it up in the Tenant Portal, and ask Imburse at once whether it can still be stopped.`;
}

/** Somebody else may have cancelled it meanwhile, and that is what was wanted. */
async function afterRefusal(
	imburse: OperationClient,
	identity: InstructionIdentity,
	refused: ImburseFailure,
): Promise<CancelledResponse> {
	const read = await imburse.attempt(readOf(identity));
	if (!read.ok || !showsCancelled(read.response.value, identity)) return imburse.failWith(refused);
	return cancelledResponse(read.response, read.response, 'alreadyCancelled');
}

function showsCancelled(body: unknown, { instructionRef }: InstructionIdentity): boolean {
	return showsInstruction(body, instructionRef) && isCancelled(body);
}

const DELAY = { initialMs: 250, factor: 2, maxMs: 5_000 };

async function waitUntilCancelled(
	imburse: OperationClient,
	{ identity, withinMs }: Cancellation,
	sent: ApiResult,
): Promise<ApiResponse> {
	const fail = (state: string, failed?: ImburseFailure) =>
		failUnknown(imburse, instructionLabel(identity), sent, state, failed);
	return await poll(imburse, {
		request: readOf(identity),
		timeLimitMs: imburse.elapsed() + withinMs,
		delay: DELAY,
		isReached: ({ value }) => {
			if (!showsInstruction(value, identity.instructionRef)) return false;
			if (isCancelled(value)) return true;
			if (isOneOfStatuses(statusOf(value), FINAL_STATUSES)) fail(stateOf(value));
			return false;
		},
		failUnreadable: (failure) => fail(unreadable(failure), failure),
		failTimedOut: (read) =>
			read.ok ? fail(stateOf(read.response.value)) : fail(unreadable(read.failure), read.failure),
	});
}

function stateOf(instruction: unknown): string {
	return `its status is ${statusOf(instruction) || 'not given'}`;
}

function unreadable({ reason }: ImburseFailure): string {
	return `it could not be read afterwards (${reason})`;
}

/** @param state what the instruction says, as a clause */
function failUnknown(
	imburse: OperationClient,
	label: string,
	sent: ApiResult,
	state: string,
	unread?: ImburseFailure,
): never {
	const why = sent.ok ? 'Imburse took the cancellation' : sent.failure.reason;
	return imburse.fail(
		'unknown',
		`It is not known whether the ${label} was cancelled: ${why}, and ${state}`,
		repeatAdvice('cancelInstruction'),
		{ failed: sent.ok ? unread : sent.failure, retryable: true },
	);
}
