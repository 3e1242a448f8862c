import type { IDataObject } from 'n8n-workflow';

import type { ColumnForm, RowColumns } from '../../operation';
import { COLUMN_FIELD_NAMES, type ColumnFieldName } from '../../validation/columnNames';
import {
	claimingColumns,
	columnName,
	indexHeaders,
	matchingColumns,
	type ColumnMatch,
	type Headers,
} from '../../validation/columns';
import { fieldPath, formatValue, joinWithAnd } from '../../validation/format';
import { isBlank, parseFieldNames } from '../../validation/itemFields';
import {
	allIn,
	invalid,
	valid,
	type ValidationError,
	type ValidationResult,
} from '../../validation/result';
import { isRowNumber, rowNumberHint } from '../../validation/rowNumber';
import {
	ambiguousError,
	columnField,
	givenTwiceError,
	labelOf,
	MAYBE_SAME,
	namedColumns,
	namedTwiceError,
	noNameError,
	noSuchColumnError,
	notFoundError,
	notNamedError,
	sharedColumnError,
	withFoundColumns,
} from './columnErrors';
import { COLUMNS_MODE, MAPPING_MODE } from './columnFields';
import { locatorValue } from './resourceLocators';

/** What one row pays, by columns: the same form for an order and for an instruction. */
export const PAYMENT_COLUMNS: ColumnForm = { mode: COLUMNS_MODE, map: mapColumns };

/** Fields that a payment must have, and that only a column can hold. */
const OF_COLUMNS: readonly ColumnFieldName[] = [
	'orderRef',
	'instructionRef',
	'customerRef',
	'amount',
];

/** A field with its column. */
type Mapped = readonly [ColumnFieldName, string];
/** What was found for a field that a column may hold. */
type Found = readonly [ColumnFieldName, ValidationResult<string>];

function mapColumns(
	parameters: IDataObject,
	names: Iterable<string>,
): ValidationResult<RowColumns> {
	const headers = indexHeaders(names);
	const isAutomatic = parameters[MAPPING_MODE.name] === MAPPING_MODE.automatic;
	const found = isAutomatic ? findAutomatically(headers) : findNamed(parameters, headers);
	const metadata = mapMetadata(parameters, headers);
	const same = sameForAllRows(parameters);
	const fields = found.flatMap(([name, column]): Mapped[] =>
		column.ok ? [[name, column.value]] : [],
	);
	const missingError = isAutomatic ? notFoundError : notNamedError;
	const errors = [
		...found.flatMap(([, column]) => (column.ok ? [] : column.errors)),
		...withFoundColumns(missingFields(found, same).map(missingError), headers),
		...givenTwiceErrors(fields, same),
		...sharedColumnErrors(fields),
		...(metadata.ok ? [] : metadata.errors),
	];
	if (errors.length > 0 || !metadata.ok) return invalid(...errors);
	const columns = {
		fields: Object.fromEntries(fields),
		metadata: Object.fromEntries(metadata.value),
		same,
	};
	return valid(columns, [summary(columns, headers), ...rowNumberHints(fields)]);
}

/** The fields that are the same for all rows, by name; without those that were left empty. */
function sameForAllRows({ sameForAllRows: same }: IDataObject): IDataObject {
	const written = (same ?? {}) as IDataObject;
	const values = [...MAYBE_SAME, 'schemeId'].map((name) => [name, locatorValue(written[name])]);
	return Object.fromEntries(values.filter(([, value]) => !isBlank(value))) as IDataObject;
}

function findAutomatically(headers: Headers): Found[] {
	return COLUMN_FIELD_NAMES.map((name) => [name, claimingColumns(name, headers)] as const)
		.filter(([, claiming]) => claiming.length > 0)
		.map(([name, claiming]) => [name, onlyOne(labelOf(name), claiming)]);
}

