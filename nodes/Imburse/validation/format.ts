import { maskSensitiveNumbers } from './sensitiveNumbers';

const MAX_SHOWN_CHARACTERS = 40;
/** Enough to hold what is shown, however much of it masking takes away. */
const MAX_READ_CHARACTERS = 1000;
/** Characters that show as nothing, or change how the text around them shows. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A value as a message shows it: a text in double quotes, cut to 40 characters, card numbers and
 * IBANs masked, invisible characters written out; a number as it is; of the rest only its kind.
 */
export function formatValue(value: unknown): string {
	if (typeof value === 'string') return `"${formatText(value)}"`;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (value === undefined || value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	return value instanceof Date ? 'a date' : 'an object';
}

/**
 * The name of one part of a field: `Metadata > claimNumber`. The part is formatted as a value is.
 *
 * @param parent empty for a field of the form's top level
 */
export function fieldPath(parent: string, part: string): string {
	return parent === '' ? formatText(part) : `${parent} > ${formatText(part)}`;
}

/** Names joined as in a sentence: `"a", "b" and "c"`. */
export function joinWithAnd(names: readonly string[]): string {
	const last = names[names.length - 1] ?? '';
	return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** The first of some things by their names, and how many more there are: `a, b and 3 more`. */
export function joinSome<T>(all: readonly T[], most: number, name: (one: T) => string): string {
	const named = all.slice(0, most).map(name);
	const rest = all.length - named.length;
	return joinWithAnd(rest > 0 ? [...named, `${rest} more`] : named);
}

/** A text as `formatValue` shows it, without the quotes. */
export function formatText(text: string): string {
	const masked = maskSensitiveNumbers(text.slice(0, MAX_READ_CHARACTERS));
	return writeOutInvisible(shortened(masked));
}

/**
 * A text in which characters that nobody sees stand as `\n`, `\t` or `\u{200B}`: line breaks, escape
 * sequences of a terminal, marks that turn the direction of writing, zero widths.
 */
export function writeOutInvisible(text: string): string {
	return text.replace(INVISIBLE, escapeCharacter);
}

function shortened(text: string): string {
	if (text.length <= MAX_SHOWN_CHARACTERS) return text;
	const characters = [...text];
	if (characters.length <= MAX_SHOWN_CHARACTERS) return text;
	return `${characters.slice(0, MAX_SHOWN_CHARACTERS).join('')}…`;
}

function escapeCharacter(character: string): string {
	if (character === '\n') return '\\n';
	if (character === '\t') return '\\t';
	return `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`;
}

/** What a text lists with commas in between, without the spaces around it. */
export function splitList(text: string): string[] {
	return text
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}
