import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemResponse, Plan } from '../../operation';
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
 * reference 5). What the response lacks is left out.
 */
const SIMPLIFIED_FIELDS = [
	'orderRef',
	'instructionRef',
	'customerRef',
	'direction',
	'status',
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
	const instruction = presentBody(success, plan);
	if (!plan.simplify) return instruction;
	return Object.fromEntries(
		SIMPLIFIED_FIELDS.filter((name) => instruction[name] !== undefined).map((name) => [
			name,
			instruction[name],
		]),
	);
}
