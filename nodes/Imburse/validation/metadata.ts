import { exactDecimalText } from './decimalText';
import { parseJson, type JsonSyntaxError } from './parseJson';
import { validateMetadataPairs, type Metadata, type MetadataPair } from './metadataPairs';
import { fieldPath, formatValue } from './format';
import { invalid, type ValidationResult, type ValidationError } from './result';

const EXAMPLE = '{"claimNumber": "CLM-17"}';
const AS_JSON = `Write it like ${EXAMPLE}, or give the metadata as fields.`;

/**
 * Metadata from the lines of a form. A whole or short decimal number and a yes/no value become
 * their text, because a form holds nothing else; every other kind of value is refused.
 */
export function parseMetadataEntries(
	entries: ReadonlyArray<{ key?: unknown; value?: unknown }>,
	field: string,
): ValidationResult<Metadata> {
	const pairs = entries.map(({ key, value }) => [textOf(key) ?? '', value] as const);
	return parsePairs(pairs, field, textOf, formFix);
}

/** Metadata from chosen fields of the incoming item. Values become text as `readMetadataEntries` says. */
export function parseMetadataFields(
	item: object,
	fieldNames: readonly string[],
	field: string,
): ValidationResult<Metadata> {
	const own = new Map<string, unknown>(Object.entries(item));
	const pairs = fieldNames.map((name) => [name, own.get(name)] as const);
	return parsePairs(pairs, field, textOf, formFix);
}

/**
 * Metadata from JSON: a text, or an object that an expression gave. Nothing is turned into text
 * here: JSON tells a number from a text, and Imburse is only known to take text (API reference 8).
 * A key that the text repeats is refused. An empty text is no metadata.
 */
export function parseMetadataJson(json: unknown, field: string): ValidationResult<Metadata> {
	if (typeof json !== 'string') return parseObject(json, field);
	if (json.trim() === '') return validateMetadataPairs([], field);
	const read = parseJson(json);
	if (read.error) return invalid(jsonSyntaxError(read.error, field));
	return parseObject(JSON.parse(json), field, read.keys);
}

/** `keys`: the object's keys, where they are known with their repetitions. */
function parseObject(json: unknown, field: string, keys?: string[]): ValidationResult<Metadata> {
	if (json === undefined || json === null) {
		return invalid({
			field,
			reason: 'there is no value',
			fix: 'Check the expression, or write {} where there is to be no metadata.',
		});
	}
	if (!isPlainObject(json)) {
		return invalid({ field, reason: `${formatValue(json)} is not a JSON object`, fix: AS_JSON });
	}
	const pairs = (keys ?? Object.keys(json)).map((key) => [key, json[key]] as const);
	return parsePairs(
		pairs,
		field,
		(value) => (typeof value === 'string' ? value : undefined),
		jsonFix,
	);
}

/** By its tag, since an expression's objects can come from another realm; a date is no such object. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
	return Object.prototype.toString.call(value) === '[object Object]';
}

/** Refuses what `toText` gives no text for, then applies the rules that all metadata shares. */
function parsePairs(
	pairs: ReadonlyArray<readonly [string, unknown]>,
	field: string,
	toText: (value: unknown) => string | undefined,
	fixFor: (value: unknown) => string,
): ValidationResult<Metadata> {
	const notTexts: ValidationError[] = [];
	const texts = pairs.map(([key, value], index): MetadataPair => {
		const text = toText(value);
		if (text === undefined) {
			const path = fieldPath(field, key === '' ? String(index + 1) : key);
			notTexts.push({ field: path, reason: notTextReason(value), fix: fixFor(value) });
		}
		return [key, text ?? ''];
	});
	const result = validateMetadataPairs(texts, field);
	if (notTexts.length === 0) return result;
	return invalid(...notTexts, ...(result.ok ? [] : result.errors));
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	return typeof value === 'number' ? exactDecimalText(value) : undefined;
}

function notTextReason(value: unknown): string {
	if (value === undefined || value === null) return 'there is no value';
	return `${formatValue(value)} is not a text`;
}

function formFix(value: unknown): string {
	if (typeof value === 'number') {
		return 'Its digits are not exact: turn it into text where it is made, for example with .toFixed(2).';
	}
	return 'Map a field that holds a text, and check that this item has it under exactly this name.';
}

function jsonFix(value: unknown): string {
	if (typeof value === 'number' || typeof value === 'boolean') {
		return `Put it in double quotes: "${value}".`;
	}
	if (value === null || value === undefined) {
		return 'Give the key a text in double quotes, or leave the key out.';
	}
	return 'Imburse takes metadata without levels: give each part a key and a text of its own.';
}

function jsonSyntaxError(
	{ line, column, expected, found }: JsonSyntaxError,
	field: string,
): ValidationError {
	const what = found === undefined ? 'the text ends' : `there is ${nameOf(found)}`;
	return {
		field,
		reason: `the JSON breaks off at line ${line}, character ${column}: ${what} where ${expected} belongs`,
		fix: jsonSyntaxFix(found),
	};
}

function jsonSyntaxFix(found: string | undefined): string {
	if (found !== undefined && "'‘’‚“”„«»`".includes(found)) {
		return 'Use straight double quotes (") around keys and values.';
	}
	if (found === '"') {
		return `Add what is missing before it; or, where a text begins here, end it with a double quote and take single "\\" and line breaks out of it. ${AS_JSON}`;
	}
	if (found === '}' || found === ']') {
		return `Remove the comma before it, or add what is missing there. ${AS_JSON}`;
	}
	return AS_JSON;
}

function nameOf(character: string): string {
	return character === '"' ? 'a double quote' : formatValue(character);
}
