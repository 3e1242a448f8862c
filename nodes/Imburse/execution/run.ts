import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation, Plan, Success } from '../operation';
import { checkBatch } from './guards/batchChecks';
import { earlierTries, refusedItem, withEarlierTries } from './guards/earlierTries';
import { failuresAreItems } from './output/failuresAreItems';
import { rememberUnknown } from './guards/executionMemory';
import { guardedRun, type Journey } from './guardedRun';
import { numbered, runHints, showHints } from './output/hints';
import { errorItem, responseDetails, successItem, validatedItem } from './output/items';
import { invalidError, noSuchOperation, stoppedError } from './output/nodeErrors';
import { preflight } from './prepare/preflight';
import { prepareItem } from './prepare/prepareItem';
import { sendAll } from './send/sendAll';
import { openSession } from './session';
import { logStop } from './send/stopLog';
import type { ReadyItem, Result } from './itemStates';

/** Runs the node: the operation that the user chose, for all items. */
export async function runNode(
	context: IExecuteFunctions,
	operationNamed: (resource: string, operation: string) => Operation | undefined,
): Promise<INodeExecutionData[][]> {
	return await guardedRun(context, async (journey) => {
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
	journey: Journey,
): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const goesOn = failuresAreItems(context);
	const count = context.getInputData().length;
	const { credential } = session;
	const earlier = earlierTries(context);
	const { ready, invalid, hints } = preflight(
		count,
		(item) => prepareItem(context, operation, { credential, earlier }, item),
		(alone) => checkBatch(context, operation, session, alone),
	);
	if (invalid.length > 0 && !goesOn) throw invalidError(context.getNode(), invalid, count);

	journey.hasBegun = true;
	const validated = ready.filter(isValidateOnly);
	const toSend = ready.filter((entry) => !isValidateOnly(entry));
	const ofThisTry = await sendAll(session, toSend, {
		goesOn,
		maxConcurrency: maxConcurrencyOf(toSend),
		onStop: (progress) => logStop(context, progress),
	});
	const results = withEarlierTries(context, operation, ofThisTry);
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

function resultItems(operation: Operation, result: Result): INodeExecutionData[] {
	const { ready } = result;
	if (!result.ok) return [errorItem(result.failure, ready.item)];
	const { success } = result;
	const response = ready.includeResponse ? { response: responseDetails(success) } : {};
	const presented = presentedBy(operation, success, ready.plan);
	return presented.map((json) => successItem({ ...json, ...response }, ready.item));
}

function remarksOn(result: Result): string[] {
	const remarks = result.ok ? (result.success.remarks ?? []) : [];
	return remarks.map((remark) => numbered(result.ready.item, remark));
}

/** An answer that the operation cannot show is put out as it is: what was made must not be lost. */
function presentedBy(operation: Operation, success: Success, plan: Plan): IDataObject[] {
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
function maxConcurrencyOf(items: ReadyItem[]): number {
	return items.reduce((least, { maxConcurrency }) => Math.min(least, maxConcurrency), Infinity);
}

function isValidateOnly({ options }: ReadyItem): boolean {
	return options.validateOnly === true;
}
