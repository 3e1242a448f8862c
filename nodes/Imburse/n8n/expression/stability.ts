import {
	STABLE_FUNCTIONS,
	STABLE_METHODS,
	STABLE_ROOTS,
	STABLE_SIGNS,
	STABLE_WORDS,
} from './stableNames';
import { codesIn } from './template';
import { endOfPhrase, tokensOf, type Token } from './tokens';

/**
 * The first word of a parameter's expressions that is not known to give the same for the same
 * payment, as it is written there; undefined where there is none. What an earlier node made up
 * cannot be seen from here.
 *
 * @param roots names that may stand by themselves
 */
export function findUnstableWord(raw: string, roots = STABLE_ROOTS): string | undefined {
	for (const code of codesIn(raw)) {
		const word = findUnstableToken(tokensOf(code), roots);
		if (word !== undefined) return word;
	}
	return undefined;
}

type Roots = typeof STABLE_ROOTS;

/**
 * The same for the tokens of one expression.
 *
 * @param next where to go on from a place: there, or behind what may change
 */
export function findUnstableToken(
	tokens: readonly Token[],
	roots = STABLE_ROOTS,
	next = (at: number) => at,
): string | undefined {
	const scopes = arrowScopes(tokens);
	for (let at = next(0); at < tokens.length; at = next(at + 1)) {
		const word = unstableWordAt(tokens, at, scopes, roots);
		if (word !== undefined) return word;
	}
	return undefined;
}

/** The parameters of an arrow function, and where they count. */
interface Scope {
	names: string[];
	from: number;
	to: number;
}

const TAKES_TWO: ReadonlySet<string> = new Set(['reduce', 'sort', 'toSorted']);

/**
 * Only plain parameters are known, and of several only the first: most functions of a list give the
 * place in it as the second.
 */
function arrowScopes(tokens: readonly Token[]): Scope[] {
	return [...tokens.entries()]
		.filter(([, { text }]) => text === '=>')
		.flatMap(([arrow]) => {
			const first = tokens[arrow - 1]?.text === ')' ? openingBefore(tokens, arrow) : arrow - 1;
			const parameters = tokens.slice(first, arrow).filter(({ text }) => !'(,)'.includes(text));
			if (!parameters.every(isPlainParameter)) return [];
			const names = parameters.map(({ text }) => text);
			const known = TAKES_TWO.has(tokens[first - 2]?.text ?? '') ? 2 : 1;
			const body = {
				names: names.slice(0, known),
				from: arrow,
				to: endOfPhrase(tokens, arrow + 1),
			};
			return [{ names, from: first, to: arrow }, body];
		});
}

function isPlainParameter({ kind, text }: Token): boolean {
	return kind === 'name' && !text.startsWith('$') && !STABLE_ROOTS.has(text);
}

function openingBefore(tokens: readonly Token[], from: number): number {
	let at = from;
	while (at > 0 && tokens[at]?.text !== '(') at--;
	return at;
}

function unstableWordAt(
	tokens: readonly Token[],
	at: number,
	scopes: readonly Scope[],
	roots: Roots,
): string | undefined {
	const { kind, text } = tokens[at]!;
	const before = tokens[at - 1];
	switch (kind) {
		case 'name':
			if (isProperty(tokens, at)) return unstableProperty(tokens, at);
			return isKey(tokens, at) ? undefined : unstableName(tokens, at, scopes, roots);
		case 'templateStart':
			// Behind a value, a template is a call of it.
			return before && endsValue(before) ? before.text : undefined;
		case 'sign':
			return isStableSign(tokens, at) ? undefined : text;
		default:
			return undefined;
	}
}

function isProperty(tokens: readonly Token[], at: number): boolean {
	return ['.', '?.'].includes(tokens[at - 1]?.text ?? '');
}

function unstableProperty(tokens: readonly Token[], at: number): string | undefined {
	const { text } = tokens[at]!;
	// How many there are depends on the others.
	if (text === 'length' && tokens[at - 2]?.text !== '$json') return text;
	return tokens[at + 1]?.text === '(' && !STABLE_METHODS.has(text) ? text : undefined;
}

function isKey(tokens: readonly Token[], at: number): boolean {
	return tokens[at + 1]?.text === ':' && ['{', ','].includes(tokens[at - 1]?.text ?? '');
}

function unstableName(
	tokens: readonly Token[],
	at: number,
	scopes: readonly Scope[],
	roots: Roots,
): string | undefined {
	const { text } = tokens[at]!;
	const isCalled = tokens[at + 1]?.text === '(';
	if (STABLE_WORDS.has(text)) return undefined;
	if (STABLE_FUNCTIONS.has(text)) return undefined;
	const isDeclared = scopes.some(
		({ names, from, to }) => names.includes(text) && at >= from && at < to,
	);
	if (isDeclared) return isCalled ? text : undefined;
	if (text === 'new') return isNewDate(tokens, at) ? undefined : written(tokens, at, 4);
	if (text === 'Date' && tokens[at - 1]?.text === 'new') return undefined;
	return roots.get(text)?.test(continuation(tokens, at)) ? undefined : nameOf(tokens, at);
}

/** `new Date()` is now; of something it is that. */
function isNewDate(tokens: readonly Token[], at: number): boolean {
	const [name, opening, argument] = tokens.slice(at + 1, at + 4).map(({ text }) => text);
	return name === 'Date' && opening === '(' && argument !== ')' && argument !== '...';
}

/** What follows a name, in one spelling. */
function continuation(tokens: readonly Token[], at: number): string {
	const following = tokens.slice(at + 1, at + 11);
	return following
		.map(({ kind, text }) => (kind === 'text' ? "''" : text === '?.' ? '.' : text))
		.join('');
}

/** A name as messages show it, with what is asked of it. */
function nameOf(tokens: readonly Token[], at: number): string {
	const next = tokens[at + 1]?.text ?? '';
	if (next === '.' || next === '?.') return written(tokens, at, 3);
	if (tokens[at]!.text === '$') return written(tokens, at, 6);
	return next === '[' ? written(tokens, at, 4) : tokens[at]!.text;
}

function written(tokens: readonly Token[], at: number, count: number): string {
	const texts = tokens.slice(at, at + count).map(({ text }) => text);
	return texts.join('').replace(/^new/, 'new ');
}

/** A function is called by its name alone: what else is called can be anything. */
function isStableSign(tokens: readonly Token[], at: number): boolean {
	const { text } = tokens[at]!;
	const before = tokens[at - 1];
	if (text === '(' && before && before.kind !== 'name' && endsValue(before)) return false;
	if (text === '(' && before?.text === '?.') return false;
	if (text === '/' && before?.text === '}') return false;
	return STABLE_SIGNS.has(text) || (text === ';' && at === tokens.length - 1);
}

function endsValue({ kind, text }: Token): boolean {
	return kind === 'sign' ? ')]}'.includes(text) : !STABLE_WORDS.has(text);
}
