import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { fieldPath } from '../../validation/format';
import { allIn, valid, type ValidationResult } from '../../validation/result';
import type { InstructionRequest, NewInstructionContext } from '../shared/instructionRequest';
import { parseInstructionsJson } from './instructionsJson';
import { ADDITIONAL_FIELDS, parsePayment, PAYMENT_FIELDS } from '../shared/paymentFields';

/** A text of its own: the lint rule for descriptions would turn n8n's `$json` into "$JSON". */
const JSON_INSTRUCTIONS =
	'A JSON list of instructions with Imburse\'s own names: instructionRef, customerRef, direction, amount, currency, country, schemeId, financialInstrumentId, settledByDate, metadata. An expression between quotes lets data change the payment: write "customerRef": {{ JSON.stringify($json.customer) }} instead, without quotes around it.';

/** The instructions of an order: as fields, as many as wanted, or as JSON. */
export const INSTRUCTIONS_FIELDS: INodeProperties[] = [
	{
		displayName: 'Specify Instructions',
		name: 'instructionsInputMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
	},
	{
		displayName: 'Instructions',
		name: 'instructions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Instruction',
		default: {},
		displayOptions: { show: { instructionsInputMode: ['fields'] } },
		description:
			'The payments of this order. An order may be made without any; they can be added later.',
		options: [
			{
				displayName: 'Instruction',
				name: 'instruction',
				values: [...PAYMENT_FIELDS, ADDITIONAL_FIELDS],
			},
		],
	},
	{
		displayName: 'Instructions (JSON)',
		name: 'instructionsJson',
		type: 'json',
		default: '[]',
		displayOptions: { show: { instructionsInputMode: ['json'] } },
		description: JSON_INSTRUCTIONS,
	},
];

/** Only for who has made sure of the data: its values are still looked at for what JSON reads. */
export const QUOTED_EXPRESSIONS: INodeProperties = {
	displayName: 'Allow Expressions Between Quotes',
	name: 'allowQuotedExpressions',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether "Instructions (JSON)" may hold expressions between quotes. A value with a quote, a backslash or a line break is still refused.',
};

/** API reference 4.1, "Create order": expected by a public test suite; 101 were not refused in 2020. */
const MOST_INSTRUCTIONS = 100;

/** The instructions that the user filled in, in whichever way. */
export function parseInstructions(
	parameters: IDataObject,
	context: NewInstructionContext,
): ValidationResult<InstructionRequest[]> {
	const instructions = parseAll(parameters, context);
	if (!instructions.ok || instructions.value.length <= MOST_INSTRUCTIONS) return instructions;
	const hint = `Instructions: there are ${instructions.value.length} in one order, and Imburse is said to take ${MOST_INSTRUCTIONS} at most. If it refuses them, add the others with Instruction > Create.`;
	return valid(instructions.value, [...instructions.hints, hint]);
}

function parseAll(
	parameters: IDataObject,
	context: NewInstructionContext,
): ValidationResult<InstructionRequest[]> {
	if (parameters.instructionsInputMode === 'json') {
		return parseInstructionsJson(parameters, context);
	}
	const { instruction } = (parameters.instructions ?? {}) as { instruction?: IDataObject[] };
	return allIn(
		(instruction ?? []).map((row, index) =>
			parsePayment(row, fieldPath('Instructions', String(index + 1)), context, parameters),
		),
	);
}
