import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { EndpointName } from '../../api/endpoints';
import type { Plan } from '../../operation';
import { validateReference } from '../../validation/reference';
import { valid, type ValidationResult } from '../../validation/result';

/** API reference 4.2, documented in 2025: under v2 a read creates the customer. */
export const V2_NOTICE: INodeProperties = {
	displayName:
		'With API version V2 Imburse creates the customer if there is none with this reference. Check the reference before you run this.',
	name: 'customerNotice',
	type: 'notice',
	default: '',
};

/** The plan of a call about one customer. */
export function customerPlan(
	parameters: IDataObject,
	endpoint: EndpointName,
): ValidationResult<Plan> {
	const customerRef = validateReference(parameters.customerRef, 'Customer Reference', 'customer');
	if (!customerRef.ok) return customerRef;
	const { value, hints } = customerRef;
	const plan: Plan = {
		label: `customer "${value}"`,
		request: { endpoint, identifiers: { customerRef: value } },
		echo: { customerRef: value },
	};
	return valid(plan, hints);
}
