import { ibanLengths } from './ibanLengths';
import {
	ANY_SEPARATORS,
	DIGIT,
	kindOf,
	LETTER,
	MOST_SEPARATORS,
	SEPARATOR,
	withoutSeparators,
} from './numberCharacters';

/** A place in a text, as `slice` has it, and what stands there without separators. */
export interface Iban {
	start: number;
	end: number;
	iban: string;
}

/** The country and the check digits. */
const HEAD = 4;
const A_LETTER = '[A-Za-z]';
const A_DIGIT = '[0-9]';
/** Two letters that are no part of a word, unless the word is IBAN, and two digits behind them. */
const BEGINNING = `(?<![A-Za-z0-9])(?:[Ii][Bb][Aa][Nn])?${spaced(A_LETTER, A_LETTER, A_DIGIT, A_DIGIT)}`;
/** Looked for by the second letter: most texts have few letters in front of digits. */
const BEGINNINGS = new RegExp(`${spaced(A_LETTER, A_DIGIT, A_DIGIT)}(?<=${BEGINNING})`, 'g');

function spaced(...patterns: string[]): string {
	return patterns.join(ANY_SEPARATORS);
}

/**
 * Finds IBANs, written with or without separators: the length that its country has (SWIFT's IBAN
 * registry), and the check digits of ISO 13616.
 */
export function findIbans(text: string): Iban[] {
	const found: Iban[] = [];
	let index = -1;
	let searched = 0;
	BEGINNINGS.lastIndex = 0;
	while (BEGINNINGS.test(text)) {
		const start = startOfHead(text, BEGINNINGS.lastIndex);
		const length = ibanLength(text, start);
		if (start < searched || length === 0) continue;
		if (index < 0) characters.read(text, start);
		index = characters.indexOf(start, index);
		const end = characters.endOfIban(index, length);
		if (end < 0) continue;
		found.push({ start, end, iban: withoutSeparators(text.slice(start, end)).toUpperCase() });
		searched = end;
	}
	return found;
}

function startOfHead(text: string, end: number): number {
	let at = end;
	for (let left = HEAD; left > 0;) {
		at--;
		if (kindOf(text.charCodeAt(at)) < SEPARATOR) left--;
	}
	return at;
}

/** How long an IBAN of the country is that stands here; 0 for a country without IBANs. */
function ibanLength(text: string, start: number): number {
	let second = start + 1;
	while (kindOf(text.charCodeAt(second)) >= SEPARATOR) second++;
	return LENGTHS[countryIndex(text.charCodeAt(start), text.charCodeAt(second))]!;
}

/** Of two letters, capital or small. */
function countryIndex(first: number, second: number): number {
	return (first % 32) * 32 + (second % 32);
}

const LENGTHS = new Uint8Array(32 * 32);
for (const [country, length] of ibanLengths) {
	LENGTHS[countryIndex(country.charCodeAt(0), country.charCodeAt(1))] = length;
}

const DIGIT_0 = 0x30;
/** What ends each IBAN. */
const END = 255;
const KEPT = 1024;

/** The letters and digits of a text without their separators, for many looks at each. */
class Characters {
	/** By ISO 13616: a digit's own, and 10 to 35 for a letter. */
	private values = new Uint8Array(KEPT);
	private places = new Int32Array(KEPT);

	read(text: string, start: number): void {
		this.makeRoom(text.length + 1);
		let separators = 0;
		let count = 0;
		for (let at = start; at < text.length; at++) {
			const code = text.charCodeAt(at);
			const kind = kindOf(code);
			separators = kind < SEPARATOR ? 0 : separators + 1;
			if (kind >= SEPARATOR && separators <= MOST_SEPARATORS) continue;
			this.values[count] = valueOf(code, kind);
			this.places[count] = at;
			count++;
		}
		this.values[count] = END;
		this.places[count] = text.length;
	}

	private makeRoom(size: number): void {
		if (size <= this.values.length) return;
		this.values = new Uint8Array(size);
		this.places = new Int32Array(size);
	}

	/** @param from an index that is not behind it */
	indexOf(place: number, from: number): number {
		let index = Math.max(from, 0);
		while (this.places[index] !== place) index++;
		return index;
	}

	/** Where the IBAN of this length ends that begins here; -1 if there is none. */
	endOfIban(index: number, length: number): number {
		const { values, places } = this;
		const behind = index + length;
		const end = places[behind - 1]! + 1;
		const goesOn = places[behind] === end && values[behind] !== END;
		if (goesOn) return -1;
		let remainder = 0;
		for (let at = index + HEAD; at < behind; at++) {
			const value = values[at]!;
			if (value === END) return -1;
			remainder = append(remainder, value);
		}
		for (let at = index; at < index + HEAD; at++) remainder = append(remainder, values[at]!);
		return remainder % 97 === 1 ? end : -1;
	}
}

function valueOf(code: number, kind: number): number {
	if (kind === DIGIT) return code - DIGIT_0;
	return kind === LETTER ? (code % 32) + 9 : END;
}

/** The number with a value behind it, modulo 97: not exactly, but so that it stays small. */
function append(number: number, value: number): number {
	const small = number < 10_000_000 ? number : number % 97;
	return value < 10 ? small * 10 + value : small * 100 + value;
}

/** One for all texts, because each is looked through in one go: it costs more to make than to use. */
const characters = new Characters();
