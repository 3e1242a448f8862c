import { SEPARATOR } from './separators';

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;

/** A place in a text, as `slice` has it. */
export interface CardNumber {
	start: number;
	end: number;
	lastDigits: string;
}

/** So many digits that a card number may be among them, with separators or without. */
const ENOUGH_DIGITS = new RegExp(`[0-9](?:${SEPARATOR}{0,3}[0-9]){${MIN_DIGITS - 1},}`, 'g');

/** Digits in a row. */
interface Group {
	start: number;
	end: number;
	/** Places among all digits. */
	firstDigit: number;
	digitsEnd: number;
	/** The same for groups with the same separator after each of them. */
	chain: number;
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
	for (const { 0: part, index } of text.matchAll(ENOUGH_DIGITS)) {
		const groups = groupsOf(part, index);
		const digits = groups.map(({ start, end }) => text.slice(start, end)).join('');
		const hasCheckDigit = luhnOf(digits);
		let enough = 0;
		for (const first of groups) {
			while (enough < groups.length && digitsFrom(first, groups[enough]!) < MIN_DIGITS) enough++;
			if (digits.charAt(first.firstDigit) < '2') continue;
			const last = lastGroupOfCard(groups, first, enough, hasCheckDigit);
			if (last !== undefined) addCard(found, cardBetween(first, last, digits));
		}
	}
	return found;
}

/** The groups of a part that holds nothing but digits and separators. */
function groupsOf(part: string, offset: number): Group[] {
	const groups: Group[] = [];
	let firstDigit = 0;
	let chain = 0;
	let separator = '';
	for (let start = 0; start < part.length;) {
		let end = start;
		while (isDigitAt(part, end)) end++;
		let next = end;
		while (next < part.length && !isDigitAt(part, next)) next++;
		const digitsEnd = firstDigit + end - start;
		if (part.slice(end, next) !== separator) chain++;
		groups.push({ start: offset + start, end: offset + end, firstDigit, digitsEnd, chain });
		separator = part.slice(end, next);
		firstDigit = digitsEnd;
		start = next;
	}
	return groups;
}

function isDigitAt(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return code >= 0x30 && code <= 0x39;
}

function digitsFrom(first: Group, last: Group): number {
	return last.digitsEnd - first.firstDigit;
}

/**
 * With which group the longest card number ends that begins with the group `first`.
 *
 * @param enough the place of the first group with which there are enough digits
 */
function lastGroupOfCard(
	groups: readonly Group[],
	first: Group,
	enough: number,
	hasCheckDigit: (start: number, end: number) => boolean,
): Group | undefined {
	let longest: Group | undefined;
	for (let at = enough; at < groups.length; at++) {
		const last = groups[at]!;
		if (digitsFrom(first, last) > MAX_DIGITS) break;
		if (last !== first && groups[at - 1]!.chain !== first.chain) break;
		if (hasCheckDigit(first.firstDigit, last.digitsEnd)) longest = last;
	}
	return longest;
}

/**
 * Tells of any part of the digits whether its last one is its check digit. Every second digit
 * counts double, from the last but one on; so two sums up to each place do for all parts.
 */
function luhnOf(digits: string): (start: number, end: number) => boolean {
	const even = new Int32Array(digits.length + 1);
	const odd = new Int32Array(digits.length + 1);
	for (let at = 0; at < digits.length; at++) {
		const digit = digits.charCodeAt(at) - 0x30;
		const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
		even[at + 1] = even[at]! + (at % 2 === 0 ? doubled : digit);
		odd[at + 1] = odd[at]! + (at % 2 === 0 ? digit : doubled);
	}
	return (start, end) => {
		const sums = end % 2 === 0 ? even : odd;
		return (sums[end]! - sums[start]!) % 10 === 0;
	};
}

function cardBetween(first: Group, last: Group, digits: string): CardNumber {
	const lastDigits = digits.slice(last.digitsEnd - 4, last.digitsEnd);
	return { start: first.start, end: last.end, lastDigits };
}

function addCard(found: CardNumber[], card: CardNumber): void {
	const before = found[found.length - 1];
	if (before && card.end <= before.end) return;
	if (before && card.start < before.end) {
		found[found.length - 1] = { ...card, start: before.start };
	} else {
		found.push(card);
	}
}
