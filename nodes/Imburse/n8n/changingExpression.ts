import { formatValue } from '../validation/format';
import type { ValidationError } from '../validation/result';

/** n8n closes an expression at the first `}}` that no backslash stands before. */
const EXPRESSIONS = /(?<!\\)\{\{(.*?)(?:(?<!\\)\}\}|$)/gs;
/** A name that is not a property of something: `$now`, but not `$json.$now`. */
const FREE = '(?<![\\w$]|(?<!\\.\\.)\\.\\s*)';
const CHANGING = new RegExp(
	[
		`${FREE}\\$(?:now|today|execution|runIndex|from[Aa][Ii])(?![\\w$])`,
		'\\$prevNode\\s*\\??\\.\\s*runIndex',
		'(?:\\b(?:Math|crypto)\\s*\\.\\s*)?\\b\\w*(?:[Rr]andom|[Uu][Uu][Ii][Dd])\\w*(?=\\s*\\()',
		'\\b(?:Date|DateTime|performance)\\s*\\.\\s*now\\b',
		'\\bDateTime\\s*\\.\\s*(?:local|utc)\\s*\\(\\s*\\)',
		'\\bnew\\s+Date\\b(?!\\s*\\()',
		'(?:\\bnew\\s+)?\\bDate\\s*\\(\\s*\\)',
		'\\bdiff(?:To)?Now\\b',
	].join('|'),
);
const COMMENT = /\/\*.*?\*\/|\/\/[^\n]*/sy;
const TEXT = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/sy;
const PATTERN = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
/** A slash after one of these begins a pattern; after anything else it divides. */
const BEFORE_PATTERN = '(,=:[!&|?{;+';

/**
 * The part of an n8n expression that gives another value on another run, as it is written there;
 * undefined where there is none. `rawExpression` is the field's own text: n8n evaluates it when it
 * begins with `=`, and only what stands between `{{` and `}}`. Texts and comments in there do not
 * count. What an earlier node made up cannot be seen from here.
 */
export function findChangingPart(rawExpression: string): string | undefined {
	if (!rawExpression.startsWith('=')) return undefined;
	for (const [, code] of rawExpression.matchAll(EXPRESSIONS)) {
		const part = CHANGING.exec(withoutTexts(code!))?.[0];
		if (part !== undefined) return part;
	}
	return undefined;
}

/**
 * Why a reference must not be made by this expression: on a second run of the same data it would be
 * another reference, and Imburse knows a payment only by its reference (API reference 6,
 * "Idempotency"). Undefined where the expression may be used.
 */
export function validateReferenceExpression(
	rawExpression: string,
	field: string,
): ValidationError | undefined {
	const part = findChangingPart(rawExpression);
	if (part === undefined) return undefined;
	return {
		field,
		reason: `the expression contains ${formatValue(part)}, which is different on every run, so the same data would be paid again`,
		fix: 'Map a value that belongs to the payment and stays the same, for example the claim number.',
	};
}

/** The code with its texts, patterns and comments emptied; what `${...}` puts into a text stays. */
function withoutTexts(code: string): string {
	const open: string[] = [];
	let kept = '';
	for (let at = 0; at < code.length; at++) {
		const character = code[at]!;
		const inTemplate = open[open.length - 1] === '`';
		if (inTemplate && character === '\\') {
			at++;
		} else if (inTemplate && code.startsWith('${', at)) {
			open.push('{');
			kept += '{';
			at++;
		} else if (inTemplate && character === '`') {
			open.pop();
			kept += '`';
		} else if (!inTemplate) {
			const skipped = textOrComment(code, at, kept);
			if (skipped === undefined && (character === '`' || character === '{')) open.push(character);
			if (skipped === undefined && character === '}') open.pop();
			kept += skipped?.left ?? character;
			at = (skipped?.end ?? at + 1) - 1;
		}
	}
	return kept;
}

/** What begins here and holds no code, where it ends, and what is left in its place. */
function textOrComment(code: string, at: number, before: string) {
	const comment = endOf(COMMENT, code, at);
	if (comment !== undefined) return { end: comment, left: ' ' };
	const text = endOf(TEXT, code, at) ?? endOfPattern(code, at, before);
	return text === undefined ? undefined : { end: text, left: '""' };
}

function endOfPattern(code: string, at: number, before: string): number | undefined {
	if (code[at] !== '/') return undefined;
	const last = before.trimEnd().slice(-1);
	return BEFORE_PATTERN.includes(last) ? endOf(PATTERN, code, at) : undefined;
}

function endOf(kind: RegExp, code: string, at: number): number | undefined {
	kind.lastIndex = at;
	return kind.test(code) ? kind.lastIndex : undefined;
}
