import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { invalidLines } from '../../../../nodes/Imburse/execution/errors/invalidLines.ts';
import type { InvalidItem } from '../../../../nodes/Imburse/execution/items.ts';

const FIX = 'Mend it.';
const invalidItem = (index: number, ...reasons: string[]): InvalidItem => ({
	index,
	errors: reasons.map((reason) => ({ field: 'Amount', reason, fix: FIX })),
});
const rows = (...jsons: IDataObject[]) => jsons.map((json) => ({ json }));
const MISSING = 'there is no value';
const FULL = { amount: '1' };

describe('invalidLines', () => {
	it.each<[string, IDataObject]>([
		['no field at all', {}],
		['empty texts', { amount: '', name: '  ' }],
		['null and undefined', { amount: null, name: undefined }],
		['the number of its row alone', { row_number: 3, amount: '' }],
	])('takes a row with %s for empty, whatever its reasons', (_, blank) => {
		const invalid = [
			invalidItem(1, 'is zero'),
			invalidItem(2, MISSING, 'x'),
			invalidItem(3, MISSING),
		];
		expect(invalidLines(invalid, rows(FULL, FULL, blank, blank))).toEqual([
			'Item 2: Amount: is zero. Mend it.',
			'Items 3 and 4 are empty: none of the fields has a value. Remove the empty rows at the end of the sheet, or filter them out before this node.',
		]);
	});

	it('says of one empty row that it is one', () => {
		expect(invalidLines([invalidItem(1, MISSING)], rows(FULL, {}))).toEqual([
			expect.stringMatching(/^Item 2 is empty: /),
		]);
	});

	it.each<[string, IDataObject]>([
		['zero', { amount: 0 }],
		['false', { amount: '', paid: false }],
		['an empty list', { amount: [] }],
	])('does not take a row with %s for empty', (_, json) => {
		expect(invalidLines([invalidItem(1, MISSING)], rows(FULL, json))).toEqual([
			'Item 2: Amount: there is no value. Mend it.',
		]);
	});

	it('does not take an item with a file for empty', () => {
		const file = { json: {}, binary: { data: { data: '', mimeType: 'text/plain' } } };
		expect(invalidLines([invalidItem(1, MISSING)], [...rows(FULL), file])[0]).toContain('no value');
	});

	it('says what is wrong in the form where no item has a value', () => {
		const invalid = [invalidItem(0, 'is zero'), invalidItem(1, 'is zero')];
		expect(invalidLines(invalid, rows({}, {}))).toEqual([
			'Items 1 and 2: Amount: is zero. Mend it.',
		]);
	});

	it('has the one other mistake first, however many rows are empty or equal', () => {
		const invalid = [
			...Array.from({ length: 50 }, (_, index) => invalidItem(index, 'a', 'b', 'c')),
			invalidItem(50, 'is zero'),
			...Array.from({ length: 50 }, (_, index) => invalidItem(51 + index, MISSING)),
		];
		const input = rows(...invalid.map(({ index }) => (index > 50 ? {} : FULL)));
		expect(invalidLines(invalid, input)).toEqual([
			'Item 51: Amount: is zero. Mend it.',
			'Items 1 to 50: Amount: a. Mend it.',
			'Items 1 to 50: Amount: b. Mend it.',
			'Items 1 to 50: Amount: c. Mend it.',
			expect.stringMatching(/^Items 52 to 101 are empty: /),
		]);
	});

	it('counts the reasons that there is no room for, before the empty rows', () => {
		const invalid = Array.from({ length: 23 }, (_, index) =>
			invalidItem(index, `"${index}" is none`),
		);
		const lines = invalidLines(
			[...invalid, invalidItem(23, MISSING)],
			[...rows(...invalid.map(() => FULL)), ...rows({})],
		);
		expect(lines).toHaveLength(22);
		expect(lines.slice(20)).toEqual([
			'And 3 more reasons.',
			expect.stringMatching(/^Item 24 is empty/),
		]);
	});
});
