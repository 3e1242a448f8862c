import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { validateAmount } from '../../validation/amount';
import { validateCalendarDate } from '../../validation/calendarDate';
import { invalid, isEmpty, type ValidationResult } from '../../validation/result';
import { AMOUNT_FORMS, readWrittenAmount, type AmountForm } from '../../validation/writtenAmount';
import { DATE_FORMS, readWrittenDate, type DateForm } from '../../validation/writtenDate';

/** How a user's data writes what it pays. A person chooses it, and nothing is ever guessed. */
export interface WrittenForms {
	amounts: AmountForm;
	dates: DateForm;
}

/** What Imburse itself takes. */
export const PLAIN_FORMS: WrittenForms = { amounts: '1234.56', dates: 'iso' };

interface FormOption extends INodeProperties {
	options: INodePropertyOptions[];
}

/** For every operation that takes amounts out of data. The values are stored in workflows. */
export const AMOUNT_FORM: FormOption = {
	displayName: 'Amounts Are Written As',
	name: 'amountsWrittenAs',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: '1 234,56', value: '1 234,56' },
		{ name: '1,234.56', value: '1,234.56' },
		{ name: '1.234,56', value: '1.234,56' },
		{ name: "1'234.56", value: "1'234.56" },
		{ name: '1234.56', value: '1234.56' },
		{
			name: 'Minor Units (123456)',
			value: 'minorUnits',
			description: 'Whole cents, or whatever the smallest unit of the currency is',
		},
	],
	default: '1234.56',
	description:
		'How your data writes amounts, with or without separators between thousands. What does not fit is refused. A value that is a number, not a text, needs no form, except with Minor Units. Limits and totals in the options are always written as 1234.56.',
};

/** For every operation that takes dates out of data. The values are stored in workflows. */
export const DATE_FORM: FormOption = {
	displayName: 'Dates Are Written As',
	name: 'datesWrittenAs',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'DD.MM.YYYY', value: 'DD.MM.YYYY' },
		{ name: 'DD/MM/YYYY', value: 'DD/MM/YYYY' },
		{ name: 'MM/DD/YYYY', value: 'MM/DD/YYYY' },
		{
			name: 'Serial Day of a Spreadsheet (46356)',
			value: 'serialDay',
			description: 'Days since 1899-12-30, as Excel, LibreOffice and Google Sheets count them',
		},
		{ name: 'YYYY-MM-DD', value: 'iso', description: 'ISO 8601, also with a time of day' },
	],
	default: 'iso',
	description: 'How your data writes dates. What does not fit is refused.',
};

/** The forms that the user chose. What is none of them is refused with the other options. */
export function writtenForms({ options }: IDataObject): WrittenForms {
	const chosen = (options ?? {}) as IDataObject;
	return {
		amounts: AMOUNT_FORMS.find((form) => form === chosen[AMOUNT_FORM.name]) ?? PLAIN_FORMS.amounts,
		dates: DATE_FORMS.find((form) => form === chosen[DATE_FORM.name]) ?? PLAIN_FORMS.dates,
	};
}

/** @param currency the validated code; empty for none */
export function validateWrittenAmount(
	value: unknown,
	form: AmountForm,
	currency: string,
	field: string,
): ValidationResult<string> {
	// Minor units are never suggested: every whole number would fit.
	const suggested = AMOUNT_FORMS.filter((other) => other !== 'minorUnits');
	return readAs(value, form, suggested, AMOUNT_FORM, (as) => {
		const read = readWrittenAmount(value, as, currency, field);
		if (!read.ok) return read;
		const written = read.value === value ? undefined : String(value);
		return validateAmount(read.value, currency, field, written);
	});
}

export function validateWrittenDate(
	value: unknown,
	form: DateForm,
	field: string,
	timeZone: string,
): ValidationResult<string> {
	return readAs(value, form, DATE_FORMS, DATE_FORM, (as) => {
		const read = readWrittenDate(value, as, field);
		return read.ok ? validateCalendarDate(read.value, field, timeZone) : read;
	});
}

/**
 * Reads a value in the form that was chosen. Adds to each error what the option has to do with it:
 * which form it is set to, and in which others the value could be read. Whether one of them is meant,
 * a person decides.
 */
function readAs<Form extends string>(
	value: unknown,
	form: Form,
	suggested: readonly Form[],
	{ displayName, options, default: plain }: FormOption,
	read: (form: Form) => ValidationResult<string>,
): ValidationResult<string> {
	const result = read(form);
	if (result.ok || isEmpty(value)) return result;
	const nameOf = (one: Form) => options.find((option) => option.value === one)!.name;
	const isSet = form === plain ? '' : ` Options > ${displayName} is set to ${nameOf(form)}.`;
	const fitting = suggested.filter((other) => other !== form && read(other).ok);
	const choose =
		fitting.length === 0
			? ''
			: ` Where all your data is written so, choose ${fitting.map(nameOf).join(' or ')} in Options > ${displayName}.`;
	return invalid(
		...result.errors.map((error) => ({ ...error, fix: `${error.fix}${isSet}${choose}` })),
	);
}
