import { findUnstableToken, findUnstableWord } from './stability';
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

/** Whether one expression makes JSON out of texts, in which data can end a text and go on. */
export function writesJsonText(raw: string): boolean {
	const code = soleExpression(raw);
	if (code === undefined) return false;
	return tokensOf(code).some(({ kind, text }) =>
		kind === 'templateText'
			? text.includes('"')
			: kind === 'text' && text.slice(1, -1).includes('"'),
	);
}

/**
 * The first word for one of these keys that is not known to give the same for the same payment.
 * Where it is not written which expression a key has, all of them count.
 */
export function findUnstableValue(
	raw: string,
	keys: readonly string[],
): { key: string; word: string } | undefined {
	const code = soleExpression(raw);
	if (code !== undefined) return unstableInCode(code, keys);
	for (const { code: hole, key = keys[0]! } of jsonHoles(raw)) {
		const word = keys.includes(key) ? findUnstableWord(`={{${hole}}}`) : undefined;
		if (word !== undefined) return { key, word };
	}
	return undefined;
}

function unstableInCode(code: string, keys: readonly string[]) {
	const tokens = tokensOf(code);
	const values = tokens.flatMap((token, at) => {
		const key = tokens[at + 1]?.text === ':' ? keys.find((key) => isKey(token, key)) : undefined;
		return key === undefined ? [] : [{ key, from: at + 2, to: endOfPhrase(tokens, at + 2) }];
	});
	const all = values.length > 0 ? values : [{ key: keys[0]!, from: 0, to: tokens.length }];
	for (const { key, from, to } of all) {
		const word = findUnstableToken(tokens, from, to);
		if (word !== undefined) return { key, word };
	}
	return undefined;
}

function isKey({ kind, text }: Token, key: string): boolean {
	return kind === 'name' ? text === key : kind === 'text' && text.slice(1, -1) === key;
}
