import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { showHints } from '../n8n/notices';
import { mapInSlices, timeSlice, type GiveWay } from '../n8n/timeSlice';
import { continuesOnError } from '../n8n/toolRun';
import type { Operation } from '../operation';
import {
	logStopWhileChecking,
	preparationError,
	preparationFailures,
	sendingError,
	sendingFailures,
} from './errorBoundary';
import { invalidError, noSuchOperationError, runFailedError } from './errors/nodeErrors';
import { enforceApproval, type ApprovedRun } from './guards/approval';
import { validateRun } from './guards/batchChecks';
import { EarlierCreates } from './guards/earlierCreates';
import { moneyCounter } from './guards/enforceSpendingLimits';
import { rememberUnknown } from './guards/executionMemory';
import {
	applyRetryHistory,
	invalidItemFailure,
	retryHistory,
	type RetryHistory,
} from './guards/retryHistory';
import { isValidateOnly, type PreparedItem } from './items';
import { metadataHints } from './output/metadataHints';
import { hintLines, resultHints, runHints } from './output/hints';
import { runSummary } from './output/runSummary';
import { errorItem, inInputOrder, resultItems, validatedItem } from './output/outputItems';
import { operationFields, operationOptions } from './prepare/commonOptions';
import { optionsReader } from './prepare/itemOptions';
import { listedFields } from './prepare/listedParameters';
import { preflight } from './prepare/preflight';
import { fixedParameters, shownFields } from './prepare/parameters';
import { prepareItem, type RunContext } from './prepare/prepareItem';
import { readColumns, type RunColumns } from './prepare/rowColumns';
import { readExpressions } from './expressions/runExpressions';
import { writtenFields } from './expressions/writtenFields';
import { sendAll } from './send/sendAll';
import { logStop } from './send/stopLog';
import { openSession, type Session } from './session';
import { giveWayUntil, throwIfStopped } from './slices';

type FindOperation = (resource: string, operation: string) => Operation | undefined;

/** A run that has checked all its items and sent nothing yet. */
interface PreparedRun extends ApprovedRun {
	operation: Operation;
	session: Session;
	history: RetryHistory;
	earlier: EarlierCreates;
	columns: RunColumns;
	/** On the run as a whole, for the user's eyes. */
	hintsOnRun: string[];
}

/**
 * Runs the node: the operation that the user chose, for all items. Checks every item before it
 * sends the first, and pairs each result with its item. With Continue On Fail, and for an AI agent,
 * each failure is an item of its own; elsewhere the first one ends the run, and the error says what
 * was made and what was not sent.
 */
export async function runNode(
	context: IExecuteFunctions,
	findOperation: FindOperation,
): Promise<INodeExecutionData[][]> {
	let run: PreparedRun;
	try {
		run = await prepareRun(context, findOperation);
	} catch (error) {
		if (!continuesOnError(context)) throw preparationError(context, error);
		return [preparationFailures(context, error).map(errorItem)];
	}
	try {
		return [await sendRun(context, run)];
	} catch (error) {
		if (!continuesOnError(context)) throw sendingError(context, error);
		return [sendingFailures(context, error).map(errorItem)];
	}
}

/** The first phase: sends nothing. */
async function prepareRun(
	context: IExecuteFunctions,
	findOperation: FindOperation,
): Promise<PreparedRun> {
	const operation = chosenOperation(context, findOperation);
	const session = await openSession(context);
	const input = context.getInputData();
	const history = retryHistory(context);
	const earlier = new EarlierCreates(context, session.credential.tenantId);
	const checked = await untilStopped(context, session, async (giveWay) => {
		const run = await readForm(context, operation, session, history, giveWay);
		const { columns, expressions } = run;
		const alone = await preflight(
			input.length,
			giveWay,
			(index) => prepareItem(context, operation, run, index),
			(items) => validateRun(context, operation, session, items, giveWay),
		);
		const found = await enforceApproval(operation, session, alone, giveWay);
		const recall = (item: PreparedItem) => earlier.recall(item);
		const prepared = await mapInSlices(found.prepared, giveWay, recall);
		const hintsOnRun = [...columns.hints, ...expressions.hints, ...metadataHints(prepared, input)];
		return { ...found, prepared, columns, hintsOnRun };
	});
	if (checked.invalid.length > 0 && !continuesOnError(context)) {
		throw invalidError(context.getNode(), checked.invalid, input);
	}
	return { ...checked, operation, session, history, earlier };
}

