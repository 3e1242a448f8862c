import { findWrongSurroundings } from './amountFormat';
import { currencies } from './currencies';
import { exactDecimalText } from './decimalText';
import { formatValue } from './format';
import { invalid, isEmpty, valid, type ValidationResult } from './result';

/** The ways of writing an amount, each named by how it writes the same one. */
export const AMOUNT_FORMS = [
	'1234.56',
	'1,234.56',
	'1.234,56',
	'1 234,56',
	"1'234.56",
	'minorUnits',
] as const;
export type AmountForm = (typeof AMOUNT_FORMS)[number];

interface Separators {
	/** Between groups of three digits. */
	thousands: RegExp;
	decimals: '.' | ',';
	/** The whole amount. */
	amount: RegExp;
}

/** The second apostrophe is what Swiss spreadsheets write; the spaces are those of French ones. */
const SEPARATORS: Readonly<Record<Exclude<AmountForm, '1234.56' | 'minorUnits'>, Separators>> = {
	'1,234.56': separators(',', '.'),
	'1.234,56': separators('\\.', ','),
	'1 234,56': separators('[ \\u00a0\\u2009\\u202f]', ','),
	"1'234.56": separators("['’]", '.'),
};

/** @param thousands as a pattern */
function separators(thousands: string, decimals: Separators['decimals']): Separators {
	const grouped = `[1-9]\\d{0,2}(?:(${thousands})\\d{3}(?:\\1\\d{3})*)?`;
	return {
		thousands: new RegExp(thousands, 'g'),
		decimals,
		amount: new RegExp(`^(?:${grouped}|0|[1-9]\\d*)(?:\\${decimals}\\d+)?$`),
	};
}

/** Longer texts are no amounts, and are not looked into. */
const MAX_LENGTH = 40;

/**
 * An amount as a file writes it, in the form that Imburse takes: digits, with a point before the
 * decimals. The form was chosen by a person, and nothing is guessed: what does not fit it strictly
 * (one sign before the decimals, the same sign between all groups of three digits or between none) is
 * refused. A number of a spreadsheet or of JSON has no form, and stays as it is, but for minor units.
 * What the amount is worth, and whether Imburse takes it, is checked after that.
 *
 * @param currency the validated code, which says how many decimals minor units have; empty for none
 */
export function readWrittenAmount(
	value: unknown,
	form: AmountForm,
	currency: string,
	field: string,
): ValidationResult<unknown> {
	if (form === '1234.56' || isEmpty(value)) return valid(value);
	if (form === 'minorUnits') return fromMinorUnits(value, currency, field);
	if (typeof value !== 'string') return valid(value);
	const { amount, thousands, decimals } = SEPARATORS[form];
	if (value.length > MAX_LENGTH || !amount.test(value)) return notWrittenSo(value, form, field);
	return valid(value.replace(thousands, '').replace(decimals, '.'));
}

function fromMinorUnits(
	value: unknown,
	currency: string,
	field: string,
): ValidationResult<unknown> {
	const minorUnits = currencies.get(currency)?.minorUnits;
	if (minorUnits === undefined) return noMinorUnits(value, field);
	const text = typeof value === 'number' ? exactDecimalText(value) : value;
	if (typeof text !== 'string' || text.length > MAX_LENGTH || !/^(?:0|[1-9]\d*)$/.test(text)) {
		return notWrittenSo(value, 'minorUnits', field);
	}
	if (minorUnits === 0) return valid(text);
	const padded = text.padStart(minorUnits + 1, '0');
	return valid(`${padded.slice(0, -minorUnits)}.${padded.slice(-minorUnits)}`);
}

function notWrittenSo(value: unknown, form: AmountForm, field: string): ValidationResult<unknown> {
	const around = typeof value === 'string' ? findWrongSurroundings(value) : undefined;
	const meant = form === 'minorUnits' ? 'a whole number of minor units, such as cents' : form;
	const reason = `${formatValue(value)} ${around?.reason ?? `is not written as ${meant}`}`;
	const fix = around?.fix ?? (around ? 'Write the digits alone.' : 'Correct it in your data.');
	return invalid({ field, reason, fix });
}

/** Without its currency, 1480 may be 14.80 or 1480 or 1.480. */
function noMinorUnits(value: unknown, field: string): ValidationResult<unknown> {
	return invalid({
		field,
		reason: `${formatValue(value)} is in minor units, and without a currency nobody knows how many decimals these are`,
		fix: 'Give the currency beside the amount.',
	});
}
