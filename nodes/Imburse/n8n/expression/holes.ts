import { isBlank } from '../../validation/itemFields';
import { fieldPathsIn, neededPathsIn, soleFieldPath, valueAt, type FieldPath } from './fieldPaths';
import { codesIn, soleExpression } from './template';

/** How the expressions of a parameter are looked into for one item. */
export interface ItemLookup {
	/** The node's own item. */
	item: unknown;
	/** The value of code as n8n works it out for this item. */
	evaluate(code: string): unknown;
}

/** An expression that gives nothing. */
export interface Hole {
	/** The code, or the part of it, as it is written. */
	code: string;
	/** The field that is not there or empty, where it is known. */
	path?: FieldPath;
}

/** The expressions of one parameter, read once for all items. */
export interface Template {
	/** Whether it is one expression and no text, so that n8n gives its value as it is. */
	isSole: boolean;
	expressions: Expression[];
}

interface Expression {
	code: string;
	/** Set where it reads one field and does nothing with it. */
	field: FieldPath | undefined;
	/** What it reads and makes no provision for. */
	needed: FieldPath[];
	all: FieldPath[];
}

/** @param raw as n8n keeps it, beginning with `=` */
export function readTemplate(raw: string): Template {
	return {
		isSole: soleExpression(raw) !== undefined,
		expressions: codesIn(raw).map((code) => ({
			code: code.trim(),
			field: soleFieldPath(code),
			needed: neededPathsIn(code),
			all: fieldPathsIn(code),
		})),
	};
}

/**
 * The first expression of a template that gives nothing for an item, or that is made of a field that
 * gives nothing: n8n and JavaScript write an empty text or a word such as "undefined" there. An
 * expression that stands alone may give an empty text or null, as an empty cell does.
 *
 * @param value what n8n has made of the whole
 */
export function findHole(
	{ isSole, expressions }: Template,
	value: unknown,
	lookup: ItemLookup,
): Hole | undefined {
	for (const expression of expressions) {
		const hole = isSole ? holeInSole(expression, value, lookup) : holeInPart(expression, lookup);
		if (hole) return hole;
	}
	return undefined;
}

function holeInSole(
	{ code, field, needed, all }: Expression,
	value: unknown,
	lookup: ItemLookup,
): Hole | undefined {
	if (field) return value === undefined ? { code, path: field } : undefined;
	const isMissing = isNothing(value) ? (one: unknown) => one === undefined : isNothing;
	const path = needed.find((one) => isMissing(read(one, lookup)));
	if (path) return { code: path.text, path };
	if (value !== undefined) return undefined;
	// Of a cell that is there and empty, nothing may come.
	const isEmptyCell = all.length > 0 && all.every((one) => read(one, lookup) !== undefined);
	return isEmptyCell ? undefined : { code };
}

/** The first field that is not there at all, and that no provision was made for. */
export function findMissing({ expressions }: Template, lookup: ItemLookup): Hole | undefined {
	const paths = expressions.flatMap(({ needed }) => needed);
	const path = paths.find((one) => read(one, lookup) === undefined);
	return path && { code: path.text, path };
}

/** Where a reference is made of nothing that the data holds. */
export function findNoData({ expressions }: Template, lookup: ItemLookup): Hole | undefined {
	const [first, ...others] = expressions.flatMap(({ all }) => all);
	if (!first || ![first, ...others].every((one) => isNothing(read(one, lookup)))) return undefined;
	return { code: first.text, path: first };
}

function holeInPart({ code, field, needed }: Expression, lookup: ItemLookup): Hole | undefined {
	const path = needed.find((one) => isNothing(read(one, lookup)));
	if (path) return { code: path.text, path };
	return !field && isNothing(lookup.evaluate(code)) ? { code } : undefined;
}

function read({ root, text, keys }: FieldPath, { item, evaluate }: ItemLookup): unknown {
	return root === '$json' ? valueAt(item, keys) : evaluate(text);
}

/** A list is nothing where it is empty or a part of it is nothing: n8n writes it without a word. */
function isNothing(value: unknown): boolean {
	if (Array.isArray(value)) return value.length === 0 || value.some(isNothing);
	return isBlank(value) || Number.isNaN(value);
}

/** The names that stand where the first missing part of a path was looked for. */
export function namesBeside({ root, keys }: FieldPath, { item, evaluate }: ItemLookup) {
	let holder: unknown = root === '$json' ? item : evaluate(root);
	for (const key of keys) {
		const names = typeof holder === 'object' && holder !== null ? Object.keys(holder) : [];
		if (!names.includes(key)) return { missing: key, names };
		holder = valueAt(holder, [key]);
	}
	return undefined;
}
