import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ImburseCredential } from '../../api/credential';
import { executionMemory } from '../guards/executionMemory';
import type { RetryHistory } from '../guards/retryHistory';
import type { Operation, PrepareContext } from '../../operation';
import { mendIdentifierCase } from '../../validation/accountIdentifier';
import { validateCorrelationId } from '../../validation/correlationId';
import { validateCount, validateSeconds } from '../../validation/number';
import { validateIdentifier } from '../../validation/identifier';
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
import { commonOptions } from './commonOptions';
import { evaluateListed, type ListedFields } from './listedParameters';
import { validateOptions } from './optionValues';
import { readParameters } from './parameters';
import { valueAt } from '../../n8n/expression/fieldPaths';
import type { ItemLookup } from '../../n8n/expression/holes';
import type { PreparedItem } from '../items';
import type { RunColumns } from './rowColumns';

/** What a run knows before its items. */
export interface RunContext {
	credential: ImburseCredential;
	/** In UTC, as `YYYY-MM-DD`. */
	today: string;
	history: RetryHistory;
	expressions: RunExpressions;
	columns: RunColumns;
	/** The form of the operation, and of its options. */
	fields: INodeProperties[];
	optionFields: INodeProperties[];
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
	const { history, expressions, fields, optionFields, fixed, listed } = run;
	const ofRun = [...run.columns.errors, ...expressions.errors];
	if (ofRun.length > 0) return invalid(...ofRun);
	const values = evaluateListed(context, listed, index);
	const parameters = readParameters(context, fields, index, { fixed, listed, values });
	if (!parameters.ok) return parameters;
	const lookup = itemLookup(context, index, values);
	const ofExpressions = expressionErrors(expressions, parameters.value, lookup);
	const options = (parameters.value.options ?? {}) as IDataObject;
	const { correlationId, includeResponse, maxConcurrency, tenantId, timeout } =
		commonOptions(options);
	const checked = allOf({
		plan: operation.prepare(parameters.value, prepareContext(context, run, index)),
		maxConcurrency: validateCount(maxConcurrency, 'Max Concurrency'),
		timeout: validateSeconds(timeout, 'Timeout (Seconds)'),
		options: validateOptions(options, optionFields),
		tenantId: tenantId === '' ? valid('') : validateTenantId(tenantId),
		ownId:
			correlationId === '' ? valid('') : validateCorrelationId(correlationId, 'Correlation ID'),
	});
	if (!checked.ok || ofExpressions.length > 0) {
		return invalid(...joinErrors(ofExpressions, checked.ok ? [] : checked.errors));
	}
	const { ownId, ...item } = checked.value;
	const id = ownId === '' ? correlationIdFor(context, history, index, item.plan.label) : ownId;
	const wasSentBefore = history.sent(index)?.label === item.plan.label;
	const prepared = { index, includeResponse, correlationId: id, wasSentBefore, ...item };
	return valid(prepared, [
		...checked.hints,
		...holeHints(expressions.metadata, parameters.value, lookup),
	]);
}

function validateTenantId(value: unknown): ValidationResult<string> {
	const result = validateIdentifier(value, 'Tenant ID');
	return result.ok ? valid(mendIdentifierCase(result.value), result.hints) : result;
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

function prepareContext(
	context: IExecuteFunctions,
	{ credential, today, columns: { columns } }: RunContext,
	index: number,
): PrepareContext {
	const { id, name } = context.getWorkflow();
	const { apiVersion, bodyFormat, environment } = credential;
	return {
		apiVersion,
		bodyFormat,
		environment,
		timeZone: context.getTimezone(),
		today,
		item: context.getInputData()[index]?.json ?? {},
		columns,
		run: { workflowId: id, workflowName: name, executionId: context.getExecutionId() },
	};
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
