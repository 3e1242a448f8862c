import {
	characterName,
	invisibleCharacters,
	LOST_CHARACTER_FIX,
	REPLACEMENT_CHARACTER,
} from './characterName';
import { countCharacters, isLongerThan } from './characterCount';
import { fieldPath, formatText, formatValue, joinSome, joinWithAnd } from './format';
import { valid, invalid, type ValidationResult, type ValidationError } from './result';

/** Metadata as Imburse takes it: text to text (API reference 8, every sample of every generation). */
export type Metadata = Readonly<Record<string, string>>;

/** One pair before it is known whether Imburse takes it. Keys may be equal, texts may be too long. */
export type MetadataPair = readonly [key: string, value: string];

/** Documented in Imburse's introduction, section "Metadata"; counted here in code points. */
export const METADATA_MAX_KEYS = 50;
/** Documented in Imburse's introduction, section "Metadata"; counted here in code points. */
export const METADATA_MAX_KEY_LENGTH = 40;
/** Documented in Imburse's introduction, section "Metadata"; counted here in code points. */
export const METADATA_MAX_VALUE_LENGTH = 500;
/** The limit of a value that Imburse's pages state since 2023 (API reference 8). */
export const METADATA_NEWER_VALUE_LENGTH = 256;

/**
 * Checks keys, values and their number, and makes metadata of them. All pairs are checked before
 * any is merged into another, so that a key that was given twice is seen. Every key becomes a
 * property of the result itself, `__proto__` too.
 */
export function validateMetadataPairs(
	pairs: readonly MetadataPair[],
	field: string,
): ValidationResult<Metadata> {
	const errors = [
		...keyCountErrors(pairs, field),
		...keyErrors(pairs, field),
		...repeatedKeyErrors(pairs, field),
		...valueErrors(pairs, field),
	];
	if (errors.length > 0) return invalid(...errors);
	const hints: string[] = [];
	for (const [key, value] of pairs) {
		for (const hint of pairHints(key, value)) hints.push(`${fieldPath(field, key)}: ${hint}`);
	}
	return valid(Object.fromEntries(pairs), [...hints, ...longValueHints(pairs, field)]);
}

function keyCountErrors(pairs: readonly MetadataPair[], field: string): ValidationError[] {
	if (pairs.length <= METADATA_MAX_KEYS) return [];
	return [
		{
			field,
			reason: `there are ${pairs.length} keys, Imburse takes at most ${METADATA_MAX_KEYS}`,
			fix: `Remove ${pairs.length - METADATA_MAX_KEYS} of them, or join several values under one key.`,
		},
	];
}

/** The name of a pair costs more than all that is looked for, and is rarely needed. */
function keyErrors(pairs: readonly MetadataPair[], field: string): ValidationError[] {
	const errors: ValidationError[] = [];
	for (const [index, [key]] of pairs.entries()) {
		const isBlank = key.trim() === '';
		const problem = isBlank ? EMPTY_KEY : textProblem(key, KEY_TEXT);
		if (!problem) continue;
		errors.push({ field: fieldPath(field, isBlank ? String(index + 1) : key), ...problem });
	}
	return errors;
}

function valueErrors(pairs: readonly MetadataPair[], field: string): ValidationError[] {
	const errors: ValidationError[] = [];
	for (const [key, value] of pairs) {
		const problem = textProblem(value, VALUE_TEXT);
		if (problem) errors.push({ field: fieldPath(field, key), ...problem });
	}
	return errors;
}

function repeatedKeyErrors(pairs: readonly MetadataPair[], field: string): ValidationError[] {
	if (new Set(pairs.map(([key]) => key)).size === pairs.length) return [];
	const counts = new Map<string, number>();
	for (const [key] of pairs) counts.set(key, (counts.get(key) ?? 0) + 1);
	return [...counts]
		.filter(([key, count]) => count > 1 && key.trim() !== '')
		.map(([key, count]) => ({
			field: fieldPath(field, key),
			reason: `the key is there ${count} times`,
			fix: 'Keep one of them, or rename the others: Imburse would keep only one value.',
		}));
}

/** What a key or a value may be, for messages and in code points. */
interface TextRule {
	part: 'key' | 'value';
	maxLength: number;
	shorten: string;
}

