export type TokenKind =
	| 'name'
	| 'number'
	| 'text'
	| 'pattern'
	| 'sign'
	| 'templateStart'
	| 'templateText'
	| 'templateEnd';

/** A word of JavaScript, as it is written. */
export interface Token {
	kind: TokenKind;
	text: string;
	/** Where it begins in the code. */
	at: number;
}

const SKIPPED = /(?:\s|\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*)+/y;
/** A text that does not end is no text: its quote is a sign, and what follows it is code. */
const KINDS: ReadonlyArray<[TokenKind, RegExp]> = [
	['name', /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy],
	['number', /0[xXoObB][\da-fA-F_]+n?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?n?/y],
	['text', /'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"/y],
	['sign', /=>|\?\.(?!\d)|\.\.\.|\?\?|&&|\|\||\+\+|--|\*\*|[=!]==?|[<>]=?|[^]/y],
];
const PATTERN = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const TEMPLATE_TEXT = /(?:\\[^]|\$(?!\{)|[^`\\$])+/y;
const OPERATORS: ReadonlySet<string> = new Set(['typeof', 'in', 'instanceof', 'new']);

/**
 * The words of an expression. Comments are left out. A template is told apart into its texts and the
 * code between `${` and `}`. Where a slash begins a pattern is decided by what stands before it,
 * which is exact for expressions, and not for statements.
 */
export function tokensOf(code: string): Token[] {
	const tokens: Token[] = [];
	const open: string[] = [];
	for (let at = 0; at < code.length;) {
		const inTemplate = open[open.length - 1] === '`';
		const token = inTemplate ? templateToken(code, at) : nextToken(code, at, tokens);
		if (token === undefined) break;
		tokens.push(token);
		at = token.at + token.text.length;
		follow(open, token);
	}
	return tokens;
}

function templateToken(code: string, at: number): Token | undefined {
	if (code[at] === '`') return { kind: 'templateEnd', text: '`', at };
	if (code.startsWith('${', at)) return { kind: 'sign', text: '${', at };
	const text = match(TEMPLATE_TEXT, code, at);
	return text === undefined ? undefined : { kind: 'templateText', text, at };
}

function nextToken(code: string, from: number, before: readonly Token[]): Token | undefined {
	const at = from + (match(SKIPPED, code, from)?.length ?? 0);
	if (at === code.length) return undefined;
	if (code[at] === '`') return { kind: 'templateStart', text: '`', at };
	const pattern = mayBeginPattern(before[before.length - 1]) ? match(PATTERN, code, at) : undefined;
	if (pattern !== undefined) return { kind: 'pattern', text: pattern, at };
	for (const [kind, form] of KINDS) {
		const text = match(form, code, at);
		if (text) return { kind, text, at };
	}
	return undefined;
}

/** After a value a slash divides. */
function mayBeginPattern(before: Token | undefined): boolean {
	if (before === undefined) return true;
	if (before.kind === 'name') return OPERATORS.has(before.text);
	return before.kind === 'sign' && !')]}'.includes(before.text);
}

/** Keeps what is open: templates, and the brackets of code inside them. */
function follow(open: string[], { kind, text }: Token): void {
	if (kind === 'templateStart' || text === '{' || text === '${') open.push(text);
	if (kind === 'templateEnd' || (kind === 'sign' && text === '}')) open.pop();
}

function match(pattern: RegExp, code: string, at: number): string | undefined {
	pattern.lastIndex = at;
	return pattern.exec(code)?.[0];
}

const OPENING: ReadonlySet<string> = new Set(['(', '[', '{', '${']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}']);

/** Where what begins at a token ends: before the comma or the bracket that does not belong to it. */
export function endOfPhrase(tokens: readonly Token[], from: number): number {
	let depth = 0;
	for (let at = from; at < tokens.length; at++) {
		const { kind, text } = tokens[at]!;
		if (kind !== 'sign') continue;
		if (depth === 0 && (text === ',' || CLOSING.has(text))) return at;
		if (OPENING.has(text)) depth++;
		if (CLOSING.has(text)) depth--;
	}
	return tokens.length;
}

/** Where the list in brackets ends that begins behind an opening one: at the closing one. */
export function endOfList(tokens: readonly Token[], from: number): number {
	let at = endOfPhrase(tokens, from);
	while (tokens[at]?.text === ',') at = endOfPhrase(tokens, at + 1);
	return at;
}

/** The place of the bracket that a token stands in; below 0 where there is none. */
export function openingAround(tokens: readonly Token[], from: number): number {
	let depth = 0;
	for (let at = from - 1; at >= 0; at--) {
		const { kind, text } = tokens[at]!;
		if (kind !== 'sign') continue;
		if (CLOSING.has(text)) depth++;
		else if (OPENING.has(text) && --depth < 0) return at;
	}
	return -1;
}

/** Where what a token belongs to begins: behind a comma or the bracket around it. */
export function beginOfPhrase(tokens: readonly Token[], from: number): number {
	let begin = openingAround(tokens, from) + 1;
	for (let end = endOfPhrase(tokens, begin); end < from; end = endOfPhrase(tokens, begin)) {
		begin = end + 1;
	}
	return begin;
}

/** Those tokens of a phrase that stand in none of its brackets. */
export function ownTokens(phrase: readonly Token[]): Token[] {
	let depth = 0;
	return phrase.filter(({ kind, text }) => {
		if (kind === 'sign' && CLOSING.has(text)) depth--;
		const isOwn = depth === 0;
		if (kind === 'sign' && OPENING.has(text)) depth++;
		return isOwn;
	});
}
