import {
	jsonHoles,
	makesJsonText,
	writesJsonText,
	type JsonHole,
} from '../../n8n/expression/jsonTemplate';
import { readTemplate, type ItemLookup, type Template } from '../../n8n/expression/holes';
import { formatValue } from '../../validation/format';
import type { ValidationError } from '../../validation/result';
import { isMetadata, showExpression, type WrittenField } from './writtenFields';

/** A field that takes JSON, with the expressions in it whose values come out as they are. */
export interface JsonField extends WrittenField {
	open: JsonHole[];
	/** Whether it is one expression that does more than read a field or write a value as JSON. */
	makesText: boolean;
	template: Template;
}

export function jsonFields(written: readonly WrittenField[]): JsonField[] {
	return written
		.filter(({ type, raw }) => type === 'json' && raw.startsWith('='))
		.map((field) => ({
			...field,
			open: jsonHoles(field.raw).filter((hole) => !hole.isEncoded),
			makesText: makesJsonText(field.raw),
			template: readTemplate(field.raw),
		}));
}

/**
 * Why JSON that moves money must not be made as it is written: a quote in the data would end the
 * text that the data stands in, and what follows it would count as fields. Known before anything is
 * evaluated.
 */
export function quotedExpressionErrors(fields: readonly JsonField[]): ValidationError[] {
	return fields
		.filter((field) => !isMetadata(field))
		.flatMap(({ field, raw, open }) => {
			const quoted = open
				.filter(({ isQuoted }) => isQuoted)
				.map((hole) => quotedError(field, hole));
			return writesJsonText(raw) ? [...quoted, writtenJsonError(field)] : quoted;
		});
}

function quotedError(field: string, { code }: JsonHole): ValidationError {
	return {
		field,
		reason: `${showExpression(code)} stands between quotes, where a quote in the data could change the payment`,
		fix: `${safeForm(code)} Or switch on Allow Expressions Between Quotes.`,
	};
}

function writtenJsonError(field: string): ValidationError {
	return {
		field,
		reason:
			'its expression puts JSON together as text, where a quote in the data could change the payment',
		fix: 'Let the expression give a list, such as {{ [{ instructionRef: $json.claim }] }}, without JSON in quotes.',
	};
}

/** What would end the text that it stands in, or is read otherwise in there. */
const NOT_PLAIN = /["\\\p{Cc}]/u;

/** The expressions whose value for one item would be read as JSON, and not as a value. */
export function jsonValueErrors(
	fields: readonly JsonField[],
	{ evaluate }: ItemLookup,
): ValidationError[] {
	return fields.flatMap(({ field, open }) =>
		open.flatMap(({ code, isQuoted }) => {
			const problem = problemOf(evaluate(code), isQuoted);
			if (problem === undefined) return [];
			const reason = `the value of ${showExpression(code)} ${problem}`;
			return [{ field, reason, fix: safeForm(code) }];
		}),
	);
}

/** n8n writes a list with commas between its values, and an object as a word: both are no JSON. */
function problemOf(value: unknown, isQuoted: boolean): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number' || typeof value === 'boolean') return undefined;
	if (typeof value !== 'string') return `is ${formatValue(value)}, and would be read as JSON`;
	if (!isQuoted) return 'is a text, and would be read as JSON';
	return NOT_PLAIN.test(value)
		? 'holds a quote, a backslash or a line break, which JSON reads as its own'
		: undefined;
}

/** JSON that moves money is no text that an expression has put together out of data. */
export function jsonTextErrors(
	fields: readonly JsonField[],
	valueOf: (field: JsonField) => unknown,
): ValidationError[] {
	const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
	return fields
		.filter((field) => field.makesText && !isMetadata(field) && isText(valueOf(field)))
		.map(({ field }) => writtenJsonError(field));
}

function safeForm(code: string): string {
	return `Write {{ JSON.stringify(${code.trim()}) }} in its place, without quotes around it.`;
}
