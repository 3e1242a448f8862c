import { findCardNumbers, type CardNumber } from './cardNumbers';
import { findIbans, type Iban } from './ibans';

/** A card number or IBAN inside a text; `masked` is the only form in which it may be shown. */
export interface SensitiveNumber {
	kind: 'card number' | 'IBAN';
	start: number;
	end: number;
	masked: string;
}

/** The digits of the shortest card number; from its first digit on, an IBAN has as many characters. */
const SHORTEST = 13;

/** Finds card numbers and IBANs, written with or without separators, anywhere in a text. */
export function findSensitiveNumbers(text: string): SensitiveNumber[] {
	// Most texts have no digit, or too little behind the first: every field of every row comes by here.
	const firstDigit = text.length < SHORTEST ? -1 : text.search(/[0-9]/);
	if (firstDigit < 0 || text.length - firstDigit < SHORTEST) return [];
	const ibans = findIbans(text);
	const cards = findCardNumbers(ibans.length === 0 ? text : withoutIbans(text, ibans));
	if (ibans.length === 0 && cards.length === 0) return [];
	return [...ibans.map(ofIban), ...cards.map(ofCard)].sort((a, b) => a.start - b.start);
}

/** The same text, with no digit where an IBAN stands. */
function withoutIbans(text: string, ibans: readonly Iban[]): string {
	let rest = '';
	for (const { start, end } of ibans) {
		rest += text.slice(rest.length, start) + '#'.repeat(end - start);
	}
	return rest + text.slice(rest.length);
}

function ofIban({ start, end, iban }: Iban): SensitiveNumber {
	return { kind: 'IBAN', start, end, masked: `${iban.slice(0, 2)}** **** **** ${iban.slice(-4)}` };
}

function ofCard({ start, end, lastDigits }: CardNumber): SensitiveNumber {
	return { kind: 'card number', start, end, masked: `**** **** **** ${lastDigits}` };
}

/** A number in the words of a message: `an IBAN (DE** **** **** 3000)`. */
export function describeNumber({ kind, masked }: SensitiveNumber): string {
	return `${kind === 'IBAN' ? 'an' : 'a'} ${kind} (${masked})`;
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
