import { expect, it } from '@jest/globals';

import {
	COLUMN_FIELD_NAMES,
	COLUMN_FIELDS,
} from '../../../nodes/Imburse/validation/columnNames.ts';
import { claimingColumns, indexHeaders } from '../../../nodes/Imburse/validation/columns.ts';

const claimed = (header: string) =>
	COLUMN_FIELD_NAMES.filter((name) => claimingColumns(name, indexHeaders([header])).length > 0);

it('every name says one field alone', () => {
	for (const name of COLUMN_FIELD_NAMES) {
		for (const header of [name, ...COLUMN_FIELDS[name].names]) {
			expect([header, claimed(header)]).toEqual([header, [name]]);
		}
	}
});

it.each([
	['Claim No.', 'orderRef'],
	['CLAIM_NUMBER', 'orderRef'],
	['payment-id', 'instructionRef'],
	['Policyholder Number', 'customerRef'],
	['COUNTRY CODE', 'country'],
	['AMOUNT', 'amount'],
	['Payout Amount', 'amount'],
])('%s says %s', (header, name) => {
	expect(claimed(header)).toEqual([name]);
});

it.each([
	'Claim Amount',
	'Total',
	'Net Amount',
	'Amount (EUR)',
	'amount ',
	'a_mount',
	'Paid',
	'Currency Code',
	'currency_',
	'Ccy',
	'Type',
	'Credit',
	'Debit/Credit',
	'Due Date',
	'Payment Date',
	'Name',
	'Scheme',
	'row_number',
	'',
])('"%s" says nothing for certain', (header) => {
	expect(claimed(header)).toEqual([]);
});
