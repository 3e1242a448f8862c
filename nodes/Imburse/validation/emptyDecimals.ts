/**
 * A whole number with empty decimals, alone or as one part among others: `5012.0`, `CLM-5012.00-1`,
 * `5012._A`. Between points it may be a version, and `1.0.0` and `1.0` are two.
 */
const EMPTY_DECIMALS = /(?<!\d|\d\.)(\d+)\.0*(?=$|[-_]|\.[A-Za-z])/g;
/** Three zeros may be the end of thousands, too: `5.000`. */
const MAYBE_THOUSANDS = /(?<![\d.])[1-9]\d{0,2}\.000(?![\d.])/;

/** The text with each whole number as a person writes it. */
export function withoutEmptyDecimals(reference: string): string {
	return reference.replace(EMPTY_DECIMALS, '$1');
}

/** Whether a number in the text may be another one, a thousand times as large. */
export function maybeThousands(reference: string): boolean {
	return MAYBE_THOUSANDS.test(reference);
}
