import { DIGIT, kindOf, KINDS, MOST_SEPARATORS, SEPARATOR } from './numberCharacters';

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;
const DIGIT_0 = 0x30;
const DIGIT_2 = 0x32;

/** A place in a text, as `slice` has it. */
interface Place {
	start: number;
	end: number;
}

export interface CardNumber extends Place {
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
	const found: Place[] = [];
	for (let at = findRun(text, 0); at >= 0; at = findRun(text, at)) at = addCards(found, text, at);
	return found.map(({ start, end }) => ({ start, end, lastDigits: lastDigits(text, end) }));
}

/**
 * Where the next digits and separators begin that are enough for a card number; -1 for nowhere. Looks
 * from the end of so many characters backwards, and so passes over most characters of most texts.
 */
function findRun(text: string, from: number): number {
	let start = from;
	for (let last = start + MIN_DIGITS - 1; last < text.length; last = start + MIN_DIGITS - 1) {
		let at = last;
		while (at >= start && kindOf(text.charCodeAt(at)) >= DIGIT) at--;
		if (at < start) return start;
		start = at + 1;
	}
	return -1;
}

/** Adds the card numbers among the digits and separators that begin here, and says where these end. */
function addCards(found: Place[], text: string, start: number): number {
	digits.clear();
	let separators = 0;
	let separator = 0;
	let at = start;
	while (at < text.length) {
		const kind = kindOf(text.charCodeAt(at));
		if (kind === DIGIT) {
			at = digits.addGroup(text, at, separator);
			addCard(found, digits.startOfLongestCard(), at);
			separators = 0;
			separator = 0;
			continue;
		}
		if (kind < SEPARATOR) return at;
		separators++;
		if (separators > MOST_SEPARATORS) digits.clear();
		else separator = separator * KINDS + kind;
		at++;
	}
	return at;
}

/** Cards that overlap are one card, from the first digit of the first to the last of the last. */
function addCard(found: Place[], start: number, end: number): void {
	if (start < 0) return;
	const last = found[found.length - 1];
	if (!last || last.end <= start) {
		found.push({ start, end });
	} else if (last.start <= start) {
		last.end = end;
	} else {
		found.pop();
		addCard(found, start, end);
	}
}

function lastDigits(text: string, end: number): string {
	let last = '';
	for (let at = end - 1; last.length < 4; at--) {
		if (kindOf(text.charCodeAt(at)) === DIGIT) last = text.charAt(at) + last;
	}
	return last;
}

/** At least as many groups as the longest card number can have; a power of two. */
const REMEMBERED = 32;

/**
 * The digits that follow each other, group by group: a card number begins with a group's first digit
 * and ends with a group's last one.
 *
 * Luhn's sum counts every second digit double, from the last but one on. Here it is the sum of all
 * digits so far, modulo 10; that of a part is the difference of two.
 */
class DigitGroups {
	/** Of the digits so far. */
	private count = 0;
	private sum = 0;
	/** As if one digit more had followed: the latest one counts double. */
	private sumBeforeNext = 0;
	/** The digit from which on all groups are separated in the same way. */
	private uniformFrom = 0;
	private latestGroup = 0;
	private latestSeparator = 0;
	/** Groups with which a card number may begin, the latest ones: the place, and what was so far. */
	private readonly places = new Int32Array(REMEMBERED);
	private readonly counts = new Int32Array(REMEMBERED);
	private readonly sums = new Int32Array(REMEMBERED);
	private readonly sumsBeforeNext = new Int32Array(REMEMBERED);
	private oldest = 0;
	private next = 0;

	clear(): void {
		this.count = 0;
		this.sum = 0;
		this.sumBeforeNext = 0;
		this.uniformFrom = 0;
		this.latestGroup = 0;
		this.latestSeparator = 0;
		this.oldest = 0;
		this.next = 0;
	}

	/**
	 * Adds the digits that begin here, and says where they end.
	 *
	 * @param separator a number that stands for the characters in front of them
	 */
	addGroup(text: string, start: number, separator: number): number {
		this.beginGroup(separator);
		if (text.charCodeAt(start) >= DIGIT_2) this.remember(start);
		let { sum, sumBeforeNext } = this;
		let at = start;
		for (; at < text.length; at++) {
			const digit = text.charCodeAt(at) - DIGIT_0;
			if (digit < 0 || digit > 9) break;
			const sumBefore = sum;
			sum = sumBeforeNext + digit;
			sumBeforeNext = sumBefore + (digit > 4 ? digit * 2 - 9 : digit * 2);
		}
		this.count += at - start;
		this.sum = sum % 10;
		this.sumBeforeNext = sumBeforeNext % 10;
		return at;
	}

	private beginGroup(separator: number): void {
		if (separator !== this.latestSeparator) this.uniformFrom = this.latestGroup;
		this.latestSeparator = separator;
		this.latestGroup = this.count;
	}

	private remember(place: number): void {
		const index = this.next % REMEMBERED;
		this.places[index] = place;
		this.counts[index] = this.count;
		this.sums[index] = this.sum;
		this.sumsBeforeNext[index] = this.sumBeforeNext;
		this.next++;
	}

	/** Where the longest card number begins that ends with the latest group; -1 if there is none. */
	startOfLongestCard(): number {
		const { counts, count, sum } = this;
		const from = Math.max(this.uniformFrom, count - MAX_DIGITS);
		while (this.oldest < this.next && counts[this.oldest % REMEMBERED]! < from) this.oldest++;
		for (let group = this.oldest; group < this.next; group++) {
			const index = group % REMEMBERED;
			const length = count - counts[index]!;
			if (length < MIN_DIGITS) return -1;
			const before = length % 2 === 0 ? this.sums : this.sumsBeforeNext;
			if (before[index] === sum) return this.places[index]!;
		}
		return -1;
	}
}

/** One for all texts, because each is looked through in one go: it costs more to make than to use. */
const digits = new DigitGroups();