function findNamed({ columns }: IDataObject, headers: Headers): Found[] {
	const written = (columns ?? {}) as IDataObject;
	return COLUMN_FIELD_NAMES.filter((name) => !isBlank(written[name])).map((name) => [
		name,
		findColumn(written[name], columnField(name), headers),
	]);
}

function findColumn(written: unknown, field: string, headers: Headers): ValidationResult<string> {
	if (typeof written !== 'string') return invalid(noNameError(field, written));
	const name = columnName(written);
	const found = matchingColumns(name, headers);
	return found.length === 0
		? invalid(noSuchColumnError(field, name, headers))
		: onlyOne(field, found);
}

function onlyOne(field: string, found: ColumnMatch): ValidationResult<string> {
	const [column, ...others] = found;
	return column === undefined || others.length > 0
		? invalid(ambiguousError(field, found))
		: valid(column);
}

/** By the key, which is the name as the user wrote it. A column that no row has may be an empty one. */
function mapMetadata(
	{ metadataColumns }: IDataObject,
	headers: Headers,
): ValidationResult<Array<readonly [string, string]>> {
	const field = 'Metadata Columns';
	const written = parseFieldNames(metadataColumns, field);
	if (!written.ok) return written;
	const names = written.value.map(columnName);
	return allIn(
		names.map((name, index) => {
			const found = matchingColumns(name, headers);
			const path = fieldPath(field, name);
			if (found.length > 1) return invalid(ambiguousError(path, found));
			if (names.indexOf(name) < index) return invalid(namedTwiceError(path));
			return valid([name, found[0] ?? name] as const);
		}),
	);
}

/** The fields that a payment needs, and that come from nowhere. */
function missingFields(found: readonly Found[], same: IDataObject): ColumnFieldName[] {
	const known = new Set<string>(found.map(([name]) => name));
	return [
		...OF_COLUMNS.filter((name) => !known.has(name)),
		...MAYBE_SAME.filter((name) => !known.has(name) && !(name in same)),
	];
}

function givenTwiceErrors(fields: readonly Mapped[], same: IDataObject): ValidationError[] {
	return fields
		.filter(([name]) => name in same)
		.map(([name, column]) => givenTwiceError(name, column));
}

/** One number may be the reference of several things; anything else comes from a column of its own. */
function sharedColumnErrors(fields: readonly Mapped[]): ValidationError[] {
	return fields.flatMap(([name, column], index) => {
		const before = fields.slice(0, index).find((other) => other[1] === column);
		if (!before || (isReference(name) && isReference(before[0]))) return [];
		return [sharedColumnError(name, column, before[0])];
	});
}

function isReference(name: ColumnFieldName): boolean {
	return name.endsWith('Ref');
}

function rowNumberHints(fields: readonly Mapped[]): string[] {
	return fields
		.filter(([name, column]) => isReference(name) && isRowNumber(column))
		.map(([name, column]) =>
			rowNumberHint(labelOf(name), `the column ${formatValue(column)}`, 'the claim number'),
		);
}

/** Which column goes where, in sentences. */
function summary({ fields, metadata, same }: RowColumns, headers: Headers): string {
	const mapped = Object.entries(fields) as Mapped[];
	const parts = mapped.map(([name, column]) => `${labelOf(name)} from ${formatValue(column)}`);
	const ofMetadata = Object.values(metadata);
	const used = new Set([...Object.values(fields), ...ofMetadata]);
	const unused = headers.all.filter((header) => !used.has(header));
	const fixed = COLUMN_FIELD_NAMES.filter((name) => name in same).map(
		(name) => `${labelOf(name)} ${formatValue(same[name])}`,
	);
	return [
		`Columns: ${parts.join(', ')}.`,
		...(ofMetadata.length === 0 ? [] : [`Metadata from ${namedColumns(ofMetadata)}.`]),
		...(fixed.length === 0 ? [] : [`The same for all rows: ${joinWithAnd(fixed)}.`]),
		...(unused.length === 0 ? [] : [`Not used: ${namedColumns(unused)}.`]),
	].join(' ');
}