/** What the form says for all items: read once for a run. */
async function readForm(
	context: IExecuteFunctions,
	operation: Operation,
	{ credential }: Session,
	history: RetryHistory,
	giveWay: GiveWay,
): Promise<RunContext> {
	const fields = shownFields(context, operationFields(operation));
	const written = writtenFields(context, fields);
	const expressions = readExpressions(context, operation, written);
	const readOptions = optionsReader(operationOptions(operation));
	const fixed = fixedParameters(context, fields);
	const columns = await readColumns(context, operation, written, fixed, giveWay);
	const listed = listedFields(context, fields, fixed);
	const ofRun = contextOfRun(context, credential, columns);
	return { history, expressions, columns, fields, readOptions, fixed, listed, ofRun };
}

function contextOfRun(
	context: IExecuteFunctions,
	{ apiVersion, bodyFormat, environment }: Session['credential'],
	{ columns }: RunColumns,
): RunContext['ofRun'] {
	const { id, name } = context.getWorkflow();
	const run = { workflowId: id, workflowName: name, executionId: context.getExecutionId() };
	const timeZone = context.getTimezone();
	const today = new Date().toISOString().slice(0, 10);
	return { apiVersion, bodyFormat, environment, timeZone, today, columns, run };
}

/** Nothing is sent before it ends; when the user stops it, n8n's log says so. */
async function untilStopped<T>(
	context: IExecuteFunctions,
	{ stopSignal }: Session,
	check: (giveWay: GiveWay) => Promise<T>,
): Promise<T> {
	const reportStop = () => logStopWhileChecking(context);
	stopSignal?.addEventListener('abort', reportStop, { once: true });
	try {
		throwIfStopped(stopSignal);
		const checked = await check(giveWayUntil(stopSignal));
		throwIfStopped(stopSignal);
		return checked;
	} finally {
		stopSignal?.removeEventListener('abort', reportStop);
	}
}

function chosenOperation(context: IExecuteFunctions, findOperation: FindOperation): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const value = context.getNodeParameter('operation', 0);
	const operation = findOperation(resource, value);
	if (!operation) throw noSuchOperationError(context.getNode(), resource, value);
	return operation;
}

/** The second phase. */
async function sendRun(
	context: IExecuteFunctions,
	run: PreparedRun,
): Promise<INodeExecutionData[]> {
	const { operation, session, history, earlier, prepared, invalid, hints, hintsOnRun } = run;
	const validated = prepared.filter(isValidateOnly);
	const toSend = prepared.filter((item) => !isValidateOnly(item));
	const continues = continuesOnError(context);
	const ofThisTry = await sendAll(session, toSend, {
		continuesOnError: continues,
		maxConcurrency: maxConcurrencyOf(toSend),
		countMoney: moneyCounter(context, operation, session.credential.tenantId, toSend),
		onResult: (result) => earlier.remember(result),
		onStop: (progress) => logStop(context, progress),
	});
	const results = applyRetryHistory(context, operation, ofThisTry);
	rememberUnknown(context, results);
	const onMoney = runHints(context, operation, session, { validated, results });
	const onItems = [...hints, ...resultHints(results)];
	const onRun = [...runSummary(results), ...onMoney, ...hintsOnRun];
	showHints(context, hintLines(onRun, onItems));
	if (!continues && results.some(({ ok }) => !ok)) throw runFailedError(context.getNode(), results);

	const { apiVersion } = session.credential;
	const { batch, columns } = run;
	const show = (item: PreparedItem) => validatedItem(item, apiVersion, batch, columns.columns);
	const giveWay = timeSlice();
	const sent = await mapInSlices(results, giveWay, (result) => resultItems(operation, result));
	return inInputOrder([
		...invalid.map((entry) => errorItem(invalidItemFailure(history, entry), entry.index)),
		...(await mapInSlices(validated, giveWay, show)),
		...sent.flat(),
	]);
}

/** One option for the run: where items set it differently, the most careful counts. */
function maxConcurrencyOf(items: PreparedItem[]): number {
	return items.reduce((least, { maxConcurrency }) => Math.min(least, maxConcurrency), Infinity);
}
