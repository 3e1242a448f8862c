import { STABLE_ROOTS } from './stableNames';
import {
	beginOfPhrase,
	endOfPhrase,
	openingAround,
	ownTokens,
	tokensOf,
	type Token,
} from './tokens';

/** A field that an expression reads, such as `$json.claim.number`. */
export interface FieldPath {
	/** As it is written. */
	text: string;
	/** The code of the item that it is read from: `$json` for the node's own. */
	root: string;
	keys: string[];
	/** Where it begins in the code. */
	at: number;
}

const ITEM_ROOTS: ReadonlySet<string> = new Set(['$json', '$input', '$', '$node']);

/** All fields that an expression reads by names that are written in it. */
export function fieldPathsIn(code: string): FieldPath[] {
	const tokens = tokensOf(code);
	return tokens.flatMap(({ kind, text }, at) => {
		const isProperty = ['.', '?.'].includes(tokens[at - 1]?.text ?? '');
		if (kind !== 'name' || isProperty || !ITEM_ROOTS.has(text)) return [];
		const path = fieldPathAt(code, tokens, at);
		return path === undefined ? [] : [path];
	});
}

/**
 * The other nodes that an expression reads, as it names them: `$('Read Claim')`.
 *
 * @param ways how it reads them
 */
export function nodesIn(code: string, ways: readonly string[]): string[] {
	const tokens = tokensOf(code);
	return tokens.flatMap(({ text }, at) => {
		const [name, way] = [tokens[at + 2], tokens[at + 5]?.text ?? ''];
		return text === '$' && name?.kind === 'text' && ways.includes(way) ? [`$(${name.text})`] : [];
	});
}

/** The field of an expression that reads one field and does nothing with it. */
export function soleFieldPath(code: string): FieldPath | undefined {
	const [path] = fieldPathsIn(code);
	return path?.text === code.trim() ? path : undefined;
}

/** Signs and functions by which an expression provides for a field that is not there. */
const FALLBACKS: ReadonlySet<string> = new Set(
	'?? || && ? ?. ! == === != !== typeof in $if $ifEmpty ifEmpty isEmpty isNotEmpty hasField filter compact'.split(
		' ',
	),
);

/** The fields that an expression reads and makes no provision for. */
export function neededPathsIn(code: string): FieldPath[] {
	const tokens = tokensOf(code);
	return fieldPathsIn(code).filter(({ at, text }) => {
		const from = tokens.findIndex((token) => token.at === at);
		const to = tokens.findIndex((token) => token.at >= at + text.length);
		return isCompared(tokens, to) || !isProvidedFor(tokens, from);
	});
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '===', '!=', '!==']);
const NOTHING: ReadonlySet<string> = new Set(['undefined', 'null', "''", '""']);

/** Whether a field is held against a value: one that is not there is no answer to that. */
function isCompared(tokens: readonly Token[], to: number): boolean {
	const [sign, value] = tokens.slice(to, to + 2);
	return COMPARISONS.has(sign?.text ?? '') && !NOTHING.has(value?.text ?? '');
}

/** Whether one of the phrases that a token stands in has another way beside it. */
function isProvidedFor(tokens: readonly Token[], from: number): boolean {
	for (let at = from; at >= 0; at = openingAround(tokens, at)) {
		const begin = beginOfPhrase(tokens, at);
		const own = ownTokens(tokens.slice(begin, endOfPhrase(tokens, begin)));
		if (own.some(({ kind, text }) => kind !== 'text' && FALLBACKS.has(text))) return true;
	}
	return false;
}

function fieldPathAt(code: string, tokens: readonly Token[], from: number): FieldPath | undefined {
	const first = tokens[from]!;
	const afterRoot = first.text === '$json' ? from + 1 : endOfRoot(tokens, from);
	if (afterRoot === undefined) return undefined;
	const root = code.slice(first.at, endOf(tokens[afterRoot - 1]!));
	const keys: string[] = [];
	let at = afterRoot;
	for (let step = keyAt(tokens, at); step; step = keyAt(tokens, at)) {
		if (tokens[step.end]?.text === '(') break;
		keys.push(step.key);
		at = step.end;
	}
	if (keys.length === 0) return undefined;
	const isOwn = root === '$json' || /^\$input\s*\??\.\s*item\s*\??\.\s*json$/.test(root);
	const text = code.slice(first.at, endOf(tokens[at - 1]!));
	return { text, root: isOwn ? '$json' : root, keys, at: first.at };
}

/** Behind the `json` of another item. */
function endOfRoot(tokens: readonly Token[], from: number): number | undefined {
	const shape = tokens
		.slice(from + 1, from + 11)
		.map(({ kind, text }) => (kind === 'text' ? "''" : text));
	const end = shape.indexOf('json');
	const written = shape
		.slice(0, end + 1)
		.join('')
		.replaceAll('?.', '.');
	return end > -1 && STABLE_ROOTS.get(tokens[from]!.text)?.test(written)
		? from + end + 2
		: undefined;
}

function keyAt(tokens: readonly Token[], at: number): { key: string; end: number } | undefined {
	const [first, second, third] = tokens.slice(at, at + 4);
	if (first?.text === '?.' && second?.text === '[') return keyAt(tokens, at + 1);
	if (first?.text === '[' && third?.text === ']') {
		if (second?.kind !== 'text' && second?.kind !== 'number') return undefined;
		const key =
			second.kind === 'text' ? second.text.slice(1, -1).replace(/\\([^])/g, '$1') : second.text;
		return { key, end: at + 3 };
	}
	const isProperty = first?.text === '.' || first?.text === '?.';
	return isProperty && second?.kind === 'name' ? { key: second.text, end: at + 2 } : undefined;
}

function endOf({ at, text }: Token): number {
	return at + text.length;
}

/** What a field of an item holds; undefined where it, or what it is in, is not there. */
export function valueAt(item: unknown, keys: readonly string[]): unknown {
	let value = item;
	for (const key of keys) {
		// A text has a length, as a list has.
		if (value === undefined || value === null || !Object.hasOwn(Object(value) as object, key)) {
			return undefined;
		}
		value = (value as Record<string, unknown>)[key];
	}
	return value;
}
