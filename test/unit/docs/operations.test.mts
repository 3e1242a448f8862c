import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { callRows, fieldRows, rowsUnder } from './operationTables.mts';

/** The tables of the page, the one of fields first, then the one of calls. */
const markdown = readFileSync(join(__dirname, '../../../docs/operations.md'), 'utf8');
const rows = rowsUnder(markdown, 'Operation');
const fieldTable = rows.filter((row) => row.length === 4);
const callTable = rows.filter((row) => row.length === 6);

describe('the page about operations', () => {
	it('names every call of every operation, with its path, version, role, certainty and source', () => {
		expect(callTable).toEqual(callRows());
	});

	it('names every field and every option of every operation', () => {
		expect(fieldTable.map(([title, , ...cells]) => [title, ...cells])).toEqual(fieldRows());
	});

	it('says of every operation what it does, in sentences', () => {
		for (const [, what] of fieldTable) expect(what).toMatch(/^[A-Z].+\.$/);
	});

	it('has no other row', () => {
		expect(fieldTable.length + callTable.length).toBe(rows.length);
	});
});