const KEY_TEXT: TextRule = {
	part: 'key',
	maxLength: METADATA_MAX_KEY_LENGTH,
	shorten: 'Shorten the key.',
};
const VALUE_TEXT: TextRule = {
	part: 'value',
	maxLength: METADATA_MAX_VALUE_LENGTH,
	shorten: 'Shorten the value, or send a reference to the place that holds the whole text.',
};

type Problem = Omit<ValidationError, 'field'>;

const EMPTY_KEY: Problem = {
	reason: 'the key is empty',
	fix: 'Give the value a key, or remove the line.',
};

function textProblem(text: string, { part, maxLength, shorten }: TextRule): Problem | undefined {
	if (isLongerThan(text, maxLength)) {
		const reason = `the ${part} has ${countCharacters(text)} characters, Imburse takes at most ${maxLength}`;
		return { reason, fix: shorten };
	}
	if (text.isWellFormed()) return undefined;
	return {
		reason: `the ${part} holds one half of a character, such as an emoji that was cut in two`,
		fix: 'Remove the broken character. Cutting a text with [...text].slice() keeps characters whole.',
	};
}

/** Of the keys that one hint is about. */
const MOST_NAMED = 3;
const NOT_PLAIN = /[^\x20-\x7e]/;
/** Invisible in any text; the others of their kind belong to some scripts and emojis. */
const ZERO_WIDTH = /[\u200B\u2060\uFEFF]/;
/** One of these is in each text that `spellingHints` has something to say of; most texts have none. */
const SIGN_OF_MISSPELLING = /[\p{Cc}\u200B\u2060\uFEFF\uFFFDÃÂâ]/u;
/** UTF-8 that was read as Windows-1252: "Ã¼", "Â§", "â€“". */
const MISREAD =
	/Ã[\u0080-\u00BFŠŒŽšœžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|Â[\u00A0-\u00BF]|â€[\u0080-\u00BF\u2000-\u2122œž¦]/;

/** One for all of them: a sheet may have a long text in every cell. */
function longValueHints(pairs: readonly MetadataPair[], field: string): string[] {
	const long = pairs.filter(([, value]) => isLongerThan(value, METADATA_NEWER_VALUE_LENGTH));
	if (long.length === 0) return [];
	const where = joinSome(long, MOST_NAMED, ([key]) => formatText(key));
	return [
		`${field}: there are more than ${METADATA_NEWER_VALUE_LENGTH} characters in ${where}. Imburse's newer pages allow no more, so Imburse may refuse them.`,
	];
}

function pairHints(key: string, value: string): string[] {
	const hints = keyHints(key);
	if (value.includes('[object Object]')) {
		hints.push(
			`the value is ${formatValue(value)}, which is what becomes of an object in a text. Map one of its fields.`,
		);
	}
	if (mayBeMisspelt(key) || mayBeMisspelt(value)) hints.push(...spellingHints(key, value));
	return hints;
}

function keyHints(key: string): string[] {
	const invisible = isPlain(key) ? [] : invisibleCharacters(key).map(characterName);
	if (invisible.length > 0) {
		return [`the key holds ${joinWithAnd(invisible)}, which nobody sees, and comes back with it.`];
	}
	if (key === key.trim()) return [];
	return ['the key begins or ends with a space, and comes back with it.'];
}

/** Whether there is any sign of what `spellingHints` looks for. */
function mayBeMisspelt(text: string): boolean {
	return !isPlain(text) && SIGN_OF_MISSPELLING.test(text);
}

/** Whether there are only the letters, digits and signs of an English keyboard, on one line. */
function isPlain(text: string): boolean {
	return !NOT_PLAIN.test(text);
}

function spellingHints(key: string, value: string): string[] {
	const hints = [];
	const zeroWidth = ZERO_WIDTH.exec(value)?.[0];
	if (zeroWidth !== undefined) {
		hints.push(`the value holds ${characterName(zeroWidth)}, which nobody sees.`);
	}
	const text = key + value;
	if (/\p{Cc}/u.test(text)) {
		hints.push('holds a line break, tab or other control character.');
	}
	if (text.includes(REPLACEMENT_CHARACTER)) {
		hints.push(`holds ${characterName(REPLACEMENT_CHARACTER)}. ${LOST_CHARACTER_FIX}`);
	}
	const misread = MISREAD.exec(text)?.[0];
	if (misread !== undefined) {
		hints.push(
			`holds ${formatValue(misread)}, as if a file in UTF-8 was read in another encoding.`,
		);
	}
	return hints;
}
