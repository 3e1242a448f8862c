import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation } from '../operation';
import { errorItem, responseDetails, successItem } from './items';
import { invalidError, invalidFailure, stoppedError } from './nodeErrors';
import { preflight } from './preflight';
import { prepareItem } from './prepareItem';
import { sendAll, type Result } from './sendAll';
import { openSession } from './session';

/**
 * Runs one operation for all items: checks every item before it sends the first, and pairs each
 * result with its item. With Continue On Fail a failure is an item of its own; without it the
 * first one ends the run, and the error says what was made and what was not sent.
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const goesOn = context.continueOnFail();
	const count = context.getInputData().length;
	const { ready, invalid } = preflight(count, (item) =>
		prepareItem(context, operation, session.credential, item),
	);
	if (invalid.length > 0 && !goesOn) throw invalidError(context.getNode(), invalid, count);

	const results = await sendAll(session, ready, goesOn);
	if (!goesOn && results.some(({ ok }) => !ok)) throw stoppedError(context.getNode(), results);

	const output = [
		...invalid.map((entry) => errorItem(invalidFailure(entry), entry.item)),
		...results.flatMap((result) => resultItems(operation, result)),
	];
	return [output.sort((a, b) => itemOf(a) - itemOf(b))];
}

function resultItems(operation: Operation, result: Result): INodeExecutionData[] {
	const { ready } = result;
	if (!result.ok) return [errorItem(result.failure, ready.item)];
	const { success } = result;
	const response = ready.includeResponse ? { response: responseDetails(success) } : {};
	const presented = [operation.present(success, ready.plan)].flat();
	return presented.map((json) => successItem({ ...json, ...response }, ready.item));
}

function itemOf({ pairedItem }: INodeExecutionData): number {
	return (pairedItem as { item: number }).item;
}
