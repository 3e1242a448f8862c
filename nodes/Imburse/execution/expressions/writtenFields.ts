import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { fieldPath, formatValue } from '../../validation/format';

/** A field of the form, as the user wrote it: the same for all items of a run. */
export interface WrittenField {
	name: string;
	/** Display name, with its place. */
	field: string;
	type: INodeProperties['type'];
	/** Where its value stands among the parameters. */
	path: string[];
	/** Its own text; n8n evaluates it where it begins with `=`. */
	raw: string;
}

/** Their fields stand in messages by their own names. */
const UNNAMED_COLLECTIONS: ReadonlySet<string> = new Set(['options', 'additionalFields']);

/** All fields in which the user wrote a text, however deep they stand. */
export function writtenFields(
	context: IExecuteFunctions,
	fields: readonly INodeProperties[],
): WrittenField[] {
	return fields.flatMap((property) => {
		const { name, default: fallback } = property;
		const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
		return writtenIn(property, raw, '', []);
	});
}

function writtenIn(
	property: INodeProperties,
	raw: unknown,
	parent: string,
	parents: string[],
): WrittenField[] {
	const { name, displayName, type } = property;
	const path = [...parents, name];
	const field = UNNAMED_COLLECTIONS.has(name) ? parent : fieldPath(parent, displayName);
	if (typeof raw === 'string') return [{ name, field: field || displayName, type, path, raw }];
	if (typeof raw !== 'object' || raw === null) return [];
	const values = raw as Record<string, unknown>;
	if (type === 'resourceLocator') {
		return writtenIn({ ...property, name: 'value' }, values.value, parent, path).map((written) => ({
			...written,
			name,
		}));
	}
	return (property.options ?? []).flatMap((option) => {
		if ('values' in option) {
			return writtenInRows(option.values, values[option.name], field, [...path, option.name]);
		}
		return 'type' in option ? writtenIn(option, values[option.name], field, path) : [];
	});
}

function writtenInRows(
	properties: INodeProperties[],
	rows: unknown,
	parent: string,
	path: string[],
): WrittenField[] {
	if (!Array.isArray(rows)) return [];
	return rows.flatMap((row: Record<string, unknown>, index) => {
		const place = String(index + 1);
		return properties.flatMap((property) =>
			writtenIn(property, row[property.name], fieldPath(parent, place), [...path, String(index)]),
		);
	});
}

/** Whether a field holds metadata, whose form every operation names alike. */
export function isMetadata({ path }: WrittenField): boolean {
	return path.some((name) => name.startsWith('metadata'));
}

/** The code of an expression as messages show it. */
export function showExpression(code: string): string {
	return formatValue(`{{ ${code.trim()} }}`).slice(1, -1);
}
