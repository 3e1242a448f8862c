import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	NodeParameterValueType,
} from 'n8n-workflow';

import {
	valid,
	invalid,
	type ValidationResult,
	type ValidationError,
} from '../../validation/result';
import { listedParameter, type ListedFields, type ListedValues } from './listedParameters';

/** Parameters that need not be read for the item. */
export interface KnownParameters {
	/** What is the same for all items. */
	fixed: IDataObject;
	/** What is put together from expressions that were evaluated at once. */
	listed: ListedFields;
	values: ListedValues;
}

/**
 * The fields of a form that the user sees, by what the fields say that they depend on. n8n keeps
 * nothing of the others, and cannot read all kinds of them.
 */
export function shownFields(
	context: IExecuteFunctions,
	fields: readonly INodeProperties[],
): INodeProperties[] {
	const isMet = ([name, values]: [string, unknown[] | undefined]) => {
		const fallback = fields.find((field) => field.name === name)?.default;
		const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
		return values?.includes(raw) || holdsExpression(raw);
	};
	return fields.filter(({ displayOptions }) =>
		Object.entries(displayOptions?.show ?? {}).every(isMet),
	);
}

/** The fields in which the user wrote no expression, by name: read once, for all items of a run. */
export function fixedParameters(
	context: IExecuteFunctions,
	fields: readonly INodeProperties[],
): IDataObject {
	const fixed = fields.filter(({ name, default: fallback }) => {
		const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
		return !holdsExpression(raw);
	});
	const read = readParameters(context, fixed, 0);
	return read.ok ? read.value : {};
}

const NOTHING_KNOWN: KnownParameters = {
	fixed: {},
	listed: { fields: new Map(), codes: [] },
	values: new Map(),
};

function holdsExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(holdsExpression);
}

/**
 * What the user filled in for one item, by field name. An expression that cannot be worked out
 * is a reason against the item, like any other wrong value.
 *
 * @param known what is left out of that
 */
export function readParameters(
	context: IExecuteFunctions,
	fields: INodeProperties[],
	item: number,
	{ fixed, listed, values }: KnownParameters = NOTHING_KNOWN,
): ValidationResult<IDataObject> {
	const parameters: IDataObject = { ...fixed };
	const errors: ValidationError[] = [];
	for (const field of fields.filter(({ name }) => !Object.hasOwn(fixed, name))) {
		try {
			const known = listedParameter(listed, values, field.name);
			const value = known ? known.value : readParameter(context, field, item);
			parameters[field.name] = value as IDataObject[string];
		} catch (error) {
			errors.push(notWorkedOut(field, error));
		}
	}
	return errors.length > 0 ? invalid(...errors) : valid(parameters);
}

function readParameter(
	context: IExecuteFunctions,
	field: INodeProperties,
	item: number,
): NodeParameterValueType | object {
	const options = { extractValue: field.type === 'resourceLocator' };
	return context.getNodeParameter(field.name, item, field.default, options);
}

function notWorkedOut(field: INodeProperties, error: unknown): ValidationError {
	const reason = error instanceof Error ? error.message : String(error);
	return {
		field: field.displayName,
		// A reason ends without a full stop; n8n's own sentences have one.
		reason: `its expression cannot be worked out: ${reason.replace(/\.$/, '')}`,
		fix: 'Open the field and correct the expression.',
	};
}
