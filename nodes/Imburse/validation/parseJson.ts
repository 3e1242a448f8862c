import { characterName } from './characterName';
import { formatValue } from './format';
import { valid, invalid, type ValidationResult, type ValidationError } from './result';

/** Where a JSON text stops being one. Line and character count from 1. */
export interface JsonSyntaxError {
	line: number;
	column: number;
	/** What JSON allows at this place, in words. */
	expected: string;
	/** The character that stands there; undefined at the end of the text. */
	found: string | undefined;
}

/** A key that stands in its object already, with the place where it comes again. */
export interface RepeatedKey {
	key: string;
	line: number;
	column: number;
}

/** `repeated` is known where the text is JSON. */
export type JsonParseResult =
	{ repeated: RepeatedKey[]; error?: undefined } | { repeated?: undefined; error: JsonSyntaxError };

type Bracket = '{' | '[';
/** What may come next; `next` depends on the bracket that is open. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'next';

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

/** A list or object that is not closed yet; `keys` are those of an object so far. */
interface Open {
	bracket: Bracket;
	keys: Set<string>;
}

/**
 * Reads a text by the grammar of JSON (RFC 8259). `JSON.parse` finds the same texts right, but of
 * repeated keys it takes the last one in silence, and not every engine says where a mistake is.
 */
export function parseJson(text: string): JsonParseResult {
	const open: Open[] = [];
	const repeated: RepeatedKey[] = [];
	let expected: Expected = 'value';
	for (let at = endOf(SPACE, text, 0)!; ; at = endOf(SPACE, text, at)!) {
		const { bracket, keys } = open[open.length - 1] ?? {};
		const found = text[at];
		if (found === undefined && expected === 'next' && bracket === undefined) return { repeated };
		const step = nextStep(expected, bracket, text, at);
		if (step === undefined) {
			return {
				error: { ...positionOf(text, at), expected: describeExpected(expected, bracket), found },
			};
		}
		if (keys && step.expected === 'colon') {
			const key = JSON.parse(text.slice(at, step.end)) as string;
			if (keys.has(key)) repeated.push({ key, ...positionOf(text, at) });
			keys.add(key);
		}
		if (found === '{' || found === '[') open.push({ bracket: found, keys: new Set() });
		if (found === '}' || found === ']') open.pop();
		({ end: at, expected } = step);
	}
}

/** What n8n makes of an object where something stands beside its expression, if only a space. */
const JOINED_OBJECT = '[object Object]';
const OBJECT_BESIDE_TEXT = {
	reason: `an expression that gives a list or an object stands beside other text, which makes "${JOINED_OBJECT}" of it`,
	fix: 'Remove the space or line break around it, or write {{ JSON.stringify(...) }}.',
};

/**
 * Reads a field that takes JSON: a text, which is read once, or the value that an expression gave. A
 * key that comes twice in one object is refused at every level: data that closes its quotes could
 * bring a key of its own.
 *
 * @param howToWrite shows the user what belongs into the field, in sentences
 */
export function parseJsonField(
	input: unknown,
	field: string,
	howToWrite: string,
): ValidationResult<unknown> {
	if (typeof input !== 'string') return valid(input);
	const { error, repeated } = parseJson(input);
	if (error?.found === 'o' && input.includes(JOINED_OBJECT)) {
		return invalid({ field, ...OBJECT_BESIDE_TEXT });
	}
	if (error) return invalid(jsonSyntaxError(error, field, howToWrite));
	if (repeated.length > 0) return invalid(...repeated.map((one) => repeatedKeyError(one, field)));
	return valid(JSON.parse(input) as unknown);
}

function repeatedKeyError({ key, line, column }: RepeatedKey, field: string): ValidationError {
	return {
		field,
		reason: `the key ${formatValue(key)} comes again at line ${line}, character ${column}`,
		fix: 'Keep one of them: only the last one would count. If it comes from data between quotes, put the data in with JSON.stringify().',
	};
}

/** The end of the one token that may stand here and what may follow it; undefined if none does. */
function nextStep(
	expected: Expected,
	bracket: Bracket | undefined,
	text: string,
	at: number,
): { end: number; expected: Expected } | undefined {
	const found = text[at];
	const closes = found === (bracket === '{' ? '}' : ']') && bracket !== undefined;
	if (closes && ['keyOrEnd', 'valueOrEnd', 'next'].includes(expected)) {
		return { end: at + 1, expected: 'next' };
	}
	if (expected === 'colon') return found === ':' ? { end: at + 1, expected: 'value' } : undefined;
	if (expected === 'next') {
		if (found !== ',' || bracket === undefined) return undefined;
		return { end: at + 1, expected: bracket === '{' ? 'key' : 'value' };
	}
	const end = found === '"' ? endOfString(text, at) : undefined;
	if (expected === 'key' || expected === 'keyOrEnd') {
		return end === undefined ? undefined : { end, expected: 'colon' };
	}
	if (found === '{') return { end: at + 1, expected: 'keyOrEnd' };
	if (found === '[') return { end: at + 1, expected: 'valueOrEnd' };
	const endOfValue = end ?? endOf(SCALAR, text, at);
	return endOfValue === undefined ? undefined : { end: endOfValue, expected: 'next' };
}

function endOfString(text: string, start: number): number | undefined {
	for (let at = start + 1; at < text.length; at++) {
		if (text[at] === '"') return at + 1;
		if (text[at]! < ' ') return undefined;
		if (text[at] !== '\\') continue;
		const end = endOf(ESCAPE, text, at + 1);
		if (end === undefined) return undefined;
		at = end - 1;
	}
	return undefined;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : undefined;
}

function describeExpected(expected: Expected, bracket: Bracket | undefined): string {
	const end = bracket === '{' ? '"}"' : '"]"';
	const descriptions: Record<Expected, string> = {
		value: 'a value',
		valueOrEnd: `a value or ${end}`,
		key: 'a key in double quotes',
		keyOrEnd: `a key in double quotes or ${end}`,
		colon: 'a colon',
		next: bracket === undefined ? 'the end' : `a comma or ${end}`,
	};
	return descriptions[expected];
}

function positionOf(text: string, at: number): { line: number; column: number } {
	const lines = text.slice(0, at).split(/\r\n|[\r\n]/);
	return { line: lines.length, column: [...lines[lines.length - 1]!].length + 1 };
}

function jsonSyntaxError(
	{ line, column, expected, found }: JsonSyntaxError,
	field: string,
	howToWrite: string,
): ValidationError {
	const what = found === undefined ? 'the text ends' : `there is ${nameOf(found)}`;
	return {
		field,
		reason: `the JSON breaks off at line ${line}, character ${column}: ${what} where ${expected} belongs`,
		fix: jsonSyntaxFix(found, howToWrite),
	};
}

function jsonSyntaxFix(found: string | undefined, howToWrite: string): string {
	if (found !== undefined && "'‘’‚“”„«»`".includes(found)) {
		return 'Use straight double quotes (") around keys and values.';
	}
	if (found === '"') {
		return `Add what is missing before it; or, where a text begins here, end it with a double quote and take single "\\" and line breaks out of it. ${howToWrite}`;
	}
	if (found === '}' || found === ']') {
		return `Remove the comma before it, or add what is missing there. ${howToWrite}`;
	}
	return howToWrite;
}

function nameOf(character: string): string {
	return character === '"' ? 'a double quote' : characterName(character);
}
