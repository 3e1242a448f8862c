import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { soleFieldPath, valueAt } from '../../n8n/expression/fieldPaths';
import { changesNothing, isListable } from '../../n8n/expression/listable';
import { codesIn, templateParts, type TemplatePart } from '../../n8n/expression/template';

/** The fields of a form whose expressions n8n evaluates at once for an item; the same for all items. */
export interface ListedFields {
	fields: ReadonlyMap<string, ListedField>;
	/** Without spaces around them, each once. */
	codes: readonly string[];
	/** Which field of the item each code reads, where all of them do that and nothing else. */
	paths?: ReadonlyArray<readonly string[]>;
}

interface ListedField {
	/** As the user wrote it. */
	raw: unknown;
	codes: string[];
	/** Of each text with an expression in it. */
	templates: ReadonlyMap<string, TemplatePart[]>;
}

/** What expressions give for one item, by their codes: only texts, numbers, true, false and nothing. */
export type ListedValues = ReadonlyMap<string, Primitive>;
type Primitive = string | number | boolean | null | undefined;

const NO_FIELDS: ListedFields = { fields: new Map(), codes: [] };
const NO_VALUES: ListedValues = new Map();

/**
 * Finds the fields whose every expression gives the same in a list as by itself. n8n takes nearly as
 * long for one expression as for ten in a list, so it is worth it from two on. There are none where
 * another field may change what they read.
 *
 * @param fixed the parameters without expressions
 */
export function listedFields(
	context: IExecuteFunctions,
	properties: readonly INodeProperties[],
	fixed: IDataObject,
): ListedFields {
	const fields = new Map<string, ListedField>();
	for (const { name, type, default: fallback } of properties) {
		if (Object.hasOwn(fixed, name)) continue;
		const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
		// Of a resource locator n8n takes the value out, by the rule of its mode.
		const field = type === 'resourceLocator' ? undefined : listedField(raw);
		if (field) fields.set(name, field);
		else if (!expressionsIn(raw).every(leavesItems)) return NO_FIELDS;
	}
	const codes = [...new Set([...fields.values()].flatMap((field) => field.codes))];
	return codes.length > 1 ? withPaths(context, { fields, codes }) : NO_FIELDS;
}

/** Below that, finding out whether fields can be read takes longer than it saves. */
const FEWEST_ITEMS = 4;

/**
 * Where all codes read fields of the item, these can be read without n8n: it has to give the same for
 * the first and the last item of the run, or it is asked for every item.
 */
function withPaths(context: IExecuteFunctions, listed: ListedFields): ListedFields {
	const paths = listed.codes.map(soleFieldPath);
	const last = context.getInputData().length - 1;
	if (last + 1 < FEWEST_ITEMS) return listed;
	const keys = paths.flatMap((path) => (path?.root === '$json' ? [path.keys] : []));
	if (keys.length < paths.length) return listed;
	const isSame = [0, last].every((item) => {
		const list = evaluateList(context, listed.codes, item);
		const read = readPaths(context, keys, item);
		return Array.isArray(list) && read.every((value, place) => Object.is(value, list[place]));
	});
	return isSame ? { ...listed, paths: keys } : listed;
}

function readPaths(
	context: IExecuteFunctions,
	paths: ReadonlyArray<readonly string[]>,
	item: number,
): unknown[] {
	const json = context.getInputData()[item]?.json;
	return paths.map((keys) => valueAt(json, keys));
}

function listedField(raw: unknown): ListedField | undefined {
	const texts = expressionsIn(raw);
	if (!texts.every(isPlainTemplate)) return undefined;
	const codes = texts.flatMap(codesIn).map((code) => code.trim());
	if (!codes.every(isListable)) return undefined;
	return { raw, codes, templates: new Map(texts.map((text) => [text, templateParts(text)])) };
}

function expressionsIn(raw: unknown): string[] {
	if (typeof raw === 'string') return raw.startsWith('=') ? [raw] : [];
	return typeof raw === 'object' && raw !== null ? Object.values(raw).flatMap(expressionsIn) : [];
}

/** Whether no backslash changes what n8n reads, and each expression is closed. */
function isPlainTemplate(raw: string): boolean {
	const written = templateParts(raw).map(({ kind, text }) =>
		kind === 'code' ? `{{${text}}}` : text,
	);
	return !raw.includes('\\') && raw === `=${written.join('')}`;
}

/** Whether the others may be evaluated before it. */
function leavesItems(raw: string): boolean {
	return !/\\(?:\{\{|\}\})/.test(raw) && codesIn(raw).every(changesNothing);
}

/**
 * What the listed expressions give for an item. Where one of them fails, n8n gives nothing for all of
 * them, and there are no values; what gives something with parts, such as a date, is left out.
 */
export function evaluateListed(
	context: IExecuteFunctions,
	{ codes, paths }: ListedFields,
	item: number,
): ListedValues {
	if (codes.length === 0) return NO_VALUES;
	const read = paths ? readPaths(context, paths, item) : [];
	// What is not there, or has parts, n8n may give in its own way.
	const isRead = paths && read.every((value) => value !== undefined && isPrimitive(value));
	const list = isRead ? read : evaluateList(context, codes, item);
	if (!Array.isArray(list) || list.length !== codes.length) return NO_VALUES;
	const values = codes.map((code, place): [string, unknown] => [code, list[place]]);
	return new Map(values.filter((entry): entry is [string, Primitive] => isPrimitive(entry[1])));
}

/** @returns nothing where n8n refuses one of them: it says why when that is evaluated by itself */
function evaluateList(context: IExecuteFunctions, codes: readonly string[], item: number): unknown {
	try {
		return context.evaluateExpression(
			`{{ [${codes.map((code) => `(${code})`).join(', ')}] }}`,
			item,
		);
	} catch {
		return undefined;
	}
}

function isPrimitive(value: unknown): value is Primitive {
	return (
		value === null ||
		value === undefined ||
		typeof value === 'string' ||
		typeof value === 'number' ||
		typeof value === 'boolean'
	);
}

/**
 * A field as n8n would give it.
 *
 * @returns nothing where it has to be read by itself
 */
export function listedParameter(
	{ fields }: ListedFields,
	values: ListedValues,
	name: string,
): { value: unknown } | undefined {
	const field = fields.get(name);
	if (!field?.codes.every((code) => values.has(code))) return undefined;
	return { value: fillIn(field.raw, field, values) };
}

function fillIn(raw: unknown, field: ListedField, values: ListedValues): unknown {
	if (typeof raw === 'string') return fillInText(raw, field, values);
	if (typeof raw !== 'object' || raw === null) return raw;
	if (Array.isArray(raw)) return raw.map((entry) => fillIn(entry, field, values));
	return Object.fromEntries(
		Object.entries(raw).map(([key, value]) => [key, fillIn(value, field, values)]),
	);
}

/** One expression gives its value; among texts, n8n writes nothing for what is empty. */
function fillInText(raw: string, { templates }: ListedField, values: ListedValues): Primitive {
	const parts = templates.get(raw);
	if (!parts) return raw;
	const [first, ...others] = parts;
	if (first?.kind === 'code' && others.length === 0) return values.get(first.text.trim());
	const written = parts.map(({ kind, text }) =>
		kind === 'code' ? textOf(values.get(text.trim())) : text,
	);
	return written.join('');
}

function textOf(value: Primitive): string {
	return value === undefined || value === null || Number.isNaN(value) ? '' : String(value);
}
