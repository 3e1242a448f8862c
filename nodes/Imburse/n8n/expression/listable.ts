import { STABLE_FUNCTIONS, STABLE_METHODS, words } from './stableNames';
import { tokensOf, type Token } from './tokens';

/*
 * Which code gives the same in a list of several codes, which n8n evaluates at once, as by itself.
 * What is not here is evaluated by itself: code that makes a date or a function, that changes what it
 * reads, or that n8n rewrites before it evaluates it (read in n8n-workflow 1.120 and 2.41, `Expression`
 * and `extendSyntax`; tournament, `getExpressionCode`).
 */

/** JavaScript's own functions of texts and numbers; none is one that n8n adds to values. */
const METHODS = words(
	'charAt concat endsWith includes join padEnd padStart replace replaceAll slice split startsWith substring toFixed toLowerCase toString toUpperCase trim trimEnd trimStart',
);
const FUNCTIONS = words('Boolean Number String parseFloat parseInt');
const VALUES = words('true false null undefined');
const BEFORE_A_VALUE = words('! + -');
const BETWEEN_VALUES = words('+ - * / % < <= > >= == != === !== && || ??');

/** Whatever ends the code, hides a part of it, or is not read by JavaScript as it is written. */
const UNUSUAL = /[\\{}`\n\r\u2028\u2029]|\/\/|\/\*|<!|--|\+\+/;
const PLACE = /^(?:0|[1-9]\d{0,8})$/;
const PLAIN_NUMBER = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** How n8n finds its own functions, in texts as well (`extendSyntax`). */
const LOOKS_LIKE_A_CALL = /[.$]\w*\s*(?:\?\.)?\s*\(/;

/** Whether n8n gives the same for code that stands in brackets in a list. */
export function isListable(code: string): boolean {
	if (UNUSUAL.test(code.trim())) return false;
	const reader = new PhraseReader(tokensOf(code));
	return reader.phrase() && reader.isAtEnd();
}

const CHANGING = words('pop reverse shift sort');
const OF_DATES = words(
	'DateTime Date endOf endOfMonth fromFormat fromISO fromMillis minus now plus setLocale setZone startOf toDateTime toFormat toISO toISODate toMillis toUTC',
);
const OF_NODES = words('$ $fromAI $node all first item last');
/** Functions that are known to leave alone what they are called with. */
const HARMLESS: ReadonlySet<string> = new Set(
	[...STABLE_METHODS, ...STABLE_FUNCTIONS, ...OF_DATES, ...OF_NODES].filter(
		(name) => !CHANGING.has(name),
	),
);
const CHANGES = new Set(['=', '++', '--', 'delete']);

/**
 * Whether code leaves the items as they are. The engine of n8n 1 lets an expression change an item,
 * and what is evaluated after it reads that.
 */
export function changesNothing(code: string): boolean {
	const tokens = tokensOf(code);
	return (
		!code.includes('>>=') &&
		tokens.every(({ kind, text }, at) => {
			if (kind === 'text' || kind === 'templateText') return true;
			if (CHANGES.has(text)) return false;
			return !beginsCall(tokens, at) || isHarmless(tokens[at - 1]);
		})
	);
}

function beginsCall(tokens: readonly Token[], at: number): boolean {
	const { kind, text } = tokens[at]!;
	const before = tokens[at - 1];
	const isOpening = kind === 'templateStart' || (kind === 'sign' && text === '(');
	const endsValue =
		before && (before.kind !== 'sign' || [')', ']', '}', '?.'].includes(before.text));
	return isOpening && endsValue === true;
}

function isHarmless(called: Token | undefined): boolean {
	return called?.kind === 'name' && HARMLESS.has(called.text);
}

/** Reads the one kind of phrase that is known. Every method says whether what it names was there. */
class PhraseReader {
	private at = 0;

	constructor(private readonly tokens: readonly Token[]) {}

	isAtEnd(): boolean {
		return this.at === this.tokens.length;
	}

	/** Values with signs between them, or one of two of them after a condition. */
	phrase(): boolean {
		if (!this.operands()) return false;
		if (!this.sign('?')) return true;
		return this.phrase() && this.sign(':') && this.phrase();
	}

	private operands(): boolean {
		do {
			while (this.oneOf(BEFORE_A_VALUE));
			if (!this.value()) return false;
		} while (this.oneOf(BETWEEN_VALUES));
		return true;
	}

	private value(): boolean {
		if (!this.root()) return false;
		while (this.isNextStep()) {
			if (!this.step()) return false;
		}
		return true;
	}

	private root(): boolean {
		const { kind, text } = this.tokens[this.at] ?? { kind: 'sign', text: '' };
		this.at++;
		if (kind === 'sign') return text === '(' && this.phrase() && this.sign(')');
		if (kind === 'text') return !LOOKS_LIKE_A_CALL.test(text);
		if (kind === 'number') return PLAIN_NUMBER.test(text);
		if (kind !== 'name') return false;
		return this.item(text) || this.call(text) || VALUES.has(text);
	}

	/** The node's own item, or the one of another node that belongs to it. */
	private item(name: string): boolean {
		if (name === '$json') return true;
		if (name === '$input') return this.itemJson();
		return name === '$' && this.sign('(') && this.text() && this.sign(')') && this.itemJson();
	}

	private itemJson(): boolean {
		return this.sign('.') && this.name('item') && this.sign('.') && this.name('json');
	}

	private call(name: string): boolean {
		if (FUNCTIONS.has(name)) return this.list();
		return name === 'JSON' && this.sign('.') && this.name('stringify') && this.list();
	}

	private isNextStep(): boolean {
		return ['.', '?.', '['].includes(this.tokens[this.at]?.text ?? '');
	}

	/** A field of a value, by its name or its place, or a function of it. */
	private step(): boolean {
		const isOptional = this.sign('?.');
		if (this.sign('[')) return (this.text() || this.place()) && this.sign(']');
		if (!isOptional && !this.sign('.')) return false;
		const name = this.tokens[this.at++];
		if (name?.kind !== 'name') return false;
		const isCalled = this.tokens[this.at]?.text === '(';
		return METHODS.has(name.text) === isCalled && (!isCalled || this.list());
	}

	/** Phrases in round brackets. */
	private list(): boolean {
		if (!this.sign('(')) return false;
		if (this.sign(')')) return true;
		do {
			if (!this.phrase()) return false;
		} while (this.sign(','));
		return this.sign(')');
	}

	private sign(text: string): boolean {
		return this.next('sign', (one) => one === text);
	}

	private name(text: string): boolean {
		return this.next('name', (one) => one === text);
	}

	private text(): boolean {
		return this.next('text', (one) => !LOOKS_LIKE_A_CALL.test(one));
	}

	private place(): boolean {
		return this.next('number', (one) => PLACE.test(one));
	}

	private oneOf(known: ReadonlySet<string>): boolean {
		return this.next('sign', (one) => known.has(one));
	}

	private next(kind: Token['kind'], isMeant: (text: string) => boolean): boolean {
		const token = this.tokens[this.at];
		if (token?.kind !== kind || !isMeant(token.text)) return false;
		this.at++;
		return true;
	}
}
