import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { RUN_AGAIN } from '../api/errors/messages';
import type { ImburseFailure } from '../api/errors/failure';
import { joinWithAnd } from '../validation/format';
import { retryHistory, sentEarlierFailure } from './guards/retryHistory';
import { continuesOnError } from '../n8n/continueOnError';
import { errorItem } from './output/outputItems';
import { mistakeError, unbegunError, unsentFailure } from './output/nodeErrors';

/** How far a run has come. */
export interface RunState {
	/** Whether anything may have been sent. */
	hasBegun: boolean;
}

/**
 * Runs the node, and throws only where n8n stops at what is thrown. With Continue On Fail n8n takes
 * a node that throws for one that passed its input on: the items would leave by the success output,
 * as if they were paid. There, and for an AI agent, every item becomes an error item.
 */
export async function withErrorBoundary(
	context: IExecuteFunctions,
	run: (journey: RunState) => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	const journey: RunState = { hasBegun: false };
	try {
		return await run(journey);
	} catch (error) {
		if (!continuesOnError(context)) throw thrownError(context, error, journey);
		return [errorItems(context, error, journey)];
	}
}

function thrownError(
	context: IExecuteFunctions,
	error: unknown,
	journey: RunState,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError) return error;
	const reason = error instanceof NodeOperationError ? error : mistakeIn(context, error);
	return unbegunError(context.getNode(), reason, certaintyOf(context, journey));
}

/** Only the last of several tries is seen, so it has to speak of all of them. */
function certaintyOf(context: IExecuteFunctions, { hasBegun }: RunState): string {
	if (hasBegun) return RUN_AGAIN;
	const { labels } = retryHistory(context);
	if (labels.length === 0) return NOTHING_SENT;
	return `This try sent nothing, but earlier tries of this run sent ${joinWithAnd(labels)}. They may have been carried out: do not change their references.`;
}

function errorItems(
	context: IExecuteFunctions,
	error: unknown,
	{ hasBegun }: RunState,
): INodeExecutionData[] {
	const { sent } = retryHistory(context);
	const failure = hasBegun ? begunFailure(context, error) : unbegunFailure(context, error);
	return context.getInputData().map((_, item) => {
		const before = sent(item);
		if (!before) return errorItem(failure, item);
		const why = `could not run (${failure.message})`;
		return errorItem(sentEarlierFailure(before, item, why), item);
	});
}

function unbegunFailure(context: IExecuteFunctions, error: unknown): ImburseFailure {
	const isKnown = error instanceof NodeOperationError;
	const { message, description } = isKnown ? error : mistakeIn(context, error);
	const outcome = isKnown ? 'invalid' : 'notSent';
	return unsentFailure(outcome, message, [NOTHING_SENT, description ?? '']);
}

function begunFailure(context: IExecuteFunctions, error: unknown): ImburseFailure {
	const { message, description } = mistakeIn(context, error);
	return unsentFailure('unknown', message, [RUN_AGAIN, description ?? '']);
}

/** Also what n8n itself throws, such as for a credential that it cannot decrypt. */
function mistakeIn(context: IExecuteFunctions, error: unknown): NodeOperationError {
	return mistakeError(context.getNode(), error instanceof Error ? error.message : String(error));
}

const NOTHING_SENT = 'Nothing was sent.';
