import type { ApiResponse, ApiResult } from '../../api/client';
import { wasSent, type ImburseFailure } from '../../api/errors/failure';
import { NO_DETAILS, type FailureDetails } from '../../api/errors/failureDetails';
import type { CreateResult, ReadBack } from '../../operation';
import type { Metadata } from '../../validation/metadataPairs';
import { ItemError, type ItemClient } from '../client/itemClient';
import { decideCreate, type CreateResponse } from './createDecision';
import {
	cancelledFailure,
	conflictFailure,
	endedFailure,
	existsFailure,
	toleratedHint,
	unknownFailure,
	type CreateInfo,
	type Findings,
} from './createMessages';
import { readBack, type ReadBackResult } from './readBack';

/** What a create came to. */
export interface Created {
	response: ApiResponse;
	result: CreateResult;
	/** What is there, where it is other than what was asked for. */
	metadata?: Metadata;
	/** What the user should know all the same, in sentences. */
	hints: string[];
}

/**
 * The one success that says that it was made, with a body or, as is expected, without one (API
 * reference 4.1). 202 and any other 2xx say only that Imburse has taken it in.
 */
const CREATED = 201;
const NOTHING_FOUND: Findings = { mismatches: [], missing: [], notes: [], obstacles: [] };

/**
 * Creates something exactly once. Whatever does not clearly succeed or fail is read back and
 * compared with what was sent; only where it is certainly absent is it sent once more, with the
 * same references. API reference 6, "Idempotency": Imburse takes a reference only once, and
 * documents no other protection.
 *
 * @throws {ItemError} unless it is there as it was asked for
 */
export async function idempotentCreate(client: ItemClient, expected: ReadBack): Promise<Created> {
	const { plan, wasSentBefore, earlier } = client.item;
	const responses: CreateResponse[] = [];
	for (;;) {
		const result = await client.request(plan.request);
		if (
			result.ok &&
			(result.response.status === CREATED || expected.createdWithinMs === undefined)
		) {
			return createdAtOnce(result.response);
		}
		const response = createResponseOf(result);
		if (response === undefined) throw refusedError(client, responses, result);
		responses.push(response);
		const found = await readBack(client, expected, response);
		const decision = decideCreate({ responses, wasSentBefore, earlier }, found.state);
		if (decision.action === 'createAgain') continue;
		if (decision.action === 'fail') {
			throw decidedError(client, result, found, decision.outcome);
		}
		if (decision.result === 'alreadyExisted' && expected.ifExists === 'fail') {
			throw new ItemError(existsFailure(createInfo(client), detailsOf(result)));
		}
		const hints = [...found.hints, ...hintsOn(client, result, responses, found)];
		const { metadata } = found;
		return { response: responseOf(result, found), result: decision.result, metadata, hints };
	}
}

function createdAtOnce(response: ApiResponse): Created {
	const result = response.status === CREATED ? 'created' : 'accepted';
	return { response, result, hints: [] };
}

/** Undefined where Imburse did nothing: there is nothing to read back. */
function createResponseOf(result: ApiResult): CreateResponse | undefined {
	if (result.ok) return 'accepted';
	const { responseClass } = result.failure;
	if (responseClass === 'notProcessed') return undefined;
	return responseClass === 'notFound' ? 'objected' : responseClass;
}

function createInfo(client: ItemClient): CreateInfo {
	const { environment, correlationId } = client.info();
	return {
		wholeLabel: client.item.plan.label,
		label: client.label,
		environment,
		clientCorrelationId: correlationId,
	};
}

/**
 * An earlier create may still be on its way when the last one is not even let in; only a field that
 * breaks a rule would have stopped both.
 */
function refusedError(client: ItemClient, before: CreateResponse[], refused: ApiResult): ItemError {
	const { failure } = refused as Extract<ApiResult, { ok: false }>;
	const mayStillArrive = client.item.wasSentBefore || before.includes('unclear');
	const { httpStatus, errorCodes } = failure;
	const breaksFieldRule = wasSent(failure) && httpStatus === 400 && errorCodes.length > 0;
	if (!mayStillArrive || breaksFieldRule) return new ItemError(failure);
	// The status and the ID of a token call are not those of the create.
	const details = wasSent(failure) ? failure : { ...NO_DETAILS, sentences: failure.sentences };
	const unknown = unknownFailure(createInfo(client), NOTHING_FOUND, details, failure.reason);
	return new ItemError({ ...unknown, abortsRun: failure.abortsRun });
}

function decidedError(
	client: ItemClient,
	result: ApiResult,
	found: ReadBackResult,
	outcome: 'conflict' | 'failed' | 'rejected' | 'unknown',
): ItemError {
	const failure =
		outcome === 'rejected' && !result.ok
			? result.withOutcome(outcome)
			: failureAfterReadBack(createInfo(client), result, found, outcome);
	return new ItemError({ ...failure, abortsRun: found.abortsRun });
}

function failureAfterReadBack(
	info: CreateInfo,
	result: ApiResult,
	found: ReadBackResult,
	outcome: string,
): ImburseFailure {
	const details = detailsOf(result);
	if (outcome === 'conflict') return conflictFailure(info, found, details);
	if (outcome === 'failed') {
		const isCancelled = !result.ok && result.failure.responseClass === 'cancelled';
		return isCancelled
			? cancelledFailure(info, found, details)
			: endedFailure(info, found, details);
	}
	const reason = result.ok ? 'Imburse accepted it' : result.failure.reason;
	return unknownFailure(info, found, details, reason);
}

/** What a success leaves open when Imburse did not answer with one. */
function hintsOn(
	{ item: { plan, earlier } }: ItemClient,
	result: ApiResult,
	responses: CreateResponse[],
	{ tolerated }: ReadBackResult,
): string[] {
	const { label } = plan;
	if (tolerated.length > 0) return [toleratedHint(label, tolerated, earlier)];
	const [first, ...later] = responses;
	if (result.ok || later.length > 0) return [];
	const { reason } = result.failure;
	switch (first) {
		case 'objected':
			return [`Imburse refused ${label} (${reason}), and has it already, as in your data.`];
		case 'unclear':
			return [
				`There was no clear answer to ${label} (${reason}): it was found as in your data, and counts as made by this run.`,
			];
		default:
			return [];
	}
}

/** A success has no more for the support than Imburse's ID. */
function detailsOf(result: ApiResult): FailureDetails {
	if (!result.ok) return result.failure;
	const { status, correlationId } = result.response;
	return { ...NO_DETAILS, httpStatus: status, correlationId };
}

/** Imburse's own body: of the create where it had one, otherwise of what was read. */
function responseOf(result: ApiResult, { response: read }: ReadBackResult): ApiResponse {
	if (!result.ok) {
		const found = read as ApiResponse;
		const { httpStatus, correlationId } = result.failure;
		// What Imburse said to the create is what its support asks for, not the read that settled it.
		return { ...found, status: httpStatus ?? found.status, correlationId };
	}
	const { response } = result;
	return response.value === null && read ? { ...response, value: read.value } : response;
}
