import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ImburseCredential } from '../../api/credential';
import { executionMemory } from '../guards/executionMemory';
import type { RetryHistory } from '../guards/retryHistory';
import type { Operation, PrepareContext } from '../../operation';
import { validateCorrelationId } from '../../validation/correlationId';
import { validateCount, validateSeconds } from '../../validation/number';
import { validateIdentifier } from '../../validation/identifier';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { commonOptions, operationFields, operationOptions } from './commonOptions';
import { validateOptions } from './optionValues';
import { readParameters } from './parameters';
import type { PreparedItem } from '../items';

/** What a run knows before its items. */
export interface RunContext {
	credential: ImburseCredential;
	history: RetryHistory;
}

/** Turns one item into a plan, or into every reason against it. Sends nothing. */
export function prepareItem(
	context: IExecuteFunctions,
	operation: Operation,
	{ credential, history }: RunContext,
	index: number,
): ValidationResult<PreparedItem> {
	const parameters = readParameters(context, operationFields(operation), index);
	if (!parameters.ok) return parameters;
	const options = (parameters.value.options ?? {}) as IDataObject;
	const { correlationId, includeResponse, maxConcurrency, tenantId, timeout } =
		commonOptions(options);
	const checked = allOf({
		plan: operation.prepare(parameters.value, prepareContext(context, credential, index)),
		maxConcurrency: validateCount(maxConcurrency, 'Max Concurrency'),
		timeout: validateSeconds(timeout, 'Timeout (Seconds)'),
		options: validateOptions(options, operationOptions(operation)),
		tenantId: tenantId === '' ? valid('') : validateIdentifier(tenantId, 'Tenant ID'),
		ownId:
			correlationId === '' ? valid('') : validateCorrelationId(correlationId, 'Correlation ID'),
	});
	if (!checked.ok) return checked;
	const { ownId, ...item } = checked.value;
	const id = ownId === '' ? correlationIdFor(context, index, item.plan.label) : ownId;
	const wasSentBefore = history.sent(index)?.label === item.plan.label;
	const prepared = { index, includeResponse, correlationId: id, wasSentBefore, ...item };
	return valid(prepared, checked.hints);
}

function prepareContext(
	context: IExecuteFunctions,
	credential: ImburseCredential,
	index: number,
): PrepareContext {
	const { id, name } = context.getWorkflow();
	const { apiVersion, bodyFormat, environment } = credential;
	return {
		apiVersion,
		bodyFormat,
		environment,
		timeZone: context.getTimezone(),
		item: context.getInputData()[index]?.json ?? {},
		run: { workflowId: id, workflowName: name, executionId: context.getExecutionId() },
	};
}

/**
 * A new correlation ID for an item, and the same one again when Retry On Fail runs the node once
 * more for it.
 */
function correlationIdFor(context: IExecuteFunctions, index: number, label: string): string {
	if (context.getNode().retryOnFail !== true) return randomUUID();
	const { correlationIds } = executionMemory(context);
	return (correlationIds[`${index} ${label}`] ??= randomUUID());
}
