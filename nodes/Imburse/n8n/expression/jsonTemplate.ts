import { soleFieldPath } from './fieldPaths';
import { findUnstableToken } from './stability';
import { STABLE_ROOTS } from './stableNames';
import { soleExpression, templateParts } from './template';
import { endOfList, endOfPhrase, tokensOf, type Token } from './tokens';

/** An expression in a JSON text. */
export interface JsonHole {
	code: string;
	/** Whether it stands between double quotes, where a quote in its value would end the text. */
	isQuoted: boolean;
	/** Whether its value comes out as JSON, whatever is in it. */
	isEncoded: boolean;
	/** The key that its value is given under; undefined where that is not written before it. */
	key: string | undefined;
}

/** The expressions in a parameter that is JSON with `{{ ... }}` in it. */
export function jsonHoles(raw: string): JsonHole[] {
	if (soleExpression(raw) !== undefined) return [];
	const holes: JsonHole[] = [];
	const place = new PlaceInJson();
	for (const { kind, text } of templateParts(raw)) {
		if (kind === 'text') {
			place.read(text);
		} else {
			const { isQuoted, key } = place;
			holes.push({ code: text, isQuoted, isEncoded: isEncoded(text, isQuoted), key });
			place.hasHole();
		}
	}
	return holes;
}

/** Follows the fixed part of a JSON text. */
class PlaceInJson {
	isQuoted = false;
	key: string | undefined;
	/** The text that is being read, or was read last; undefined with an expression in it. */
	private text: string | undefined;

	read(fixed: string): void {
		for (const [piece] of fixed.matchAll(/\\[^]|[^]/g)) {
			if (this.isQuoted) this.readInText(piece);
			else this.readOutside(piece);
		}
	}

	hasHole(): void {
		this.text = undefined;
	}

	private readInText(piece: string): void {
		if (piece === '"') this.isQuoted = false;
		else if (this.text !== undefined) this.text += piece;
	}

	private readOutside(piece: string): void {
		if (piece === '"') {
			this.isQuoted = true;
			this.text = '';
		} else if (piece === ':') {
			this.key = this.text === undefined ? undefined : unescaped(this.text);
		} else if (',{}[]'.includes(piece)) {
			this.key = undefined;
		}
	}
}

function unescaped(text: string): string | undefined {
	try {
		return JSON.parse(`"${text}"`) as string;
	} catch {
		return undefined;
	}
}

/** `JSON.stringify(...)` or `.toJsonString()`, and between quotes without the quotes that it makes. */
function isEncoded(code: string, isQuoted: boolean): boolean {
	const tokens = tokensOf(code);
	if (isQuoted && textOf(tokens.splice(-8)) !== '.slice(1,-1)') return false;
	if (textOf(tokens.slice(0, 4)) === 'JSON.stringify(') {
		return endOfList(tokens, 4) === tokens.length - 1;
	}
	return textOf(tokens.slice(-4)) === '.toJsonString()' && isChain(tokens.slice(0, -4));
}

function textOf(tokens: readonly Token[]): string {
	return tokens.map(({ text }) => text).join('');
}

/** Nothing but a value and what is read from it. */
function isChain(tokens: readonly Token[]): boolean {
	return tokens.every(
		({ kind, text }) => kind !== 'sign' || ['.', '?.', '[', ']', '(', ')'].includes(text),
	);
}

/** Whether one expression makes JSON out of texts, or reads it out of one, where data can go on. */
export function writesJsonText(raw: string): boolean {
	const code = soleExpression(raw);
	if (code === undefined) return false;
	const tokens = tokensOf(code);
	return tokens.some(({ kind, text }, at) => {
		if (kind === 'templateText') return text.includes('"');
		if (kind === 'text') return text.slice(1, -1).includes('"');
		return text === 'parseJson' || textOf(tokens.slice(at, at + 3)) === 'JSON.parse';
	});
}

/** Whether a text that one expression gives is neither a field's own nor written as JSON. */
export function makesJsonText(raw: string): boolean {
	const code = soleExpression(raw);
	return code !== undefined && !soleFieldPath(code) && !isEncoded(code, false);
}

/** Keys whose values may change from run to run: a payment is not known by them. */
const OTHER_KEYS: ReadonlySet<string> = new Set(['amount', 'metadata', 'settledByDate']);

/**
 * The first word in JSON that is not known to give the same for the same payment, beside what stands
 * for keys that do not name one.
 */
export function findUnstableJson(raw: string): string | undefined {
	const code = soleExpression(raw);
	if (code !== undefined) return unstableInCode(code);
	for (const { code: hole, key = '' } of jsonHoles(raw)) {
		const word = OTHER_KEYS.has(key) ? undefined : unstableInCode(hole);
		if (word !== undefined) return word;
	}
	return undefined;
}

function unstableInCode(code: string): string | undefined {
	const tokens = tokensOf(code);
	const behindOther = (at: number) => (isOtherKey(tokens, at) ? endOfPhrase(tokens, at + 2) : at);
	return findUnstableToken(tokens, STABLE_ROOTS, behindOther);
}

function isOtherKey(tokens: readonly Token[], at: number): boolean {
	const { kind, text } = tokens[at] ?? { kind: 'sign', text: '' };
	const name = kind === 'text' ? text.slice(1, -1) : text;
	const before = tokens[at - 1]?.text ?? '';
	return OTHER_KEYS.has(name) && tokens[at + 1]?.text === ':' && ['{', ','].includes(before);
}
