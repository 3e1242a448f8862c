import type { ItemLookup } from '../../n8n/expression/holes';
import { findUnstableWord } from '../../n8n/expression/stability';
import { STABLE_ROOTS_OF_TOOLS } from '../../n8n/expression/stableNames';
import { formatValue } from '../../validation/format';
import type { ValidationError } from '../../validation/result';
import { OTHER_ROWS } from './referenceExpressions';
import { severalItemsErrors, type SourcedField } from './sourceNodes';
import { isMetadata, type WrittenField } from './writtenFields';

/*
 * As the tool of an AI agent the node moves money only as a person wrote it: the model may choose how
 * much, by when and with what metadata, and nothing else.
 */

const OF_THE_MODEL: ReadonlySet<string> = new Set(['amount', 'settledByDate', 'correlationId']);
/** Options that say what is paid, as the fields do. All others are guards, or as good as guards. */
const PAYMENT_OPTIONS: ReadonlySet<string> = new Set(['tenantId', 'idempotencyKey']);

/** The fields of a payment that the model must not have a word in. */
export function fieldsOfPerson(written: readonly WrittenField[]): WrittenField[] {
	return written.filter(
		(field) =>
			field.raw.startsWith('=') &&
			!isGuard(field) &&
			!isMetadata(field) &&
			!OF_THE_MODEL.has(field.name),
	);
}

function isGuard({ name, path: [first] }: WrittenField): boolean {
	return first === 'options' && !PAYMENT_OPTIONS.has(name) && name !== 'correlationId';
}

/** Why no call of the tool may move money as it is written. */
export function toolExpressionErrors(written: readonly WrittenField[]): ValidationError[] {
	const guards = written.filter((field) => field.raw.startsWith('=') && isGuard(field));
	return [
		...guards.map(({ field }) => guardError(field)),
		...fieldsOfPerson(written).flatMap(({ field, raw }) => {
			const word = findUnstableWord(raw, STABLE_ROOTS_OF_TOOLS);
			return word === undefined ? [] : [modelError(field, word)];
		}),
	];
}

function guardError(field: string): ValidationError {
	return {
		field,
		reason: 'it is an expression, and an AI agent may decide what it gives',
		fix: 'Write a fixed value: a person sets the limits of an AI agent.',
	};
}

function modelError(field: string, word: string): ValidationError {
	return {
		field,
		reason: `the expression contains ${formatValue(word)}, which an AI agent can set`,
		fix: "Write a fixed text, or take the value from a node before the agent by its name, for example {{ $('Read Claim').first().json.claim }}.",
	};
}

/** A tool has no item of its own: however it reads several, it is the first one. */
export const ANY_ROWS = ['item', ...OTHER_ROWS];

/**
 * Why this call may not move money: n8n gives a tool the first of several items for each of them
 * (observed for agents 2.2 and 3 on n8n 1.123.81 and 2.41.1), so the others would never be paid.
 */
export function toolItemErrors(
	ofPerson: readonly SourcedField[],
	lookup: ItemLookup,
): ValidationError[] {
	return severalItemsErrors(
		ofPerson,
		lookup,
		'and an AI agent is given the first one for each of them',
		() => 'Let the agent run in a sub-workflow that is called once for each item.',
	);
}
