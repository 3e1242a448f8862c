import { currencies } from './currencies';
import { exactDecimalText } from './decimalText';
import { findWrongFormat, suggestAmount } from './amountFormat';
import { formatValue } from './format';
import { valid, invalid, isEmpty, type ValidationResult, type ValidationError } from './result';

/**
 * Imburse answers with amounts as JSON numbers (API reference 5, documented), which keep 15 digits
 * apart. A longer amount could not be compared with what Imburse holds.
 */
const AMOUNT_MAX_DIGITS = 15;

const PLAIN_DECIMAL = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
const EXAMPLE = 'Write digits with a point before the decimals, for example 1234.56.';

type Problem = Omit<ValidationError, 'field'>;

/**
 * Checks an amount of money: a decimal greater than zero (API reference 4.1 and 6,
 * `AMOUNT_OUT_OF_RANGE`, documented) with no more decimals than the currency has. It stays a text
 * from here to Imburse, with the decimals that the user wrote. A JavaScript number is taken when
 * its decimal text is exact.
 *
 * @param currency the validated code. Where it is no currency, its own field says so, and the decimals
 *   are not checked here.
 * @param written what messages show: the amount as the user's data has it, where that is not `value`
 */
export function validateAmount(
	value: unknown,
	currency: string,
	field: string,
	written?: string,
): ValidationResult<string> {
	if (isEmpty(value)) {
		return invalid({ field, reason: 'there is no value', fix: 'Map the amount from your data.' });
	}
	const text = typeof value === 'number' ? exactDecimalText(value) : value;
	if (typeof text !== 'string') return invalid({ field, ...noExactText(value) });
	const problem = findProblem(text, currency, written ?? text);
	return problem ? invalid({ field, ...problem }) : valid(text);
}

/**
 * Whether two decimals are the same amount, whatever zeros they are written with: `"210"`,
 * `"210.00"` and `210`. What is no plain decimal equals nothing.
 */
export function sameAmount(a: string | number, b: string | number): boolean {
	const left = withoutPadding(a);
	return left !== undefined && left === withoutPadding(b);
}

/** A decimal without zeros that do not count; undefined for what is no plain decimal. */
export function withoutPadding(amount: string | number): string | undefined {
	const text = String(amount);
	if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text)) return undefined;
	const [whole, decimals = ''] = text.replace('-', '').split('.');
	const kept = [whole!.replace(/^0+(?=[0-9])/, ''), withoutEndingZeros(decimals)];
	const digits = kept.filter((part) => part !== '').join('.');
	return text.startsWith('-') && digits !== '0' ? `-${digits}` : digits;
}

function withoutEndingZeros(decimals: string): string {
	let end = decimals.length;
	while (decimals[end - 1] === '0') end--;
	return decimals.slice(0, end);
}

function noExactText(value: unknown): Problem {
	if (typeof value !== 'number') {
		return { reason: `${formatValue(value)} is not an amount`, fix: EXAMPLE };
	}
	return {
		reason: `${value} is a number whose digits are not exact`,
		fix: 'Turn it into text with the decimals of the currency where it is made: with .toFixed(2) in an expression, or in double quotes in JSON.',
	};
}

function findProblem(text: string, currency: string, written: string): Problem | undefined {
	if (!PLAIN_DECIMAL.test(text)) return formatProblem(text, currency);
	if (/^[0.]+$/.test(text)) {
		return {
			reason: `${formatValue(written)} is zero`,
			fix: 'Imburse takes amounts greater than zero: leave this payment out, or correct its amount.',
		};
	}
	if (text.replace('.', '').length > AMOUNT_MAX_DIGITS) {
		return {
			reason: `${formatValue(written)} has more than ${AMOUNT_MAX_DIGITS} digits`,
			fix: 'Check the amount: no payment needs so many.',
		};
	}
	return tooManyDecimals(text, currency, written);
}

function tooManyDecimals(text: string, currency: string, written: string): Problem | undefined {
	const [whole, decimals = ''] = text.split('.');
	const allowed = currencies.get(currency)?.minorUnits ?? decimals.length;
	if (decimals.length <= allowed) return undefined;
	const reason = `${formatValue(written)} has more decimals than ${currency}, which has ${allowed === 0 ? 'none' : allowed}`;
	const isAsWritten = written === text;
	const kept = decimals.slice(0, allowed);
	if (/^0*$/.test(decimals.slice(allowed)) && !(isAsWritten && decimals.length === 3)) {
		const shorter = kept === '' ? whole! : `${whole}.${kept}`;
		return { reason, fix: isAsWritten ? `Write ${shorter}.` : 'Leave out the zeros at its end.' };
	}
	const other = isAsWritten ? ' If the point separates thousands, leave it out.' : '';
	return { reason, fix: `Round it in your data: money is never rounded.${other}` };
}

function formatProblem(text: string, currency: string): Problem {
	const wrongFormat = findWrongFormat(text);
	const suggestion = suggestAmount(text);
	const suggested =
		suggestion !== undefined &&
		PLAIN_DECIMAL.test(suggestion) &&
		findProblem(suggestion, currency, suggestion) === undefined;
	return {
		reason: `${formatValue(text)} ${wrongFormat?.reason ?? 'is not an amount'}`,
		fix: suggested ? `Write ${suggestion}.` : (wrongFormat?.fix ?? EXAMPLE),
	};
}
