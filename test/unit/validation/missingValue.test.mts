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
		['CLM-missing', 'missing'],
		['CLM-NAT', 'NAT'],
		['CLM-NIL', 'NIL'],
		['NIL-missing', 'missing'],
		['Nat-17', 'Nat'],
		['CLM-n.a', 'n.a'],
		['CLM-N.A.', 'N.A.'],
		['N_A-17', 'N_A'],
		['CLM_n/a', 'n/a'],
		['Infinity-1', 'Infinity'],
		['CLM.BLANK', 'BLANK'],
		['missing-1', 'missing'],
		['Empty_1', 'Empty'],
		['CLM-void', 'void'],
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
		['CLM-object-Object', 'is what becomes of an object in a text'],
		['CLM-Invalid-Date', 'is what becomes of a date that could not be read'],
		['invalid_datetime-1', 'is what becomes of a date that could not be read'],
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
		...['Banana', 'NULLS', 'canal', 'PHPnulls', '#4711', 'CLM-1-', 'A/B'],
		...['CLM-missing-1', 'CLM-emptyings', 'voided-1', 'van.a', 'invalid-dates', 'invalid-1'],
	])('takes %p for a value', (text) => {
		expect(missingValueReason(text)).toBeUndefined();
	});
});
