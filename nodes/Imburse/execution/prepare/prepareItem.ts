import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ImburseCredential } from '../../api/credential';
import type { RetryHistory } from '../guards/retryHistory';
import type { Operation, PrepareContext } from '../../operation';
import { validateCorrelationId } from '../../validation/correlationId';
import { validateCount, validateSeconds } from '../../validation/number';
import { validateIdentifier } from '../../validation/identifier';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { commonOptions, operationFields, operationOptions } from './commonOptions';
import { correlationIdFor } from './correlationIds';
import { validateOptions } from './optionValues';
import { readParameters } from './parameters';
import type { PreparedItem } from '../items';

/** What a run knows before its items. */
export interface RunFacts {
	credential: ImburseCredential;
	earlier: RetryHistory;
}

/** Turns one item into a plan, or into every reason against it. Sends nothing. */
export function prepareItem(
	context: IExecuteFunctions,
	operation: Operation,
	{ credential, earlier }: RunFacts,
	item: number,
): ValidationResult<PreparedItem> {
	const parameters = readParameters(context, operationFields(operation), item);
	if (!parameters.ok) return parameters;
	const options = (parameters.value.options ?? {}) as IDataObject;
	const { correlationId, includeResponse, maxConcurrency, tenantId, timeout } =
		commonOptions(options);
	const checked = allOf({
		plan: operation.prepare(parameters.value, settingOf(context, credential, item)),
		maxConcurrency: validateCount(maxConcurrency, 'Max Concurrency'),
		timeout: validateSeconds(timeout, 'Timeout (Seconds)'),
		options: validateOptions(options, operationOptions(operation)),
		tenantId: tenantId === '' ? valid('') : validateIdentifier(tenantId, 'Tenant ID'),
		ownId:
			correlationId === '' ? valid('') : validateCorrelationId(correlationId, 'Correlation ID'),
	});
	if (!checked.ok) return checked;
	const { ownId, ...ready } = checked.value;
	const id = ownId === '' ? correlationIdFor(context, item, ready.plan.label) : ownId;
	const wasSentBefore = earlier.sent(item)?.label === ready.plan.label;
	const entry = { item, includeResponse, correlationId: id, wasSentBefore, ...ready };
	return valid(entry, checked.hints);
}

function settingOf(
	context: IExecuteFunctions,
	credential: ImburseCredential,
	item: number,
): PrepareContext {
	const { id, name } = context.getWorkflow();
	return {
		...credential,
		timeZone: context.getTimezone(),
		item: context.getInputData()[item]?.json ?? {},
		run: { workflowId: id, workflowName: name, executionId: context.getExecutionId() },
	};
}
