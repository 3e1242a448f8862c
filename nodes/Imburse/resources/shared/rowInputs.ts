import type { IDataObject } from 'n8n-workflow';

import type { RowColumns } from '../../operation';
import type { ColumnFieldName } from '../../validation/columnNames';
import { formatValue } from '../../validation/format';
import { isBlank } from '../../validation/itemFields';
import { parseMetadataPairs } from '../../validation/metadata';
import type { Metadata } from '../../validation/metadataPairs';
import { invalid, type ValidationError, type ValidationResult } from '../../validation/result';
import { describeSimilarNames } from '../../validation/similarNames';
import { labelOf } from './columnErrors';
import type { InstructionInput } from './instructionRequest';
import { withoutSensitiveData } from './metadataOptions';

/** What one row pays: the values of its columns as they are, and what is the same for all rows. */
export interface Row {
	orderRef: unknown;
	/** By Imburse's names. */
	payment: InstructionInput;
	metadata: ValidationResult<Metadata>;
	/** Keys of metadata whose column the row does not have. */
	missingMetadata: string[];
}

/**
 * Prepares one row as `prepare` does it for the values of a form. A column that other rows have and
 * this one has not is a reason against the row, and a reason names the column beside its field.
 */
export function prepareRow<T>(
	parameters: IDataObject,
	columns: RowColumns,
	item: IDataObject,
	prepare: (row: Row) => ValidationResult<T>,
): ValidationResult<T> {
	const missing = missingErrors(columns, item);
	const prepared = prepare(readRow(parameters, columns, item));
	if (prepared.ok && missing.length === 0) return prepared;
	const fields = new Set(missing.map(({ field }) => field));
	const others = prepared.ok ? [] : prepared.errors.filter(({ field }) => !fields.has(field));
	return invalid(...withColumnNames([...missing, ...others], columns));
}

function readRow(parameters: IDataObject, columns: RowColumns, item: IDataObject): Row {
	const values: IDataObject = { ...columns.same };
	for (const [name, column] of Object.entries(columns.fields)) {
		if (holds(item, column)) values[name] = item[column];
	}
	const { orderRef, ...payment } = values;
	return { orderRef, payment, ...readMetadata(parameters, columns, item) };
}

/** What is empty or missing is left out: sheets have empty cells. */
function readMetadata(
	parameters: IDataObject,
	columns: RowColumns,
	item: IDataObject,
): Pick<Row, 'metadata' | 'missingMetadata'> {
	const missingMetadata: string[] = [];
	const pairs: Array<[key: string, value: unknown]> = [];
	for (const [key, column] of Object.entries(columns.metadata)) {
		if (!holds(item, column)) missingMetadata.push(key);
		else if (!isBlank(item[column])) pairs.push([key, item[column]]);
	}
	const metadata = parseMetadataPairs(pairs, 'Metadata');
	return {
		metadata: withoutSensitiveData(metadata, 'Metadata', parameters),
		missingMetadata,
	};
}

function withColumnNames(errors: ValidationError[], { fields }: RowColumns): ValidationError[] {
	const columns = Object.entries(fields) as Array<[ColumnFieldName, string]>;
	const byLabel = new Map(columns.map(([name, column]) => [labelOf(name), column]));
	return errors.map((error) => {
		const column = byLabel.get(error.field);
		return column === undefined
			? error
			: { ...error, field: `${error.field} (column ${formatValue(column)})` };
	});
}

function missingErrors({ fields }: RowColumns, item: IDataObject): ValidationError[] {
	const columns = Object.entries(fields) as Array<[ColumnFieldName, string]>;
	return columns
		.filter(([, column]) => !holds(item, column))
		.map(([name, column]) => missingError(name, column, item));
}

function holds(item: IDataObject, column: string): boolean {
	return Object.hasOwn(item, column) && item[column] !== undefined;
}

function missingError(name: ColumnFieldName, column: string, item: IDataObject): ValidationError {
	const similar = describeSimilarNames(column, Object.keys(item));
	const instead = similar === '' ? '' : `, but it has ${similar}`;
	return {
		field: labelOf(name),
		reason: `there is no value: this item has no column ${formatValue(column)}${instead}`,
		fix: 'Every row needs the column, even where its cell is empty. Extract From File leaves empty cells of a sheet out unless its option Include Empty Cells is on.',
	};
}
