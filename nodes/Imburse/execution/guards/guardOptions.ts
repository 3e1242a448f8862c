import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../operation';
import { APPROVAL_OPTIONS, approvalSettings, type ApprovalSettings } from './approvalOptions';
import { totalFields, totalsIn } from './totalOptions';

/** Options of every operation that changes something. */
const WRITE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Validate Only',
		name: 'validateOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to check everything and show what would be sent, without sending it',
	},
];

/*
 * What a person has to allow or forbid takes no expression, so the editor offers none, and no button
 * that lets an AI agent's model decide (read in the editors of n8n 1.123.81 and 2.41.1). n8n reads one
 * that was stored all the same as text, which is no switch, or leaves a lone $fromAI as it is.
 */

const ALLOW_TOOL_PAYMENTS: INodeProperties = {
	displayName: 'Allow Payments When Used as a Tool',
	name: 'allowToolPayments',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether an AI agent may move money with this node. It also needs "Max Payments per Execution" and "Max Total per Currency".',
};

/** Options of every operation that moves money by an amount. */
const SUM_OPTIONS: INodeProperties[] = [
	ALLOW_TOOL_PAYMENTS,
	{
		displayName: 'Max Total per Currency',
		name: 'maxTotals',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Total',
		default: {},
		description:
			'How much money one execution may move with this node. Once you name a total, currencies without one are refused. Each call of a sub-workflow is an execution of its own.',
		options: [
			{
				displayName: 'Total',
				name: 'total',
				values: totalFields('5000.00'),
			},
		],
	},
];

/** Options of an operation that decides about payments and adds to no sum. */
const NO_SUM_OPTIONS: INodeProperties[] = [
	{
		...ALLOW_TOOL_PAYMENTS,
		description:
			'Whether an AI agent may stop payments with this node. It also needs "Max Payments per Execution".',
	},
];

/** Options of every operation that decides about payments. */
const PAYMENT_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Max Payments per Execution',
		name: 'maxPayments',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'How many payments one execution may make, change or cancel with this node. 0 means no limit. Each call of a sub-workflow is an execution of its own.',
	},
	{
		displayName: 'Refuse Production in Manual Runs',
		name: 'refuseManualProduction',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether a click on "Execute" sends nothing when the credential is for production, or for a custom address that is neither this machine nor the sandbox of Imburse. Active workflows are not held back.',
	},
];

/** Options of every operation that makes something under a reference of the user's own. */
const REFERENCE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Allow Changing References',
		name: 'allowChangingReferences',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether a reference may be made from something that changes on every run, such as the time. The same data would then be paid again.',
	},
];

export function guardOptionsOf(operation: Operation): INodeProperties[] {
	const { effect, referenceFields } = operation;
	return [
		...(effect === 'reads' ? [] : WRITE_OPTIONS),
		...(effect === 'movesMoney' ? moneyOptionsOf(operation) : []),
		...(referenceFields ? [...REFERENCE_OPTIONS, ...APPROVAL_OPTIONS] : []),
	];
}

function moneyOptionsOf({ movesNoSum }: Operation): INodeProperties[] {
	return [...PAYMENT_OPTIONS, ...(movesNoSum ? NO_SUM_OPTIONS : SUM_OPTIONS)];
}

/** What the user chose in these options; the same for all items of a run. */
export interface GuardSettings {
	allowToolPayments: boolean;
	allowChangingReferences: boolean;
	refuseManualProduction: boolean;
	/** 0 for no limit. */
	maxPayments: number;
	/** Left out where the option is not set. */
	totals?: ReadonlyArray<{ amount?: unknown; currency?: unknown }>;
	approval: ApprovalSettings;
}

export function guardSettings(options: IDataObject): GuardSettings {
	return {
		allowToolPayments: options.allowToolPayments === true,
		allowChangingReferences: options.allowChangingReferences === true,
		refuseManualProduction: options.refuseManualProduction === true,
		maxPayments: Number(options.maxPayments ?? 0),
		approval: approvalSettings(options),
		...('maxTotals' in options ? { totals: totalsIn(options.maxTotals) } : {}),
	};
}
