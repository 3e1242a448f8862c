import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { RUN_AGAIN } from '../api/errors/messages';
import { joinWithAnd } from '../validation/format';
import { retryHistory, sentEarlierFailure } from './guards/retryHistory';
import type { ItemFailure } from './items';
import { failureWithoutResponse } from './errors/itemFailures';
import { bugError } from './errors/nodeErrors';
import { operationError, precededError, withPlainText } from '../n8n/nodeError';
import { logWarning } from '../n8n/notices';
import { RunStoppedError } from './slices';

/*
 * A run has two phases: it is prepared, then it sends. What escapes from the first is known not to
 * have sent anything in this try; what escapes from the second may have. With Continue On Fail n8n
 * takes a node that throws for one that passed its input on: the items would leave by the success
 * output, as if they were paid. There, and for an AI agent, every item becomes a failure.
 */

/**
 * Writes into n8n's log that the user stopped the run during its checks: n8n keeps nothing of what
 * the node says after that.
 */
export function logStopWhileChecking(context: IExecuteFunctions): void {
	logWarning(
		context,
		`"${context.getNode().name}": execution ${context.getExecutionId()} was stopped while its items were checked. ${nothingSent(context)}`,
	);
}

/** The error to throw for what ended the preparation. */
export function preparationError(context: IExecuteFunctions, error: unknown): NodeOperationError {
	return precededError(context.getNode(), knownError(context, error), nothingSent(context));
}

/** The error to throw for what ended the sending. */
export function sendingError(
	context: IExecuteFunctions,
	error: unknown,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError) return withPlainText(error);
	return precededError(context.getNode(), knownError(context, error), RUN_AGAIN);
}

/** The failure of each item for what ended the preparation. */
export function preparationFailures(context: IExecuteFunctions, error: unknown): ItemFailure[] {
	const { message, description } = knownError(context, error);
	const outcome = error instanceof NodeOperationError ? 'invalid' : 'notSent';
	return failures(
		context,
		failureWithoutResponse(outcome, message, [NOTHING_SENT, description ?? '']),
	);
}

/** The failure of each item for what ended the sending. */
export function sendingFailures(context: IExecuteFunctions, error: unknown): ItemFailure[] {
	const { message, description } = bugErrorOf(context, error);
	return failures(
		context,
		failureWithoutResponse('unknown', message, [RUN_AGAIN, description ?? '']),
	);
}

function failures(context: IExecuteFunctions, failure: ItemFailure): ItemFailure[] {
	const { sent } = retryHistory(context);
	return context.getInputData().map((_, index) => {
		const before = sent(index);
		return before
			? sentEarlierFailure(before, index, `could not run (${failure.message})`)
			: failure;
	});
}

/** Only the last of several tries is seen, so it has to speak of all of them. */
function nothingSent(context: IExecuteFunctions): string {
	const { labels } = retryHistory(context);
	if (labels.length === 0) return NOTHING_SENT;
	return `This try sent nothing, but earlier tries of this run sent ${joinWithAnd(labels)}. They may have been carried out: do not change their references.`;
}

const NOTHING_SENT = 'Nothing was sent.';

function knownError(context: IExecuteFunctions, error: unknown): NodeOperationError {
	if (error instanceof RunStoppedError) return operationError(context.getNode(), error.message, '');
	return error instanceof NodeOperationError ? error : bugErrorOf(context, error);
}

/** Also for what n8n itself throws, such as for a credential that it cannot decrypt. */
function bugErrorOf(context: IExecuteFunctions, error: unknown): NodeOperationError {
	return bugError(context.getNode(), error instanceof Error ? error.message : String(error));
}
