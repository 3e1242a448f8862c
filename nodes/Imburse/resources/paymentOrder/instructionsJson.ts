import type { IDataObject } from 'n8n-workflow';

import { isJsonObject } from '../../validation/jsonObject';
import { parseMetadataObject } from '../../validation/metadata';
import type { Metadata } from '../../validation/metadataPairs';
import { fieldPath, formatValue } from '../../validation/format';
import { parseJsonField } from '../../validation/parseJson';
import {
	valid,
	allIn,
	invalid,
	type ValidationResult,
	type ValidationError,
} from '../../validation/result';
import { withoutSensitiveData } from '../shared/metadataOptions';
import {
	parseNewInstruction,
	type InstructionRequest,
	type NewInstructionContext,
} from '../shared/instructionRequest';

const JSON_FIELD = 'Instructions (JSON)';
const AS_JSON =
	'Write it like [{ "instructionRef": "CLAIM-17-1", ... }], or choose Using Fields Below.';

/** The instructions of an order from a JSON list, or a list that an expression gave. */
export function parseInstructionsJson(
	parameters: IDataObject,
	context: NewInstructionContext,
): ValidationResult<InstructionRequest[]> {
	const { instructionsJson } = parameters;
	if (typeof instructionsJson === 'string' && instructionsJson.trim() === '') return noList();
	const parsed = parseJsonField(instructionsJson, JSON_FIELD, AS_JSON);
	if (!parsed.ok) return parsed;
	const json = parsed.value;
	if (json === undefined || json === null) return noList();
	if (!Array.isArray(json)) {
		const reason = `${formatValue(json)} is not a JSON list`;
		return invalid({ field: JSON_FIELD, reason, fix: AS_JSON });
	}
	return allIn(
		(json as unknown[]).map((entry, index) =>
			parseEntry(entry, fieldPath(JSON_FIELD, String(index + 1)), context, parameters),
		),
	);
}

/** An order without payments must be meant: an expression that found nothing makes none. */
function noList(): ValidationResult<never> {
	return invalid({
		field: JSON_FIELD,
		reason: 'there is no value',
		fix: 'Check the expression, or write [] where the order is to have no payments yet.',
	});
}

/** API reference 4.1. Imburse would ignore a misspelt name in silence, so no other is taken. */
const KNOWN_NAMES = new Set([
	'instructionRef',
	'customerRef',
	'direction',
	'amount',
	'currency',
	'country',
	'schemeId',
	'financialInstrumentId',
	'settledByDate',
	'metadata',
]);

function parseEntry(
	entry: unknown,
	parentField: string,
	context: NewInstructionContext,
	parameters: IDataObject,
): ValidationResult<InstructionRequest> {
	if (!isJsonObject(entry)) {
		const fix = 'Write each instruction as an object in braces.';
		return invalid({
			field: parentField,
			reason: `${formatValue(entry)} is not an instruction`,
			fix,
		});
	}
	const { metadata, ...fields } = entry as IDataObject;
	const result = parseNewInstruction(
		fields,
		parseEntryMetadata(metadata, parentField, parameters),
		parentField,
		context,
	);
	const unknown = Object.keys(entry).filter((name) => !KNOWN_NAMES.has(name));
	if (unknown.length === 0) return result;
	const errors = unknown.map((name) => unknownNameError(parentField, name));
	return invalid(...errors, ...(result.ok ? [] : result.errors));
}

function parseEntryMetadata(
	metadata: unknown,
	parentField: string,
	parameters: IDataObject,
): ValidationResult<Metadata> {
	if (metadata === undefined) return valid({});
	const field = fieldPath(parentField, 'metadata');
	return withoutSensitiveData(parseMetadataObject(metadata, field), field, parameters);
}

function unknownNameError(parentField: string, name: string): ValidationError {
	return {
		field: fieldPath(parentField, name),
		reason: 'Imburse documents no such field of an instruction',
		fix: `Check the spelling. Known are ${[...KNOWN_NAMES].join(', ')}. Data of your own belongs in metadata.`,
	};
}
