import { createFailure, type ImburseFailure, type Outcome } from '../../api/errors/failure';
import { NO_DETAILS } from '../../api/errors/failureDetails';
import type { ApiResponse } from '../../api/client';
import type { ImburseRequest } from '../../api/request';
import type { KnownFailure, OperationClient } from '../../operation';
import { describeFixes, describeReasons, type ValidationError } from '../../validation/result';
import type { CountMoney } from '../items';
import { ItemError, type ItemClient } from './itemClient';
import { unlessUnderWay } from './underWay';

/** The requests of one item as an operation sees them. Whatever ends the item is thrown. */
export function createOperationClient(client: ItemClient, countMoney: CountMoney): OperationClient {
	return {
		request: async (request) => await requestOrThrow(client, request),
		attempt: async (request) => await client.request(request),
		unlessUnderWay: async (work) => await unlessUnderWay(client.identity(), work),
		delay: async (milliseconds) => {
			await client.delay(milliseconds);
			if (client.isStopped()) throw itemStoppedError(client);
		},
		fail: (outcome, message, description, known) => {
			throw new ItemError(operationFailure(client, outcome, message, description, known));
		},
		failWith: (failure) => {
			throw new ItemError(failure);
		},
		countMoney: (money) => countOrThrow(client, countMoney(client.item, money)),
		elapsed: () => client.elapsed(),
	};
}

async function requestOrThrow(client: ItemClient, request: ImburseRequest): Promise<ApiResponse> {
	const result = await client.request(request);
	if (!result.ok) throw new ItemError(result.failure);
	return result.response;
}

/** Before anything is written: what the limits refuse ends the item. */
function countOrThrow(client: ItemClient, errors: ValidationError[]): void {
	if (errors.length === 0) return;
	const advice = `Nothing was changed. ${describeFixes(errors)}`;
	const message = `${client.label} was not changed: ${describeReasons(errors)}`;
	throw new ItemError(operationFailure(client, 'invalid', message, advice));
}

/** The facts of a request that failed stay certain when an operation tells of it in its own words. */
function operationFailure(
	client: ItemClient,
	outcome: Outcome,
	message: string,
	advice: string,
	{ failed, retryable }: KnownFailure = {},
): ImburseFailure {
	const clientCorrelationId = client.item.correlationId;
	const failure = createFailure(
		{ message, advice, clientCorrelationId, outcome },
		failed ? { ...failed, sentences: [] } : NO_DETAILS,
	);
	return retryable === undefined ? failure : { ...failure, retryable };
}

function itemStoppedError(client: ItemClient): ItemError {
	return new ItemError(
		createFailure({
			message: `${client.label}: the run was stopped while it waited`,
			advice: 'Nothing was undone. Run it again to go on.',
			clientCorrelationId: client.item.correlationId,
			outcome: 'timeout',
			abortsRun: true,
		}),
	);
}
