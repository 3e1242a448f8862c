import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { executionMemory } from '../guards/executionMemory';
import type { RetryHistory } from '../guards/retryHistory';
import type { Operation, PrepareContext } from '../../operation';
import {
	allOf,
	invalid,
	valid,
	type ValidationError,
	type ValidationResult,
} from '../../validation/result';
import { holeErrors, holeHints, itemLookup, missingInJson } from '../expressions/expressionHoles';
import { jsonTextErrors, jsonValueErrors } from '../expressions/jsonExpressions';
import { otherRowErrors } from '../expressions/referenceExpressions';
import type { RunExpressions } from '../expressions/runExpressions';
import { toolItemErrors } from '../expressions/toolExpressions';
import { evaluateListed, type ListedFields } from './listedParameters';
import type { OptionsReader } from './itemOptions';
import { readParameters } from './parameters';
import { valueAt } from '../../n8n/expression/fieldPaths';
import type { ItemLookup } from '../../n8n/expression/holes';
import type { PreparedItem } from '../items';
import type { RunColumns } from './rowColumns';

/** What a run knows before its items. */
export interface RunContext {
	history: RetryHistory;
	expressions: RunExpressions;
	columns: RunColumns;
	/** The form of the operation. */
	fields: INodeProperties[];
	readOptions: OptionsReader;
	/** What an operation is told with every item. */
	ofRun: Omit<PrepareContext, 'item'>;
	/** The parameters that are the same for all items. */
	fixed: IDataObject;
	/** Those whose expressions are evaluated at once. */
	listed: ListedFields;
}

/** Turns one item into a plan, or into every reason against it. Sends nothing. */
export function prepareItem(
	context: IExecuteFunctions,
	operation: Operation,
	run: RunContext,
	index: number,
): ValidationResult<PreparedItem> {
	const { history, expressions, fields, fixed, listed } = run;
	const forAll = [...run.columns.errors, ...expressions.errors];
	if (forAll.length > 0) return invalid(...forAll);
	const values = evaluateListed(context, listed, index);
	const parameters = readParameters(context, fields, index, { fixed, listed, values });
	if (!parameters.ok) return parameters;
	const lookup = itemLookup(context, index, values);
	const ofExpressions = expressionErrors(expressions, parameters.value, lookup);
	const item = context.getInputData()[index]?.json ?? {};
	const checked = allOf({
		plan: operation.prepare(parameters.value, { ...run.ofRun, item }),
		ofOptions: run.readOptions((parameters.value.options ?? {}) as IDataObject),
	});
	if (!checked.ok || ofExpressions.length > 0) {
		return invalid(...joinErrors(ofExpressions, checked.ok ? [] : checked.errors));
	}
	const { plan, ofOptions } = checked.value;
	const { ownId, ...options } = ofOptions;
	const correlationId =
		ownId === '' ? correlationIdFor(context, history, index, plan.label) : ownId;
	const wasSentBefore = history.sent(index)?.label === plan.label;
	return valid({ index, plan, correlationId, wasSentBefore, ...options }, [
		...checked.hints,
		...holeHints(expressions.metadata, parameters.value, lookup),
	]);
}

/** What the expressions give for this item, where it may not be that. */
function expressionErrors(
	{ deciding, references, json, ofPerson }: RunExpressions,
	parameters: IDataObject,
	lookup: ItemLookup,
): ValidationError[] {
	return [
		...holeErrors(deciding, parameters, lookup),
		...otherRowErrors(references, lookup),
		...missingInJson(json, lookup),
		...jsonValueErrors(json, lookup),
		...jsonTextErrors(json, ({ path }) => valueAt(parameters, path)),
		...toolItemErrors(ofPerson, lookup),
	];
}

/** A field whose expression gives nothing has no other mistake. */
function joinErrors(
	ofExpressions: ValidationError[],
	ofValues: ValidationError[],
): ValidationError[] {
	const isNew = ({ field }: ValidationError) =>
		!ofExpressions.some((other) => field === other.field || field.endsWith(` > ${other.field}`));
	return [...ofExpressions, ...ofValues.filter(isNew)];
}

/**
 * A new correlation ID for an item, and the same one again when Retry On Fail runs the node once
 * more for it.
 */
function correlationIdFor(
	context: IExecuteFunctions,
	{ isOn }: RetryHistory,
	index: number,
	label: string,
): string {
	if (!isOn) return randomUUID();
	const { correlationIds } = executionMemory(context);
	return (correlationIds[`${index} ${label}`] ??= randomUUID());
}
