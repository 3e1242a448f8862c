import { formatText, formatValue } from './format';
import { valid, invalid, isEmpty, type ValidationResult, type ValidationError } from './result';

const EXAMPLE = 'Write year, month and day, for example 2026-11-30.';
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME =
	/^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/i;
const DAY_AND_MONTH = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;
/** Before Imburse, and before any open payment: a year of two digits, or an empty date. */
const EARLIEST = '2000-01-01';
/** Smaller numbers are seconds: as seconds, this one would be the year 5138. */
const FIRST_MILLISECONDS = 1e11;

type Problem = Omit<ValidationError, 'field'>;

/**
 * Reads a date as Imburse takes it, `YYYY-MM-DD` (API reference 4.1, documented), from such a text,
 * from an ISO 8601 date and time, from a JavaScript Date or from a Luxon DateTime.
 *
 * A text without an offset has the day that is written. Anything else is a moment, whose day depends
 * on where one stands: it is taken only where it is the same day in its own offset (UTC for a
 * JavaScript Date), in `timeZone` (an IANA name, the workflow's) and, for a JavaScript Date, in the
 * time zone of the process, in which `new Date(2026, 9, 2)` is made. Nobody can know which of two days
 * is meant, so no date is shifted.
 *
 * Throws a RangeError when `timeZone` is not known to the platform.
 */
export function validateCalendarDate(
	value: unknown,
	field: string,
	timeZone: string,
): ValidationResult<string> {
	if (isEmpty(value)) {
		return invalid({ field, reason: 'there is no value', fix: EXAMPLE });
	}
	const text = toIsoText(value);
	const date = DATE.test(text) ? text : DATE_TIME.exec(text)?.[1];
	if (date === undefined) return invalid({ field, ...notADate(value, text) });
	if (!isInCalendar(date)) {
		return invalid({
			field,
			reason: `${formatValue(text)} is not in the calendar`,
			fix: 'Check the day and the month.',
		});
	}
	if (date < EARLIEST) {
		return invalid({ field, reason: `${formatValue(text)} is long past`, fix: 'Check the year.' });
	}
	return sameDayIn(timeZone, value, text, field);
}

/** The ISO text of what knows one (Date, Luxon, moment); the text of a text or number; else empty. */
function toIsoText(value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value);
	if (isDate(value)) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	const luxon = value as { toISO?: unknown; setZone?: unknown };
	if (typeof luxon.toISO !== 'function' || typeof luxon.setZone !== 'function') return '';
	return String((luxon.toISO as () => unknown).call(value));
}

/** Date moves a day that does not exist into the next month; a date that stays as it is, exists. */
export function isInCalendar(date: string): boolean {
	const moment = new Date(`${date}T00:00:00Z`);
	return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date);
}

function sameDayIn(
	timeZone: string,
	value: unknown,
	text: string,
	field: string,
): ValidationResult<string> {
	const [, written, time = '', offset] = DATE_TIME.exec(text) ?? [];
	if (written === undefined) return valid(text);
	if (offset === undefined) return valid(written);
	const moment = new Date(`${written}T${time}${offset.toUpperCase()}`);
	const inWorkflow = dayOf(moment, timeZone);
	const readings = [
		`in the time zone of the workflow (${timeZone}), as ${inWorkflow}`,
		...(isDate(value) ? [`in the time zone of the n8n process, as ${localDayOf(value)}`] : []),
	].filter((reading) => !reading.endsWith(written));
	if (readings.length === 0) return valid(written);
	return invalid({
		field,
		reason: `${formatValue(text)} can be read as ${written} or, ${readings.join(', or, ')}`,
		fix: isDate(value) ? TEXT_FROM_DATE : textFix(written, inWorkflow),
	});
}

const TEXT_FROM_DATE =
	"Send the day as text: write it as '2026-11-30', or use {{ DateTime.fromJSDate(yourDate).toFormat('yyyy-MM-dd') }} and check that it is the day that you mean.";

function textFix(written: string, inWorkflow: string): string {
	return `Send the date without a time, for example {{ $json.yourField.slice(0, 10) }} for ${written}, or {{ DateTime.fromISO($json.yourField).toFormat('yyyy-MM-dd') }} for ${inWorkflow}.`;
}

/** By its tag, since an expression's objects can come from another realm. */
function isDate(value: unknown): value is Date {
	return Object.prototype.toString.call(value) === '[object Date]';
}

function localDayOf(date: Date): string {
	const [month, day] = [date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0'));
	return `${date.getFullYear()}-${month}-${day}`;
}

function dayOf(moment: Date, timeZone: string): string {
	const format = new Intl.DateTimeFormat('en', {
		timeZone,
		calendar: 'iso8601',
		numberingSystem: 'latn',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	});
	const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
	return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

function notADate(value: unknown, text: string): Problem {
	const digits = /^\d+(\.\d+)?$/.test(text) ? text : undefined;
	if (digits !== undefined) return numberProblem(digits);
	const dayAndMonth = DAY_AND_MONTH.exec(text);
	if (dayAndMonth !== null) return dayAndMonthProblem(text, dayAndMonth);
	if (text.trim() !== text) {
		return {
			reason: `${formatValue(text)} begins or ends with a space`,
			fix: 'Remove it in your data.',
		};
	}
	return { reason: `${formatValue(value)} is not a date that can be read`, fix: EXAMPLE };
}

function numberProblem(digits: string): Problem {
	const joined = /^(\d{4})(\d{2})(\d{2})$/.exec(digits)?.slice(1).join('-');
	if (joined !== undefined && isInCalendar(joined)) {
		return { reason: `${digits} has no hyphens`, fix: `Write ${joined}.` };
	}
	if (Number(digits) < 1_000_000) {
		return {
			reason: `${formatText(digits)} is a number, as spreadsheets count days`,
			fix: "Turn it into a date: {{ DateTime.fromISO('1899-12-30').plus({ days: $json.yourField }).toISODate() }} does that for Excel and Google Sheets.",
		};
	}
	return {
		reason: `${formatText(digits)} is a number, not a date`,
		fix: 'Turn it into a date: {{ DateTime.fromMillis($json.yourField).toISODate() }} does that for milliseconds, DateTime.fromSeconds for seconds.',
	};
}

function dayAndMonthProblem(text: string, found: RegExpExecArray): Problem {
	const [first, second, year] = found.slice(1).map((number) => number.padStart(2, '0'));
	const dates = [`${year}-${second}-${first}`, `${year}-${first}-${second}`];
	const possible = [...new Set(dates.filter(isInCalendar))];
	if (possible.length === 2) {
		return {
			reason: `${formatValue(text)} can be read as ${possible.join(' or as ')}`,
			fix: 'Write the year first, then month and day.',
		};
	}
	return {
		reason: `${formatValue(text)} is not written with the year first`,
		fix: possible[0] === undefined ? EXAMPLE : `Write ${possible[0]}.`,
	};
}

/**
 * A time since 1970 in milliseconds. Imburse gives both seconds and milliseconds (API reference
 * 3.4 and 4.9, documented), and nothing but the size of the number tells which.
 *
 * @param value seconds or milliseconds since 1970
 */
export function epochMilliseconds(value: number): number {
	return value < FIRST_MILLISECONDS ? value * 1000 : value;
}
