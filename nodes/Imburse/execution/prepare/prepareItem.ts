import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ImburseCredential } from '../../api/credential';
import type { EarlierTries } from '../guards/earlierTries';
import type { Operation, Setting } from '../../operation';
import { checkCorrelationId } from '../../rules/correlationId';
import { checkCount } from '../../rules/count';
import { checkSeconds } from '../../rules/seconds';
import { checkIdentifier } from '../../rules/identifier';
import { accepted, allOf, type Checked } from '../../rules/violation';
import { commonOptions, fieldsOf, optionFieldsOf } from './commonOptions';
import { correlationIdFor } from './correlationIds';
import { checkOptionValues } from './optionValues';
import { readParameters } from './parameters';
import type { ReadyItem } from '../itemStates';

/** What a run knows before its items. */
export interface RunFacts {
	credential: ImburseCredential;
	earlier: EarlierTries;
}

/** Turns one item into a plan, or into every reason against it. Sends nothing. */
export function prepareItem(
	context: IExecuteFunctions,
	operation: Operation,
	{ credential, earlier }: RunFacts,
	item: number,
): Checked<ReadyItem> {
	const parameters = readParameters(context, fieldsOf(operation), item);
	if (!parameters.ok) return parameters;
	const options = (parameters.value.options ?? {}) as IDataObject;
	const { correlationId, includeResponse, maxConcurrency, tenantId, timeout } =
		commonOptions(options);
	const checked = allOf({
		plan: operation.prepare(parameters.value, settingOf(context, credential, item)),
		maxConcurrency: checkCount(maxConcurrency, 'Max Concurrency'),
		timeout: checkSeconds(timeout, 'Timeout (Seconds)'),
		options: checkOptionValues(options, optionFieldsOf(operation)),
		tenantId: tenantId === '' ? accepted('') : checkIdentifier(tenantId, 'Tenant ID'),
		ownId: correlationId === '' ? accepted('') : checkCorrelationId(correlationId),
	});
	if (!checked.ok) return checked;
	const { ownId, ...ready } = checked.value;
	const id = ownId === '' ? correlationIdFor(context, item, ready.plan.subject) : ownId;
	const sentBefore = earlier.sent(item)?.subject === ready.plan.subject;
	const entry = { item, includeResponse, correlationId: id, sentBefore, ...ready };
	return accepted(entry, checked.hints);
}

function settingOf(
	context: IExecuteFunctions,
	credential: ImburseCredential,
	item: number,
): Setting {
	const { id, name } = context.getWorkflow();
	return {
		...credential,
		timeZone: context.getTimezone(),
		item: context.getInputData()[item]?.json ?? {},
		run: { workflowId: id, workflowName: name, executionId: context.getExecutionId() },
	};
}
