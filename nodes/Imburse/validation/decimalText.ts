import { currencies } from './currencies';

/** A double keeps every decimal number of up to this many digits apart (IEEE 754, DBL_DIG). */
const EXACT_DIGITS = 15;

/**
 * The decimal text of a JavaScript number, where there is just one number it can stand for.
 * Returns undefined where digits were lost before the number came here, or where it has no plain
 * decimal text: `0.1 + 0.2`, `9007199254740993`, `1e21`, `NaN`.
 */
export function exactDecimalText(value: number): string | undefined {
	const text = String(value);
	if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
	if (Number.isInteger(value)) return Number.isSafeInteger(value) ? text : undefined;
	const significant = text.replace(/[-.]/g, '').replace(/^0+/, '');
	return significant.length <= EXACT_DIGITS ? text : undefined;
}

/**
 * A decimal text with all the decimals of its currency, as it is written in a contract: a number loses
 * the zeros at its end. What has more decimals, or a currency that is unknown, stays as it is.
 */
export function withMinorUnits(amount: string | null, currency: string | null): string | null {
	const minorUnits = currencies.get(currency ?? '')?.minorUnits ?? 0;
	if (amount === null || minorUnits === 0) return amount;
	const [whole, fraction = ''] = amount.split('.');
	return `${whole}.${fraction.padEnd(minorUnits, '0')}`;
}
