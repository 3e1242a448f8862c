import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../operation';
import { validateReferenceExpression } from '../../n8n/changingExpression';
import type { ValidationError } from '../../validation/result';
import { valuesInJsonTemplate } from '../../n8n/jsonTemplate';

/**
 * The references whose expression gives another value on every run. What the user wrote is the
 * same for all items, so it is looked at once.
 */
export function changingReferences(
	context: IExecuteFunctions,
	{ fields, referenceFields = {} }: Operation,
): ValidationError[] {
	return fields.flatMap(({ name, default: fallback }) => {
		const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
		return writtenFor(raw, name, Object.keys(referenceFields)).flatMap(([field, expression]) => {
			const error = validateReferenceExpression(expression, referenceFields[field] ?? field);
			return error ? [error] : [];
		});
	});
}

/** Every text that was written for one of the wanted fields, however deep it stands. */
function writtenFor(raw: unknown, name: string, wanted: string[]): Array<[string, string]> {
	if (typeof raw === 'string') {
		return wanted.includes(name) ? [[name, raw]] : inJson(raw, wanted);
	}
	if (typeof raw !== 'object' || raw === null) return [];
	return Object.entries(raw as IDataObject).flatMap(([inner, value]) =>
		writtenFor(value, Array.isArray(raw) ? name : inner, wanted),
	);
}

/** In JSON with expressions in it, what stands behind the name of a wanted field. */
function inJson(text: string, wanted: string[]): Array<[string, string]> {
	if (!text.startsWith('=')) return [];
	return wanted.flatMap((field) =>
		valuesInJsonTemplate(text, field).map((value): [string, string] => [field, value]),
	);
}
