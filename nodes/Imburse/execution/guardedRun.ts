import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { RUN_AGAIN } from '../api/words';
import type { ImburseFailure } from '../api/failure';
import { listed } from '../rules/quoted';
import { earlierTries, sentEarlier } from './guards/earlierTries';
import { failuresAreItems } from './output/failuresAreItems';
import { errorItem } from './output/items';
import { mistakeError, unbegunError, unsentFailure } from './output/nodeErrors';

/** How far a run has come. */
export interface Journey {
	/** Whether anything may have been sent. */
	hasBegun: boolean;
}

/**
 * Runs the node, and throws only where n8n stops at what is thrown. With Continue On Fail n8n takes
 * a node that throws for one that passed its input on: the items would leave by the success output,
 * as if they were paid. There, and for an AI agent, every item becomes an error item.
 */
export async function guardedRun(
	context: IExecuteFunctions,
	run: (journey: Journey) => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	const journey: Journey = { hasBegun: false };
	try {
		return await run(journey);
	} catch (error) {
		if (!failuresAreItems(context)) throw thrownError(context, error, journey);
		return [errorItems(context, error, journey)];
	}
}

function thrownError(
	context: IExecuteFunctions,
	error: unknown,
	journey: Journey,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError) return error;
	const reason = error instanceof NodeOperationError ? error : mistakeIn(context, error);
	return unbegunError(context.getNode(), reason, certaintyOf(context, journey));
}

/** Only the last of several tries is seen, so it has to speak of all of them. */
function certaintyOf(context: IExecuteFunctions, { hasBegun }: Journey): string {
	if (hasBegun) return RUN_AGAIN;
	const { subjects } = earlierTries(context);
	if (subjects.length === 0) return NOTHING_SENT;
	return `This try sent nothing, but earlier tries of this run sent ${listed(subjects)}. They may have been carried out: do not change their references.`;
}

function errorItems(
	context: IExecuteFunctions,
	error: unknown,
	{ hasBegun }: Journey,
): INodeExecutionData[] {
	const { sent } = earlierTries(context);
	const failure = hasBegun ? begunFailure(context, error) : unbegunFailure(context, error);
	return context.getInputData().map((_, item) => {
		const before = sent(item);
		if (!before) return errorItem(failure, item);
		const why = `could not run (${failure.message})`;
		return errorItem(sentEarlier(before, item, why), item);
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
