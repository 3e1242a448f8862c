import { formatValue } from './format';
import { isJsonObject } from './jsonObject';
import { invalid, valid, type ValidationResult } from './result';

/**
 * A name in double quotes, in which two of them stand for one, or anything else up to a comma; a comma
 * in `['Claim, number']`, as n8n's editor writes a name that is dragged there, does not count.
 */
const ENTRY = /\s*(?:"((?:[^"]|"")*)"\s*|(\['(?:[^'\\]|\\.)*'\]\s*|[^,]*))(,|$)/y;

/**
 * Reads names of fields: a text with commas in between, or a list that an expression gave. The spaces
 * around a name do not count. A name with a comma in it, or with a space at its end, stands in double
 * quotes: `"Claim, number", policy`.
 */
export function parseFieldNames(value: unknown, field: string): ValidationResult<string[]> {
	if (value === undefined || value === null) return valid([]);
	if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return valid(value);
	const names = typeof value === 'string' ? namesIn(value) : undefined;
	if (names !== undefined) return valid(names);
	return invalid({
		field,
		reason:
			typeof value === 'string'
				? `${formatValue(value)} has a double quote that does not end a name`
				: `${formatValue(value)} is not a text with names of fields`,
		fix: 'Separate the names with commas. Put one with a comma in it in double quotes, or let an expression give a list of texts.',
	});
}

function namesIn(text: string): string[] | undefined {
	const names: string[] = [];
	ENTRY.lastIndex = 0;
	while (ENTRY.lastIndex < text.length) {
		const [, quoted, plain = ''] = ENTRY.exec(text)!;
		if (quoted === undefined && /^\s*"/.test(plain)) return undefined;
		const name = quoted?.replaceAll('""', '"') ?? plain.trim();
		if (quoted !== undefined || name !== '') names.push(name);
	}
	return names;
}

/**
 * What a field of an item holds. A name with dots leads into objects (`claim.number`), unless there is
 * a field of just this name.
 *
 * @returns undefined where there is no such field
 */
export function itemField(item: object, name: string): { value: unknown } | undefined {
	if (Object.hasOwn(item, name)) return { value: (item as Record<string, unknown>)[name] };
	let value: unknown = item;
	for (const key of name.split('.')) {
		if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
		value = value[key];
	}
	return { value };
}

/** Whether a field has nothing in it: null, an empty text, or one of spaces. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}
