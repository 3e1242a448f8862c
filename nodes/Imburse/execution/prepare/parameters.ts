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

/**
 * What the user filled in for one item, by field name. An expression that cannot be worked out
 * is a reason against the item, like any other wrong value.
 */
export function readParameters(
	context: IExecuteFunctions,
	fields: INodeProperties[],
	item: number,
): ValidationResult<IDataObject> {
	const parameters: IDataObject = {};
	const errors: ValidationError[] = [];
	for (const field of fields) {
		try {
			parameters[field.name] = readParameter(context, field, item) as IDataObject[string];
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
		reason: `its expression cannot be worked out: ${reason}`,
		fix: 'Open the field and correct the expression.',
	};
}
