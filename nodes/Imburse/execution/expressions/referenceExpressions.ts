import { findUnstableWord } from '../../n8n/expression/stability';
import { findUnstableJson } from '../../n8n/expression/jsonTemplate';
import { fieldPathsIn } from '../../n8n/expression/fieldPaths';
import type { ItemLookup } from '../../n8n/expression/holes';
import { codesIn } from '../../n8n/expression/template';
import type { Operation } from '../../operation';
import { formatValue } from '../../validation/format';
import type { ValidationError } from '../../validation/result';
import { isRowNumber, rowNumberHint } from '../../validation/rowNumber';
import { severalItemsErrors, type SourcedField } from './sourceNodes';
import { isMetadata, type WrittenField } from './writtenFields';

/**
 * The references whose expression uses something that is not known to belong to the payment: on a
 * second run of the same data it could be another reference, and Imburse knows a payment only by its
 * reference (API reference 6, "Idempotency").
 */
export function referenceExpressionErrors(
	{ referenceFields = {} }: Operation,
	written: readonly WrittenField[],
): ValidationError[] {
	const names = Object.keys(referenceFields);
	if (names.length === 0) return [];
	return written.flatMap((field) => {
		if (names.includes(field.name))
			return unstableReference(field.field, findUnstableWord(field.raw));
		return field.type === 'json' && !isMetadata(field)
			? unstableReference(field.field, findUnstableJson(field.raw))
			: [];
	});
}

function unstableReference(field: string, word: string | undefined): ValidationError[] {
	if (word === undefined) return [];
	return [
		{
			field,
			reason: `the expression contains ${formatValue(word)}, ${instability(word)}`,
			fix: 'Map a value that belongs to the payment and stays the same, for example {{ $json.claimNumber }}.',
		},
	];
}

/** How a reference must not read several items. */
export const OTHER_ROWS = ['first', 'last'];

/**
 * Why a reference must not be made of the first or last of several items: it would be another one
 * as soon as there is another row.
 */
export function otherRowErrors(
	references: readonly SourcedField[],
	lookup: ItemLookup,
): ValidationError[] {
	return severalItemsErrors(
		references,
		lookup,
		'so the reference depends on which other rows there are',
		(node) => `Read the item that belongs to this one: {{ ${node}.item.json.claim }}.`,
	);
}

/** Retry On Fail runs all items again, each under another reference. */
export const RETRY_WITH_CHANGING_REFERENCES: ValidationError = {
	field: 'Allow Changing References',
	reason: 'Retry On Fail is on, so what was paid would be paid again under another reference',
	fix: "Switch off Retry On Fail in the node's settings.",
};

const CHANGING =
	/^\$(?:now|today|execution(?:Id)?|runIndex|resume\w*)\b|^(?:new )?Date\b|\.(?:now|local|utc)$|random|uuid/i;

function instability(word: string): string {
	return CHANGING.test(word)
		? 'which is different on every run, so the same data would be paid again'
		: 'which is not known to stay with the payment, so the same data could be paid again';
}

/** What a person should know of the references and metadata as they are written. */
export function writtenHints(
	{ referenceFields = {}, effect }: Operation,
	written: readonly WrittenField[],
): string[] {
	if (effect !== 'movesMoney') return [];
	return written.flatMap((field) => {
		if (field.name in referenceFields) return rowNumberHints(field);
		const mayChange = isMetadata(field) || field.type === 'json' || field.name === 'settledByDate';
		return mayChange ? changingHints(field) : [];
	});
}

function rowNumberHints({ field, raw }: WrittenField): string[] {
	const paths = codesIn(raw).flatMap(fieldPathsIn);
	const rowNumber = paths.find(({ keys }) => isRowNumber(keys[keys.length - 1]!));
	if (!rowNumber) return [];
	return [rowNumberHint(field, `{{ ${rowNumber.text} }}`, '{{ $json.claimNumber }}')];
}

function changingHints({ field, raw }: WrittenField): string[] {
	const word = findUnstableWord(raw);
	if (word === undefined) return [];
	return [
		`${field}: the expression contains ${formatValue(word)}, which may be different on another run. The same data then differs from what Imburse has. Map a value of the item in its place, for example {{ $json.date }}.`,
	];
}
