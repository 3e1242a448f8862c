import { exactDecimalText } from './decimalText';
import { itemField } from './itemFields';
import { parseJsonField } from './parseJson';
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
	return parseMetadataPairs(pairs, field);
}

/** Metadata from pairs of a key and a value. Values become text as with `parseMetadataEntries`. */
export function parseMetadataPairs(
	pairs: ReadonlyArray<readonly [key: string, value: unknown]>,
	field: string,
): ValidationResult<Metadata> {
	return parsePairs(pairs, field, textOf, formFix);
}

/**
 * Metadata from chosen fields of the incoming item, as `itemField` finds them. Values become text as
 * with `parseMetadataEntries`.
 */
export function parseMetadataFields(
	item: object,
	fieldNames: readonly string[],
	field: string,
): ValidationResult<Metadata> {
	const pairs = fieldNames.map((name) => [name, itemField(item, name)?.value] as const);
	return parseMetadataPairs(pairs, field);
}

/**
 * Metadata from a field that takes JSON: a text, or an object that an expression gave. An empty text is
 * no metadata.
 */
export function parseMetadataJson(json: unknown, field: string): ValidationResult<Metadata> {
	const isBlank = typeof json === 'string' && json.trim() === '';
	const parsed = parseJsonField(isBlank ? '{}' : json, field, AS_JSON);
	return parsed.ok ? parseMetadataObject(parsed.value, field) : parsed;
}

/**
 * Metadata from a value of JSON. Nothing is turned into text here: JSON tells a number from a text, and
 * Imburse is only known to take text (API reference 8).
 */
export function parseMetadataObject(json: unknown, field: string): ValidationResult<Metadata> {
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
	return parsePairs(
		Object.entries(json),
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
	if (Array.isArray(value)) return 'Turn it into text, for example with .join(", ").';
	return (
		dateFix(value) ??
		'Map a field that holds a text, and check that this item has it under exactly this name.'
	);
}

function jsonFix(value: unknown): string {
	if (typeof value === 'number' || typeof value === 'boolean') {
		return `Put it in double quotes: "${value}".`;
	}
	if (value === null || value === undefined) {
		return 'Give the key a text in double quotes, or leave the key out.';
	}
	return (
		dateFix(value) ??
		'Imburse takes metadata without levels: give each part a key and a text of its own.'
	);
}

/** How a date becomes text; undefined for what is no JavaScript Date and no Luxon DateTime. */
function dateFix(value: unknown): string | undefined {
	if (Object.prototype.toString.call(value) === '[object Date]') {
		return 'Turn the date into text: add .toISOString(), or .toISOString().slice(0, 10) for the day in UTC.';
	}
	const { toISO } = (value ?? {}) as { toISO?: unknown };
	if (typeof toISO !== 'function') return undefined;
	return "Turn the date into text: add .toISO(), or .toFormat('yyyy-MM-dd') for the day alone.";
}
