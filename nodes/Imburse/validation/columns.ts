import { COLUMN_FIELDS, type ColumnField, type ColumnFieldName } from './columnNames';

/** The names of all columns of a run, to be looked up by any spelling. */
export interface Headers {
	/** In the order in which they first come. */
	all: readonly string[];
	/** By what remains of a name without letter case, spaces, "_" and "-". */
	bySpelling: ReadonlyMap<string, readonly string[]>;
}

/** The columns that a name can mean: several where they differ in their spelling alone. */
export type ColumnMatch = readonly string[];

export function indexHeaders(headers: Iterable<string>): Headers {
	const all = [...new Set(headers)];
	const bySpelling = new Map<string, string[]>();
	for (const header of all) {
		const key = withoutSpelling(header);
		const alike = bySpelling.get(key);
		if (alike) alike.push(header);
		else bySpelling.set(key, [header]);
	}
	return { all, bySpelling };
}

/**
 * The columns that a person can mean by a name. Letter case, spaces, "_" and "-" do not count. Two
 * columns that differ in nothing else are both given, even where one of them has just this name: it
 * cannot be told which of them another row or another sheet has.
 */
export function matchingColumns(name: string, { bySpelling }: Headers): ColumnMatch {
	return bySpelling.get(withoutSpelling(name)) ?? [];
}

/**
 * The columns whose names say that they hold a field, and those that differ from them in their
 * spelling alone.
 */
export function claimingColumns(field: ColumnFieldName, headers: Headers): ColumnMatch {
	const { names, isExact }: ColumnField = COLUMN_FIELDS[field];
	const spelling = isExact ? withoutLetterCase : withoutSpelling;
	const wanted = new Set(names.map(spelling));
	const claiming = headers.all.filter((header) => wanted.has(spelling(header)));
	return [...new Set(claiming.flatMap((header) => matchingColumns(header, headers)))];
}

/** `['Claim No']`, as n8n's editor writes a field that is dragged into a text with several names. */
const BRACKETS = /^\[(['"])(.*)\1\]$/s;

/** The name of a column as a person wrote it, or as n8n's editor writes one that is dragged there. */
export function columnName(text: string): string {
	const inner = BRACKETS.exec(text.trim())?.[2];
	return inner === undefined ? text : inner.replace(/\\(['"\\])/g, '$1');
}

function withoutSpelling(name: string): string {
	return withoutLetterCase(name).replace(/[\s_-]/gu, '');
}

function withoutLetterCase(name: string): string {
	return name.normalize('NFC').toLowerCase();
}
