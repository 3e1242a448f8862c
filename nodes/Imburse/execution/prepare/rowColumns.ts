import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { mapInSlices, type GiveWay } from '../../n8n/timeSlice';
import { isToolNode } from '../../n8n/toolRun';
import type { Operation, RowColumns } from '../../operation';
import type { ValidationError } from '../../validation/result';
import type { WrittenField } from '../expressions/writtenFields';

/** Which columns the rows of a run are read from; known before its items. */
export interface RunColumns {
	/** Left out where the user has chosen another form. */
	columns?: RowColumns;
	/** Why no item may be sent. */
	errors: ValidationError[];
	hints: string[];
}

/**
 * Settles once for a run which column goes where. The form holds no expression then, so that nothing
 * is evaluated for a row.
 *
 * @param fixed what the user filled in without expressions
 */
export async function readColumns(
	context: IExecuteFunctions,
	{ columnForm, effect }: Operation,
	written: readonly WrittenField[],
	fixed: IDataObject,
	giveWay: GiveWay,
): Promise<RunColumns> {
	const mode = written.find(({ path: [name] }) => name === columnForm?.mode.name);
	if (!columnForm || mode?.raw !== columnForm.mode.value) return { errors: [], hints: [] };
	if (effect === 'movesMoney' && isToolNode(context.getNode())) {
		return { errors: [toolError(mode)], hints: [] };
	}
	const expressions = written.filter((field) => isExpression(field) && field.path[0] !== 'options');
	if (expressions.length > 0) return { errors: expressions.map(expressionError), hints: [] };
	const mapped = columnForm.map(fixed, await headersOf(context, giveWay));
	if (!mapped.ok) return { errors: mapped.errors, hints: [] };
	return { columns: mapped.value, errors: [], hints: mapped.hints };
}

async function headersOf(context: IExecuteFunctions, giveWay: GiveWay): Promise<Set<string>> {
	const headers = new Set<string>();
	await mapInSlices(context.getInputData(), giveWay, ({ json }) => {
		for (const name of Object.keys(json)) headers.add(name);
	});
	return headers;
}

function isExpression({ raw }: WrittenField): boolean {
	return raw.startsWith('=');
}

function expressionError({ field }: WrittenField): ValidationError {
	return {
		field,
		reason: 'it is an expression, and a form that names columns holds none',
		fix: 'Write the name of a column, or a value that is the same for all rows. Where it takes an expression, choose Using Fields Below.',
	};
}

/** Whatever stands in a column is the model's word, the references and the payee first of all. */
function toolError({ field }: WrittenField): ValidationError {
	return {
		field,
		reason: 'an AI agent can set every column of the item, so it would choose who is paid',
		fix: "Choose Using Fields Below, and write fixed texts or take values from a node before the agent by its name, for example {{ $('Read Claim').first().json.claim }}.",
	};
}
