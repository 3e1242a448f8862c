import { ibanLengths } from './ibanLengths';

/** A card number or IBAN inside a text; `masked` is the only form in which it may be shown. */
export interface SensitiveNumber {
	kind: 'card number' | 'IBAN';
	start: number;
	end: number;
	masked: string;
}

/** Spaces, dots and dashes of every kind, and the invisible characters that copying brings along. */
const SEPARATOR = '[\\s.\\-\\u2010-\\u2015\\u2212\\u200b-\\u200d\\u2060]';
const ONLY_SEPARATORS = new RegExp(`^${SEPARATOR}{1,3}$`);
const ALL_SEPARATORS = new RegExp(SEPARATOR, 'g');
const IBAN_BEGIN = new RegExp(
	`(?<![a-z0-9])(?:iban)?(?=([a-z])${SEPARATOR}{0,3}([a-z])${SEPARATOR}{0,3}[0-9])`,
	'gi',
);

const CARD_MIN_DIGITS = 13;
const CARD_MAX_DIGITS = 19;

/**
 * Finds card numbers and IBANs, written with or without separators, anywhere in a text.
 *
 * A card number: 13 to 19 digits with a right check digit (ISO/IEC 7812, Luhn) that do not begin
 * with 0 or 1, which are no issuers of bank cards; so padded numbers (`0000...`) and times in
 * milliseconds (`17...`) do not count. Where it is separated, it is separated in one way throughout:
 * two dates side by side are no card number. An IBAN: the length that its country has (SWIFT's IBAN
 * registry), and the check digits of ISO 13616.
 */
export function findSensitiveNumbers(text: string): SensitiveNumber[] {
	// Most texts are too short for one, or have no digit: every field of every row comes by here.
	if (text.length < CARD_MIN_DIGITS || !/[0-9]/.test(text)) return [];
	const ibans = findIbans(text);
	const rest = ibans.reduce(
		(left, { start, end }) => left.slice(0, start) + '#'.repeat(end - start) + left.slice(end),
		text,
	);
	return [...ibans, ...findCards(rest)].sort((a, b) => a.start - b.start);
}

/** The text with every card number and IBAN replaced by a form that shows its last four digits. */
export function maskSensitiveNumbers(text: string): string {
	let shown = '';
	let at = 0;
	for (const { start, end, masked } of findSensitiveNumbers(text)) {
		shown += text.slice(at, start) + masked;
		at = end;
	}
	return shown + text.slice(at);
}

function findIbans(text: string): SensitiveNumber[] {
	const found: SensitiveNumber[] = [];
	let searched = 0;
	for (const match of text.matchAll(IBAN_BEGIN)) {
		const start = match.index + match[0].length;
		const length = ibanLengths.get(`${match[1]}${match[2]}`.toUpperCase());
		if (start < searched || length === undefined) continue;
		const written = ibanPattern(length).exec(text.slice(start, start + length * 4))?.[0];
		if (written === undefined) continue;
		const iban = written.replace(ALL_SEPARATORS, '').toUpperCase();
		if (!hasIbanCheckDigits(iban)) continue;
		searched = start + written.length;
		const masked = `${iban.slice(0, 2)}** **** **** ${iban.slice(-4)}`;
		found.push({ kind: 'IBAN', start, end: searched, masked });
	}
	return found;
}

function ibanPattern(length: number): RegExp {
	return new RegExp(`^[a-z](?:${SEPARATOR}{0,3}[a-z0-9]){${length - 1}}(?![a-z0-9])`, 'i');
}

function hasIbanCheckDigits(iban: string): boolean {
	const rearranged = iban.slice(4) + iban.slice(0, 4);
	let remainder = 0;
	for (const character of rearranged) {
		const value = parseInt(character, 36);
		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return remainder === 1;
}

/** Groups of digits can make more than one card number; what overlaps is masked as one. */
function findCards(text: string): SensitiveNumber[] {
	const groups = [...text.matchAll(/[0-9]+/g)];
	const found: SensitiveNumber[] = [];
	for (const first of groups.keys()) {
		const card = longestCardFrom(text, groups, first);
		const before = found[found.length - 1];
		if (card === undefined || (before && card.end <= before.end)) continue;
		if (before && card.start < before.end) {
			found[found.length - 1] = { ...card, start: before.start };
		} else {
			found.push(card);
		}
	}
	return found;
}

function longestCardFrom(
	text: string,
	groups: RegExpMatchArray[],
	first: number,
): SensitiveNumber | undefined {
	const start = groups[first]!.index!;
	let longest: SensitiveNumber | undefined;
	let digits = '';
	let separator: string | undefined;
	let end = start;
	for (const group of groups.slice(first, first + CARD_MAX_DIGITS)) {
		const between = text.slice(end, group.index);
		if (end > start && !continues(between, separator)) break;
		if (end > start) separator = between;
		digits += group[0];
		if (digits.length > CARD_MAX_DIGITS) break;
		end = group.index! + group[0].length;
		if (isCardNumber(digits)) {
			longest = { kind: 'card number', start, end, masked: `**** **** **** ${digits.slice(-4)}` };
		}
	}
	return longest;
}

function continues(between: string, separator: string | undefined): boolean {
	return ONLY_SEPARATORS.test(between) && (separator === undefined || separator === between);
}

function isCardNumber(digits: string): boolean {
	return digits.length >= CARD_MIN_DIGITS && /^[2-9]/.test(digits) && hasLuhnCheckDigit(digits);
}

function hasLuhnCheckDigit(digits: string): boolean {
	let sum = 0;
	for (let position = 0; position < digits.length; position++) {
		const digit = Number(digits[digits.length - 1 - position]);
		const doubled = position % 2 === 1 ? digit * 2 : digit;
		sum += doubled > 9 ? doubled - 9 : doubled;
	}
	return sum % 10 === 0;
}
