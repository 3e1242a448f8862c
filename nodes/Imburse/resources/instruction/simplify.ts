import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemResponse, Plan } from '../../operation';
import { stateOf, statusOf } from '../../validation/status';
import { presentBody } from '../shared/presentBody';

export const SIMPLIFY: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/**
 * The fields of an instruction that a workflow asks for, under the names of both generations (API
 * reference 5), with `state`, which says what the status means. What the response lacks is left out.
 */
const SIMPLIFIED_FIELDS = [
	'orderRef',
	'instructionRef',
	'customerRef',
	'direction',
	'status',
	'state',
	'amount',
	'currency',
	'country',
	'settledByDate',
	'actualSettlementDate',
	'metadata',
	'failed',
	'cancelled',
];

/** An instruction that was read, simplified where the user wants it so. */
export function presentInstruction(success: ItemResponse, plan: Plan): IDataObject {
	const body = presentBody(success, plan);
	if (!plan.simplify) return body;
	const instruction: IDataObject = { ...body, state: stateOf(statusOf(body)) };
	return Object.fromEntries(
		SIMPLIFIED_FIELDS.filter((name) => instruction[name] !== undefined).map((name) => [
			name,
			instruction[name],
		]),
	);
}
