import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { callRows, fieldRows, rowsUnder, type Row } from './operationTables.mts';

/** The tables of the page, the one of fields first, then the one of calls. */
const markdown = readFileSync(join(__dirname, '../../../docs/operations.md'), 'utf8');
const rows = rowsUnder(markdown, 'Operation');
const fieldTable = rows.filter((row) => row.length === 4);
const callTable = rows.filter((row) => row.length === 6);

/** The row as it stands in the page: what the test misses can be copied there. */
const lineOf = (row: Row): string => `| ${row.join(' | ')} |`;

describe('docs/operations.md', () => {
	it('names every call of every operation, with its path, version, role, certainty and source', () => {
		expect(callTable.map(lineOf)).toEqual(callRows().map(lineOf));
	});

	it('names every field and every option of every operation', () => {
		const written = fieldTable.map(([title = '', , ...cells]) => lineOf([title, '...', ...cells]));
		const expected = fieldRows().map(([title = '', ...cells]) => lineOf([title, '...', ...cells]));
		expect(written).toEqual(expected);
	});

	it('says of every operation what it does, in sentences', () => {
		for (const [, what] of fieldTable) expect(what).toMatch(/^[A-Z].+\.$/);
	});

	it('has no other row', () => {
		expect(fieldTable.length + callTable.length).toBe(rows.length);
	});
});
