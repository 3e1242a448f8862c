import { ibanLengths } from './ibanLengths';
import { SEPARATOR, withoutSeparators } from './separators';

/** A place in a text, as `slice` has it, and what stands there without separators. */
export interface Iban {
	start: number;
	end: number;
	iban: string;
}

/** What may stand before it: no part of a word, but the word IBAN. */
const BEFORE = '(?<![A-Za-z0-9])([Ii][Bb][Aa][Nn])?';
/** Two letters and two check digits. */
const BEGIN = new RegExp(
	BEFORE + ['([A-Za-z])', '([A-Za-z])', '[0-9]', '[0-9]'].join(`${SEPARATOR}{0,3}`),
	'g',
);
/** The word, and two letters with three separators behind each. */
const MOST_BEFORE_DIGITS = 12;

/**
 * Finds IBANs, written with or without separators: the length that its country has (SWIFT's IBAN
 * registry), and the check digits of ISO 13616.
 */
export function findIbans(text: string): Iban[] {
	const found: Iban[] = [];
	const firstDigit = text.search(/[0-9]/);
	BEGIN.lastIndex = firstDigit < 0 ? text.length : Math.max(0, firstDigit - MOST_BEFORE_DIGITS);
	for (let match = BEGIN.exec(text); match !== null; match = BEGIN.exec(text)) {
		const start = match.index + (match[1]?.length ?? 0);
		const iban = ibanAt(text, start, `${match[2]}${match[3]}`.toUpperCase());
		if (iban) found.push(iban);
		BEGIN.lastIndex = iban ? iban.end : match.index + 1;
	}
	return found;
}

function ibanAt(text: string, start: number, country: string): Iban | undefined {
	const pattern = PATTERNS.get(ibanLengths.get(country) ?? 0);
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
	return new RegExp(`[a-z](?:${SEPARATOR}{0,3}[a-z0-9]){${length - 1}}(?![a-z0-9])`, 'iy');
}

function hasCheckDigits(iban: string): boolean {
	const rearranged = iban.slice(4) + iban.slice(0, 4);
	let remainder = 0;
	for (const character of rearranged) {
		const value = parseInt(character, 36);
		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return remainder === 1;
}
