import { isInCalendar } from './calendarDate';
import { formatValue } from './format';
import { invalid, isEmpty, valid, type ValidationResult } from './result';

/** The ways of writing a day. */
export const DATE_FORMS = ['iso', 'DD/MM/YYYY', 'MM/DD/YYYY', 'DD.MM.YYYY', 'serialDay'] as const;
export type DateForm = (typeof DATE_FORMS)[number];

const DAY_FIRST = /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/;
const MONTH_FIRST = /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/;
const WITH_POINTS = /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/;
const PATTERNS: Readonly<Record<Exclude<DateForm, 'iso' | 'serialDay'>, RegExp>> = {
	'DD/MM/YYYY': DAY_FIRST,
	'MM/DD/YYYY': MONTH_FIRST,
	'DD.MM.YYYY': WITH_POINTS,
};

const DAY_MS = 24 * 60 * 60_000;
/** Day 0 of Excel, LibreOffice and Google Sheets, from March 1900 on. */
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);
/** The years 2000 to 9999: a smaller number is no day on which anything is still to be paid. */
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 2_958_465;

/**
 * A day as a file writes it, as `YYYY-MM-DD`. The form was chosen by a person, and nothing is guessed:
 * what does not fit it, or is not in the calendar, is refused. Dates that are no text (of n8n's own,
 * or of JavaScript) have no form and stay as they are.
 */
export function readWrittenDate(
	value: unknown,
	form: DateForm,
	field: string,
): ValidationResult<unknown> {
	if (form === 'iso' || isEmpty(value)) return valid(value);
	if (form === 'serialDay') return fromSerialDay(value, field);
	if (typeof value !== 'string' && typeof value !== 'number') return valid(value);
	const parts = PATTERNS[form].exec(String(value))?.groups;
	if (parts === undefined) return notWrittenSo(value, form, field);
	const [month, day] = [parts.month!, parts.day!].map((part) => part.padStart(2, '0'));
	const date = `${parts.year}-${month}-${day}`;
	return isInCalendar(date) ? valid(date) : notWrittenSo(value, form, field);
}

function fromSerialDay(value: unknown, field: string): ValidationResult<unknown> {
	if (typeof value !== 'string' && typeof value !== 'number') return valid(value);
	const serial = /^\d{5,7}$/.test(String(value)) ? Number(value) : 0;
	if (serial < FIRST_SERIAL || serial > LAST_SERIAL) return notWrittenSo(value, 'serialDay', field);
	return valid(new Date(DAY_ZERO_MS + serial * DAY_MS).toISOString().slice(0, 10));
}

function notWrittenSo(value: unknown, form: DateForm, field: string): ValidationResult<unknown> {
	const meant =
		form === 'serialDay' ? 'the whole number of a day, as spreadsheets count them' : form;
	const reason = `${formatValue(value)} is no day that is written as ${meant}`;
	return invalid({ field, reason, fix: 'Correct it in your data.' });
}
