import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { validateReference } from '../../validation/reference';
import { valid, type ValidationResult } from '../../validation/result';
import { presentBody } from '../shared/presentBody';

/**
 * Reads the state of an uploaded batch: `GET /v2/batch-management/batch/{batchRef}` (API reference
 * 4.1, "Batch", documented for v2 only).
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get batch',
	description:
		'Read how many instructions of an uploaded batch were created. Always uses API version V2.',
	fields: [
		{
			displayName: 'Batch Reference',
			name: 'batchRef',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. CLAIMS-2026-11',
			description:
				'The reference under which the batch was uploaded: up to 100 letters, digits, "-", "_" and "."',
		},
	],
	calls: ['getBatch'],
	effect: 'reads',
	prepare,
	present: presentBody,
};

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const batchRef = validateReference(parameters.batchRef, 'Batch Reference', 'batch');
	if (!batchRef.ok) return batchRef;
	const { value, hints } = batchRef;
	const plan: Plan = {
		label: `batch "${value}"`,
		request: { endpoint: 'getBatch', identifiers: { batchRef: value } },
		echo: { batchRef: value },
	};
	return valid(plan, hints);
}
