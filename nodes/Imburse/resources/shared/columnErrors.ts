import { COLUMN_FIELDS, type ColumnFieldName } from '../../validation/columnNames';
import type { ColumnMatch, Headers } from '../../validation/columns';
import { fieldPath, formatValue, joinSome } from '../../validation/format';
import type { ValidationError } from '../../validation/result';
import { describeSimilarNames } from '../../validation/similarNames';

const SAME = 'Same for All Rows';

/** Fields that a payment must have, and that may be the same for all rows. */
export const MAYBE_SAME: readonly ColumnFieldName[] = ['direction', 'currency', 'country'];

export function labelOf(name: ColumnFieldName): string {
	return COLUMN_FIELDS[name].label;
}

/** Where the user names the column of a field. */
export function columnField(name: ColumnFieldName): string {
	return fieldPath('Columns', labelOf(name));
}

/** More than these nobody reads. */
const MOST_NAMED = 20;

/** Names of columns as a part of a sentence. */
export function namedColumns(names: readonly string[]): string {
	return joinSome(names, MOST_NAMED, formatValue);
}

function foundColumns({ all }: Headers): string {
	return all.length === 0 ? 'The rows have no columns.' : `Found: ${namedColumns(all)}.`;
}

export function noSuchColumnError(field: string, name: string, headers: Headers): ValidationError {
	const similar = describeSimilarNames(name, headers.all);
	const instead = similar === '' ? foundColumns(headers) : `There is ${similar}.`;
	return {
		field,
		reason: `no row has a column ${formatValue(name)}`,
		fix: `${instead} Write the name as the input shows it. A column is a top-level field of the item: bring a field inside an object to the top first, for example with Edit Fields.`,
	};
}

export function noNameError(field: string, written: unknown): ValidationError {
	const reason = `${formatValue(written)} is not the name of a column`;
	return { field, reason, fix: 'Write the name of a column as text.' };
}

export function ambiguousError(field: string, found: ColumnMatch): ValidationError {
	return {
		field,
		reason: `it can be the column ${found.map(formatValue).join(' or ')}`,
		fix: 'Rename or remove the others, for example with Edit Fields. Where their names differ in more than letter case, spaces, "_" and "-", Map Each Column Manually can name the one that is meant.',
	};
}

export function namedTwiceError(field: string): ValidationError {
	return { field, reason: 'the column is named twice', fix: 'Leave out one of the two.' };
}

/** The columns that there are stand in the first error alone: the others follow it. */
export function withFoundColumns(errors: ValidationError[], headers: Headers): ValidationError[] {
	const [first, ...others] = errors;
	return first ? [{ ...first, fix: `${foundColumns(headers)} ${first.fix}` }, ...others] : [];
}

export function notFoundError(name: ColumnFieldName): ValidationError {
	const [usual] = COLUMN_FIELDS[name].names;
	const orSame = MAYBE_SAME.includes(name) ? `, give it under ${SAME}` : '';
	return {
		field: labelOf(name),
		reason: 'no column has a name that says it, and nothing is guessed',
		fix: `Name the column that holds it ${formatValue(usual)}${orSame}, or choose Map Each Column Manually.`,
	};
}

export function notNamedError(name: ColumnFieldName): ValidationError {
	const field = columnField(name);
	const fix = 'Write the name of the column that holds it';
	return MAYBE_SAME.includes(name)
		? { field, reason: `it is neither here nor under ${SAME}`, fix: `${fix}, or give it there.` }
		: { field, reason: 'no column is named', fix: `${fix}.` };
}

export function givenTwiceError(name: ColumnFieldName, column: string): ValidationError {
	return {
		field: labelOf(name),
		reason: `it is given twice: under ${SAME}, and by the column ${formatValue(column)}`,
		fix: `Leave it empty under ${SAME} to take the column. To ignore the column, choose Map Each Column Manually without it.`,
	};
}

export function sharedColumnError(
	name: ColumnFieldName,
	column: string,
	other: ColumnFieldName,
): ValidationError {
	return {
		field: columnField(name),
		reason: `the column ${formatValue(column)} is also that of ${labelOf(other)}`,
		fix: 'Give each of the two its own column.',
	};
}
