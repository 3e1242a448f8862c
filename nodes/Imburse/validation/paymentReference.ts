import { formatValue } from './format';
import { missingValueReason } from './missingValue';
import { isDocument, validateReference, type ReferenceKind } from './reference';
import { referenceHints } from './referenceHints';
import { invalid, valid, type ValidationError, type ValidationResult } from './result';

type Problem = Omit<ValidationError, 'field'>;

/** A whole number as a spreadsheet or a data frame writes it once it takes a column for decimals. */
const WITH_EMPTY_DECIMALS = /^([+-]?\d+)[.,]0*$/;
/** Three zeros may be empty decimals or the end of thousands: nobody can say which number it is. */
const MAYBE_THOUSANDS = /^[+-]?[1-9]\d{0,2}[.,]000$/;
/** A point, a sign or an exponent of two digits: what a person writes as an ID has none of them. */
const SCIENTIFIC = /^[+-]?(?:\d+[.,]\d+e[+-]?\d{1,3}|\d+e[+-]\d{1,3}|\de\d\d)$/i;

/** What somebody writes where a customer has no number; an order or instruction may be the 0th. */
const NO_CUSTOMER = /^(?:false|true|unknown|unbekannt|tb[acd]|0+(?:[.,]0*)?)$/i;
/** A separator with nothing before or after it. */
const EMPTY_PART = /^[-_.]|[-_.](?=[-_.]|$)/;

const AS_TEXT = 'format the column as text where the data comes from';

/**
 * Checks a reference that makes or directs a payment: by Imburse's own rules, and by what tells a
 * value of a person from an accident on its way here. What is only read goes by Imburse's rules
 * alone, because it may be there under any of these texts.
 */
export function validatePaymentReference(
	value: unknown,
	field: string,
	kind: ReferenceKind,
): ValidationResult<string> {
	if (typeof value === 'string' && isDocument(value)) return validateReference(value, field, kind);
	const accident =
		(kind === 'customer' ? placeholderProblem(value) : undefined) ??
		(typeof value === 'string' ? accidentIn(value.trim()) : undefined);
	if (accident) return invalid({ field, ...accident });
	const checked = validateReference(value, field, kind);
	const problem = checked.ok ? emptyPartProblem(checked.value) : undefined;
	return problem ? invalid({ field, ...problem }) : checked;
}

/**
 * The same for a reference that a create makes, with a hint where it looks as if it were made anew
 * on each run.
 *
 * @param executionId the number of this run, where there is one
 */
export function validateNewReference(
	value: unknown,
	field: string,
	kind: ReferenceKind,
	executionId?: string,
): ValidationResult<string> {
	const checked = validatePaymentReference(value, field, kind);
	if (!checked.ok) return checked;
	const hints = referenceHints(checked.value, executionId).map((hint) => `${field}: ${hint}`);
	return valid(checked.value, hints);
}

function accidentIn(text: string): Problem | undefined {
	const reason = missingValueReason(text);
	if (reason === undefined) return numberProblem(text);
	return {
		reason: `${formatValue(text)} ${reason}`,
		fix: 'Correct it where the data comes from, or leave the row out. Check the names of the fields in the expression, too.',
	};
}

function placeholderProblem(value: unknown): Problem | undefined {
	if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined;
	if (!NO_CUSTOMER.test(String(value).trim())) return undefined;
	return {
		reason: `${formatValue(value)} stands for a customer whose reference is not known`,
		fix: 'Map the customer number, or leave the row out: all who have this reference would be one customer.',
	};
}

function emptyPartProblem(text: string): Problem | undefined {
	const mark = EMPTY_PART.exec(text)?.[0];
	if (mark === undefined) return undefined;
	return {
		reason: `${formatValue(text)} has nothing before or after "${mark}": a part of it is empty`,
		fix: 'Check the names of the fields in the expression, fill the part in your data, or leave the row out.',
	};
}

function numberProblem(text: string): Problem | undefined {
	const whole = WITH_EMPTY_DECIMALS.exec(text)?.[1];
	if (whole !== undefined && MAYBE_THOUSANDS.test(text)) {
		return {
			reason: `${formatValue(text)} may be the number ${whole} or ${whole}000`,
			fix: `Write the one that is meant, without a point or comma: ${AS_TEXT}.`,
		};
	}
	if (whole !== undefined) {
		return {
			reason: `${formatValue(text)} is the number ${whole} in another spelling, so the same data could be paid under both`,
			fix: `Write ${whole} without a point at the end, or ${AS_TEXT}.`,
		};
	}
	if (!SCIENTIFIC.test(text)) return undefined;
	return {
		reason: `${formatValue(text)} is how a spreadsheet shortens a long number, its other digits are lost`,
		fix: `Take the whole number: ${AS_TEXT}, and export it again.`,
	};
}
