import { separated } from './separators';

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;
const DIGIT_2 = 0x32;

/** The first of some digits, with separators or without: where the first finds too few, so do the others. */
const FIRST_DIGIT = `[0-9](?<![0-9]${separated('[0-9]', 1)})`;
/** So many digits that a card number may be among them. */
const ENOUGH_DIGITS = new RegExp(
	`${FIRST_DIGIT}${separated('[0-9]', MIN_DIGITS - 1)}(?:${separated('[0-9]', 1)})*`,
	'g',
);

/** A place in a text, as `slice` has it. */
export interface CardNumber {
	start: number;
	end: number;
	lastDigits: string;
}

/**
 * Finds card numbers: 13 to 19 digits with a right check digit (ISO/IEC 7812, Luhn) that do not
 * begin with 0 or 1, which are no issuers of bank cards; so padded numbers (`0000...`) and times in
 * milliseconds (`17...`) do not count. Where it is separated, it is separated in one way throughout:
 * two dates side by side are no card number. What overlaps counts as one.
 *
 * Looks at each digit a few times, however many numbers it may belong to: a text of single digits
 * is all numbers that overlap.
 */
export function findCardNumbers(text: string): CardNumber[] {
	const found: CardNumber[] = [];
	ENOUGH_DIGITS.lastIndex = 0;
	for (let part = ENOUGH_DIGITS.exec(text); part !== null; part = ENOUGH_DIGITS.exec(text)) {
		addCards(found, text, placesOfDigits(part[0], part.index));
	}
	return found;
}

function placesOfDigits(part: string, offset: number): number[] {
	const places: number[] = [];
	for (let at = 0; at < part.length; at++) {
		const code = part.charCodeAt(at);
		if (code >= 0x30 && code <= 0x39) places.push(offset + at);
	}
	return places;
}

/** Cards that overlap are one card, from the first digit of the first to the last of the last. */
function addCards(found: CardNumber[], text: string, places: readonly number[]): void {
	const lastDigitFrom = longestCards(text, places);
	for (let first = 0; first < places.length; first++) {
		let last = lastDigitFrom[first]!;
		if (last === 0) continue;
		for (let next = first + 1; next <= last; next++) last = Math.max(last, lastDigitFrom[next]!);
		const lastDigits = places.slice(last - 3, last + 1).map((at) => text.charAt(at));
		found.push({ start: places[first]!, end: places[last]! + 1, lastDigits: lastDigits.join('') });
		first = last;
	}
}

/** For each digit with which of them the longest card number ends that begins there; 0 for none. */
function longestCards(text: string, places: readonly number[]): Int32Array {
	const lastDigitFrom = new Int32Array(places.length);
	const hasCheckDigit = luhnOf(text, places);
	const uniformFrom = uniformlySeparated(text, places);
	for (let first = 0; first + MIN_DIGITS <= places.length; first++) {
		if (!beginsGroup(places, first) || text.charCodeAt(places[first]!) < DIGIT_2) continue;
		const shortest = first + MIN_DIGITS - 1;
		let last = Math.min(first + MAX_DIGITS, places.length) - 1;
		while (last >= shortest && uniformFrom[last]! > first) last--;
		while (last >= shortest && !(hasCheckDigit(first, last) && endsGroup(places, last))) last--;
		if (last >= shortest) lastDigitFrom[first] = last;
	}
	return lastDigitFrom;
}

function beginsGroup(places: readonly number[], digit: number): boolean {
	return digit === 0 || places[digit - 1] !== places[digit]! - 1;
}

function endsGroup(places: readonly number[], digit: number): boolean {
	return digit === places.length - 1 || beginsGroup(places, digit + 1);
}

/** For each digit the first one from which on the groups up to it are separated in the same way. */
function uniformlySeparated(text: string, places: readonly number[]): Int32Array {
	const uniformFrom = new Int32Array(places.length);
	let groupBefore = 0;
	let separatorBefore = '';
	let from = 0;
	for (let digit = 1; digit < places.length; digit++) {
		if (beginsGroup(places, digit)) {
			const separator = text.slice(places[digit - 1]! + 1, places[digit]);
			if (separator !== separatorBefore) from = groupBefore;
			separatorBefore = separator;
			groupBefore = digit;
		}
		uniformFrom[digit] = from;
	}
	return uniformFrom;
}

/**
 * Tells of any part of the digits whether its last one is its check digit. Every second digit
 * counts double, from the last but one on; so two sums up to each place do for all parts.
 */
function luhnOf(text: string, places: readonly number[]): (first: number, last: number) => boolean {
	const even = new Int32Array(places.length + 1);
	const odd = new Int32Array(places.length + 1);
	for (let at = 0; at < places.length; at++) {
		const digit = text.charCodeAt(places[at]!) - 0x30;
		const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
		even[at + 1] = even[at]! + (at % 2 === 0 ? doubled : digit);
		odd[at + 1] = odd[at]! + (at % 2 === 0 ? digit : doubled);
	}
	return (first, last) => {
		const sums = last % 2 === 0 ? odd : even;
		return (sums[last + 1]! - sums[first]!) % 10 === 0;
	};
}
