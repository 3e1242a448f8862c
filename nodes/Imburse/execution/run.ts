import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation, Plan, ApiSuccess } from '../operation';
import { validateBatch } from './guards/batchChecks';
import { retryHistory, refusedItem, applyRetryHistory } from './guards/retryHistory';
import { continuesOnError } from '../n8n/continueOnError';
import { rememberUnknown } from './guards/executionMemory';
import { withErrorBoundary, type RunState } from './errorBoundary';
import { numbered, runHints, showHints } from './output/hints';
import { errorItem, responseDetails, successItem, validatedItem } from './output/outputItems';
import { invalidError, noSuchOperation, stoppedError } from './output/nodeErrors';
import { preflight } from './prepare/preflight';
import { prepareItem } from './prepare/prepareItem';
import { sendAll } from './send/sendAll';
import { openSession } from './session';
import { logStop } from './send/stopLog';
import type { PreparedItem, ItemResult } from './items';

/** Runs the node: the operation that the user chose, for all items. */
export async function runNode(
	context: IExecuteFunctions,
	operationNamed: (resource: string, operation: string) => Operation | undefined,
): Promise<INodeExecutionData[][]> {
	return await withErrorBoundary(context, async (journey) => {
		const resource = context.getNodeParameter('resource', 0);
		const value = context.getNodeParameter('operation', 0);
		const operation = operationNamed(resource, value);
		if (!operation) throw noSuchOperation(context.getNode(), resource, value);
		return await runItems(context, operation, journey);
	});
}

/**
 * Runs one operation for all items: checks every item before it sends the first, and pairs each
 * result with its item. Where failures are items, each is one of its own; elsewhere the first one
 * ends the run, and the error says what was made and what was not sent.
 */
async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
	journey: RunState,
): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const goesOn = continuesOnError(context);
	const count = context.getInputData().length;
	const { credential } = session;
	const earlier = retryHistory(context);
	const { ready, invalid, hints } = preflight(
		count,
		(item) => prepareItem(context, operation, { credential, earlier }, item),
		(alone) => validateBatch(context, operation, session, alone),
	);
	if (invalid.length > 0 && !goesOn) throw invalidError(context.getNode(), invalid, count);

	journey.hasBegun = true;
	const validated = ready.filter(isValidateOnly);
	const toSend = ready.filter((entry) => !isValidateOnly(entry));
	const ofThisTry = await sendAll(session, toSend, {
		continuesOnError: goesOn,
		maxConcurrency: maxConcurrencyOf(toSend),
		onStop: (progress) => logStop(context, progress),
	});
	const results = applyRetryHistory(context, operation, ofThisTry);
	rememberUnknown(context, results);
	showHints(context, [
		...hints,
		...runHints(context, operation, session, { validated, results }),
		...results.flatMap(remarksOn),
	]);
	if (!goesOn && results.some(({ ok }) => !ok)) throw stoppedError(context.getNode(), results);

	const output = [
		...invalid.map((entry) => errorItem(refusedItem(earlier, entry), entry.item)),
		...validated.map((entry) => validatedItem(entry, session.apiVersion)),
		...results.flatMap((result) => resultItems(operation, result)),
	];
	return [output.sort((a, b) => itemOf(a) - itemOf(b))];
}

function resultItems(operation: Operation, result: ItemResult): INodeExecutionData[] {
	const { ready } = result;
	if (!result.ok) return [errorItem(result.failure, ready.item)];
	const { success } = result;
	const response = ready.includeResponse ? { response: responseDetails(success) } : {};
	const presented = presentedBy(operation, success, ready.plan);
	return presented.map((json) => successItem({ ...json, ...response }, ready.item));
}

function remarksOn(result: ItemResult): string[] {
	const remarks = result.ok ? (result.success.remarks ?? []) : [];
	return remarks.map((remark) => numbered(result.ready.item, remark));
}

/** An answer that the operation cannot show is put out as it is: what was made must not be lost. */
function presentedBy(operation: Operation, success: ApiSuccess, plan: Plan): IDataObject[] {
	try {
		return [operation.present(success, plan)].flat();
	} catch {
		return [{ ...plan.echo, answer: success.value as IDataObject }];
	}
}

function itemOf({ pairedItem }: INodeExecutionData): number {
	return (pairedItem as { item: number }).item;
}

/** One option for the run: where items set it differently, the most careful counts. */
function maxConcurrencyOf(items: PreparedItem[]): number {
	return items.reduce((least, { maxConcurrency }) => Math.min(least, maxConcurrency), Infinity);
}

function isValidateOnly({ options }: PreparedItem): boolean {
	return options.validateOnly === true;
}
