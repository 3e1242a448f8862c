import { describe, expect, it } from '@jest/globals';
import { missingValueReason } from '../../../nodes/Imburse/validation/missingValue.ts';

const WORD = 'stands for a missing value';
const FORMULA = "is an error of a spreadsheet's formula";

describe('missingValueReason', () => {
	it.each([
		...['null', 'NULL', 'None', 'nil', 'NaN', 'nan', 'NaT', 'n/a', 'N/A', 'na', 'undefined'],
		...['(blank)', '(Blank)', '<null>', '<NULL>', '[null]', '"null"', '<nil>', '(none)', 'n.a.'],
		...['N-A', 'Missing', '(empty)', 'n.v.'],
	])('knows %p for a word without a value', (text) => {
		expect(missingValueReason(text)).toBe(WORD);
	});

	it.each([
		...['#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NUM!', '#NULL!', '#N/A', '#n/a', '#SPILL!'],
		...['#WERT!', '#BEZUG!', '#NV', '#NOM?', '#¡VALOR!', '#ERROR!', 'Err:502', '######'],
	])('knows %p for an error of a spreadsheet', (text) => {
		expect(missingValueReason(text)).toBe(FORMULA);
	});

	it.each(['-', '--', '...', '_', '—', '–-_.', '. .', '?', '\ufffd\ufffd'])(
		'knows that %p holds nothing',
		(text) => {
			expect(missingValueReason(text)).toBe('holds no letter and no digit');
		},
	);

	it.each([
		['CLM-NULL', 'NULL'],
		['CLM-None-1', 'None'],
		['CLM-nan', 'nan'],
		['NIL-null', 'null'],
		['nil.4', 'nil'],
		['CLM_NaT', 'NaT'],
		['CLM-#REF!', '#REF!'],
		['CLM-N/A', 'N/A'],
		['CLM-(null)', '(null)'],
		['CLMundefined', 'undefined'],
		['undefinedundefined', 'undefined'],
		['CLM17null', 'null'],
		['CLMNaN', 'NaN'],
		['null17', 'null'],
	])('finds in %p the part %p', (text, part) => {
		expect(missingValueReason(text)).toBe(`contains "${part}", which ${WORD}`);
	});

	it.each([
		['[object Object]', 'is what becomes of an object in a text'],
		['CLM-[object Object]', 'is what becomes of an object in a text'],
		['Invalid Date', 'is what becomes of a date that could not be read'],
		['Invalid DateTime', 'is what becomes of a date that could not be read'],
	])('says of %p what it was', (text, reason) => {
		expect(missingValueReason(text)).toBe(reason);
	});

	it.each([
		...[
			'',
			'CLM-17',
			'0',
			'NA-1',
			'NIL-4',
			'NAT.7',
			'nullable',
			'Nonesuch',
			'NANCY',
			'CLM-NA',
			'annull',
		],
		...['Banana', 'NULLS', 'canal', 'PHPnulls', '#4711', 'CLM-1-', 'missing-1', 'A/B'],
	])('takes %p for a value', (text) => {
		expect(missingValueReason(text)).toBeUndefined();
	});
});
