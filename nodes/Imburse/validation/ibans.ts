import { ibanLengths } from './ibanLengths';
import { SEPARATOR, separated, withoutSeparators } from './separators';

/** A place in a text, as `slice` has it, and what stands there without separators. */
export interface Iban {
	start: number;
	end: number;
	iban: string;
}

const DIGIT_0 = 0x30;
const LETTER_A = 0x41;
const LETTER = '[A-Za-z]';
const LETTER_OR_DIGIT = '[A-Za-z0-9]';
/** Two letters that are no part of a word, unless the word is IBAN. */
const COUNTRY = `(?<!${LETTER_OR_DIGIT})(?:[Ii][Bb][Aa][Nn])?((${LETTER})${SEPARATOR}{0,3}(${LETTER})${SEPARATOR}{0,3})`;
/** The check digits behind a country. Looked for by the digit: most texts have fewer of them than letters. */
const CHECK_DIGITS = new RegExp(`[0-9](?<=${COUNTRY}[0-9])${separated('[0-9]', 1)}`, 'g');

/**
 * Finds IBANs, written with or without separators: the length that its country has (SWIFT's IBAN
 * registry), and the check digits of ISO 13616.
 */
export function findIbans(text: string): Iban[] {
	const found: Iban[] = [];
	let searched = 0;
	CHECK_DIGITS.lastIndex = 0;
	for (let match = CHECK_DIGITS.exec(text); match !== null; match = CHECK_DIGITS.exec(text)) {
		const [, written, first, second] = match;
		const start = match.index - written!.length;
		const iban = start < searched ? undefined : ibanAt(text, start, `${first}${second}`);
		if (!iban) continue;
		found.push(iban);
		searched = iban.end;
	}
	return found;
}

function ibanAt(text: string, start: number, country: string): Iban | undefined {
	const pattern = PATTERNS.get(ibanLengths.get(country.toUpperCase()) ?? 0);
	if (!pattern) return undefined;
	pattern.lastIndex = start;
	const written = pattern.exec(text)?.[0];
	if (written === undefined) return undefined;
	const iban = withoutSeparators(written).toUpperCase();
	return hasCheckDigits(iban) ? { start, end: start + written.length, iban } : undefined;
}

/** Letters and digits, by how many there are. */
const PATTERNS = new Map(
	[...new Set(ibanLengths.values())].map((length) => [length, ofLength(length)]),
);

function ofLength(length: number): RegExp {
	const rest = separated(LETTER_OR_DIGIT, length - 1);
	return new RegExp(`${LETTER}${rest}(?!${LETTER_OR_DIGIT})`, 'y');
}

function hasCheckDigits(iban: string): boolean {
	let remainder = 0;
	for (let at = 4; at < iban.length + 4; at++) {
		const code = iban.charCodeAt(at % iban.length);
		remainder =
			code < LETTER_A
				? (remainder * 10 + code - DIGIT_0) % 97
				: (remainder * 100 + code - LETTER_A + 10) % 97;
	}
	return remainder === 1;
}
