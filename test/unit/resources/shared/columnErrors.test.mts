import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { PAYMENT_COLUMNS } from '../../../../nodes/Imburse/resources/shared/columnMapping.ts';
import { errorsOf } from '../../validation/outcome.mts';

const HEADERS = ['Claim', 'Payment', 'Customer', 'Sum'];
const NAMED = { orderRef: 'Claim', instructionRef: 'Payment', customerRef: 'Customer' };
const SAME = { direction: 'CREDIT', currency: 'EUR', country: 'DE' };
const FOUND = 'Found: "Claim", "Payment", "Customer" and "Sum".';
const BY_HAND =
	'Write the name as the input shows it. A column is a top-level field of the item: bring a field inside an object to the top first, for example with Edit Fields.';

/** The first error where each column is mapped by hand. */
function byHand(amount: unknown, headers = HEADERS, sameForAllRows: IDataObject = SAME) {
	const columns = { ...NAMED, amount } as IDataObject;
	const written = { mappingMode: 'defineBelow', columns, sameForAllRows };
	return errorsOf(PAYMENT_COLUMNS.map(written, headers))[0];
}

/** The first error where columns are found by their names. */
function byName(headers: string[], sameForAllRows: IDataObject = SAME) {
	const written = { mappingMode: 'autoMapInputData', sameForAllRows };
	return errorsOf(PAYMENT_COLUMNS.map(written, headers))[0];
}

describe('what to do about a column that is mapped by hand', () => {
	const field = 'Columns > Amount';

	it.each<[string, unknown, string[], string, string]>([
		['no row has it', 'Total', HEADERS, 'no row has a column "Total"', `${FOUND} ${BY_HAND}`],
		[
			'one looks like it',
			'Sum.',
			HEADERS,
			'no row has a column "Sum."',
			`There is "Sum". ${BY_HAND}`,
		],
		[
			'it is no text',
			5,
			HEADERS,
			'5 is not the name of a column',
			'Write the name of a column as text.',
		],
		[
			'it is left empty',
			'',
			HEADERS,
			'no column is named',
			`${FOUND} Write the name of the column that holds it.`,
		],
		[
			'several have the name',
			'SUM',
			[...HEADERS, 'sum'],
			'it can be the column "Sum" or "sum"',
			'Rename or remove the others, for example with Edit Fields. Where their names differ in more than letter case, spaces, "_" and "-", Map Each Column Manually can name the one that is meant.',
		],
		[
			'it is that of another field',
			'Customer',
			HEADERS,
			'the column "Customer" is also that of Customer Reference',
			'Give each of the two its own column.',
		],
	])('%s', (_, amount, headers, reason, fix) => {
		expect(byHand(amount, headers)).toEqual({ field, reason, fix });
	});

	it('there are no columns at all', () => {
		expect(byHand('Sum', [])).toEqual({
			field: 'Columns > Order Reference',
			reason: 'no row has a column "Claim"',
			fix: `The rows have no columns. ${BY_HAND}`,
		});
	});

	it('it is neither named nor the same for all rows', () => {
		expect(byHand('Sum', HEADERS, { ...SAME, currency: '' })).toEqual({
			field: 'Columns > Currency',
			reason: 'it is neither here nor under Same for All Rows',
			fix: `${FOUND} Write the name of the column that holds it, or give it there.`,
		});
	});
});

describe('what to do about a column that is found by its name', () => {
	const USUAL = ['Claim No', 'Payment Ref', 'Customer ID', 'Amount'];

	it('no column says it', () => {
		expect(byName(USUAL.slice(0, 3))).toEqual({
			field: 'Amount',
			reason: 'no column has a name that says it, and nothing is guessed',
			fix: 'Found: "Claim No", "Payment Ref" and "Customer ID". Name the column that holds it "amount", or choose Map Each Column Manually.',
		});
	});

	it('no column says it, and it may be the same for all rows', () => {
		expect(byName(USUAL, { ...SAME, currency: '' })).toEqual({
			field: 'Currency',
			reason: 'no column has a name that says it, and nothing is guessed',
			fix: 'Found: "Claim No", "Payment Ref", "Customer ID" and "Amount". Name the column that holds it "currency", give it under Same for All Rows, or choose Map Each Column Manually.',
		});
	});

	it('there are no columns at all', () => {
		expect(byName([])?.fix).toMatch(/^The rows have no columns\. Name the column that holds it /);
	});

	it('it is given in both ways', () => {
		expect(byName([...USUAL, 'Currency'])).toEqual({
			field: 'Currency',
			reason: 'it is given twice: under Same for All Rows, and by the column "Currency"',
			fix: 'Leave it empty under Same for All Rows to take the column. To ignore the column, choose Map Each Column Manually without it.',
		});
	});
});

it('a column of metadata that is named twice is left out once', () => {
	const columns = { ...NAMED, amount: 'Sum' };
	const written = { mappingMode: 'defineBelow', columns, sameForAllRows: SAME };
	const twice = PAYMENT_COLUMNS.map({ ...written, metadataColumns: 'Claim, Claim' }, HEADERS);
	expect(errorsOf(twice)).toEqual([
		{
			field: 'Metadata Columns > Claim',
			reason: 'the column is named twice',
			fix: 'Leave out one of the two.',
		},
	]);
});
