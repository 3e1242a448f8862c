import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { RUN_AGAIN } from '../api/words';
import type { ImburseFailure, Outcome } from '../api/failure';
import { errorItem } from './output/items';
import { unsentFailure } from './output/nodeErrors';

/** How far a run has come. */
export interface Journey {
	/** Whether anything may have been sent. */
	hasBegun: boolean;
}

/**
 * Runs the node, and throws only where n8n stops at what is thrown. With Continue On Fail n8n takes
 * a node that throws for one that passed its input on: the items would leave by the success output,
 * as if they were paid. There every item becomes an error item.
 */
export async function guardedRun(
	context: IExecuteFunctions,
	run: (journey: Journey) => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	const journey: Journey = { hasBegun: false };
	try {
		return await run(journey);
	} catch (error) {
		if (!context.continueOnFail()) throw nodeErrorOf(context.getNode(), error);
		return [context.getInputData().map((_, item) => errorItem(failureOf(error, journey), item))];
	}
}

function nodeErrorOf(node: INode, error: unknown): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	return new NodeOperationError(node, mistake(error), { description: REPORT_IT });
}

function failureOf(error: unknown, { hasBegun }: Journey): ImburseFailure {
	const known = error instanceof NodeOperationError;
	const outcome: Outcome = hasBegun ? 'unknown' : known ? 'invalid' : 'notSent';
	if (known) {
		const again = hasBegun ? RUN_AGAIN : '';
		return unsentFailure(outcome, error.message, [error.description ?? '', again]);
	}
	const certainty = hasBegun ? RUN_AGAIN : 'Nothing was sent.';
	return unsentFailure(outcome, mistake(error), [certainty, REPORT_IT]);
}

/** Also what n8n itself throws, such as for a credential that it cannot decrypt. */
function mistake(error: unknown): string {
	const reason = error instanceof Error ? error.message : String(error);
	return `The Imburse node could not run: ${reason}`;
}

const REPORT_IT = 'If the reason does not help you, report it to the makers of this node.';
