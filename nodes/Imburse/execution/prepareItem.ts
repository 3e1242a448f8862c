import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImburseCredential } from '../api/credential';
import type { Operation, Plan } from '../operation';
import { checkCorrelationId } from '../rules/correlationId';
import { checkIdentifier } from '../rules/identifier';
import { accepted, allOf, type Checked } from '../rules/violation';
import { commonOptions, fieldsOf } from './commonOptions';
import { readParameters } from './parameters';

/** An item that keeps Imburse's rules, with all that is needed to send it. */
export interface ReadyItem {
	item: number;
	plan: Plan;
	/** One for the item, whatever number of attempts it takes. */
	correlationId: string;
	/** Overrides the credential's tenant; empty for none. */
	tenantId: string;
	includeResponse: boolean;
}

/** Turns one item into a plan, or into every reason against it. Sends nothing. */
export function prepareItem(
	context: IExecuteFunctions,
	operation: Operation,
	credential: ImburseCredential,
	item: number,
): Checked<ReadyItem> {
	const parameters = readParameters(context, fieldsOf(operation), item);
	if (!parameters.ok) return parameters;
	const { correlationId, includeResponse, tenantId } = commonOptions(parameters.value);
	const checked = allOf({
		plan: operation.prepare(parameters.value, { ...credential, timeZone: context.getTimezone() }),
		tenantId: tenantId === '' ? accepted('') : checkIdentifier(tenantId, 'Tenant ID'),
		correlationId:
			correlationId === '' ? accepted(randomUUID()) : checkCorrelationId(correlationId),
	});
	return checked.ok
		? accepted({ item, includeResponse, ...checked.value }, checked.hints)
		: checked;
}
