import { expect, it } from '@jest/globals';

import { isRowNumber, rowNumberHint } from '../../../nodes/Imburse/validation/rowNumber.ts';

it.each(['row_number', 'Row', 'Sheet Row No', 'Line No.', 'index', '#', 'Lfd. Nr.', 'Zeile', '1'])(
	'%s is named as the place of a row',
	(name) => {
		expect(isRowNumber(name)).toBe(true);
	},
);

it.each(['Claim No', 'Number', 'arrow', 'Номер', 'règlement', 'línea de pago'])(
	'%s is not named so',
	(name) => {
		expect(isRowNumber(name)).toBe(false);
	},
);

it('the hint says what to take in its place', () => {
	expect(rowNumberHint('Order Reference', 'the column "No"', 'the claim number')).toBe(
		'Order Reference: the column "No" looks like the place of a row. If a row is added or removed above it, the same payment gets another reference and is paid again. Map a number that belongs to the payment, for example the claim number.',
	);
});
