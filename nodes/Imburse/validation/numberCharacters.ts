/**
 * What a character is to a search for card numbers and IBANs. OTHER ends every number. Each separator
 * has a kind of its own: SEPARATOR or above.
 */
export const OTHER = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const SEPARATOR = 3;
/** No kind is as high. */
export const KINDS = 128;

/** Between two digits or letters of one number. */
export const MOST_SEPARATORS = 3;

/**
 * What people put between the groups of a long number, from and to: spaces, dots and dashes of every
 * kind, and the invisible characters that copying brings along: hyphens that show only at a line's end,
 * joiners, and marks of direction (Unicode: general category Cf) and of an emoji's look.
 */
const SEPARATORS: ReadonlyArray<readonly [from: number, to: number]> = [
	[0x09, 0x0d],
	[0x20, 0x20],
	[0x2d, 0x2e],
	[0xa0, 0xa0],
	[0xad, 0xad],
	[0x061c, 0x061c],
	[0x1680, 0x1680],
	[0x180e, 0x180e],
	[0x2000, 0x2015],
	[0x2028, 0x202f],
	[0x2043, 0x2043],
	[0x205f, 0x2069],
	[0x2212, 0x2212],
	[0x3000, 0x3000],
	[0xfe0e, 0xfe0f],
	[0xfe58, 0xfe58],
	[0xfe63, 0xfe63],
	[0xfeff, 0xfeff],
	[0xff0d, 0xff0d],
];

/** By UTF-16 code unit. */
const KIND_OF = new Uint8Array(0x10000);
KIND_OF.fill(DIGIT, 0x30, 0x3a);
KIND_OF.fill(LETTER, 0x41, 0x5b);
KIND_OF.fill(LETTER, 0x61, 0x7b);
let separatorKind = SEPARATOR;
for (const [from, to] of SEPARATORS) {
	for (let code = from; code <= to; code++) KIND_OF[code] = separatorKind++;
}

/** @param code a UTF-16 code unit, as `charCodeAt` gives it for a place inside a text */
export function kindOf(code: number): number {
	return KIND_OF[code]!;
}

/** A separator, as a pattern. */
const ONE_SEPARATOR = `[${SEPARATORS.flatMap(([from, to]) => [escaped(from), '-', escaped(to)]).join('')}]`;
/** As many separators as one number may have in one place, as a pattern. */
export const ANY_SEPARATORS = `${ONE_SEPARATOR}{0,${MOST_SEPARATORS}}`;

function escaped(code: number): string {
	return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A text without separators. */
export function withoutSeparators(text: string): string {
	return text.replace(ALL_SEPARATORS, '');
}

const ALL_SEPARATORS = new RegExp(ONE_SEPARATOR, 'g');
