import { describe, expect, it } from '@jest/globals';

import { listTotals, totalsOf } from '../../../nodes/Imburse/validation/totals.ts';

const pay = (amount: string, currency = 'EUR', direction = 'CREDIT') => ({
	amount,
	currency,
	direction,
});

describe('totals', () => {
	it('are exact decimal texts by currency and direction, with all decimals of the currency', () => {
		const payments = [
			pay('0.1'),
			pay('0.20'),
			pay('7', 'EUR', 'DEBIT'),
			pay('1480', 'JPY'),
			pay('1.5', 'KWD'),
			{ orderRef: 'ORDER' },
		];
		const totals = totalsOf(payments);
		expect(totals).toEqual({
			EUR: { CREDIT: '0.30', DEBIT: '7.00' },
			JPY: { CREDIT: '1480' },
			KWD: { CREDIT: '1.500' },
		});
		expect(JSON.stringify(totalsOf(payments.reverse()))).toBe(JSON.stringify(totals));
	});

	it('stand one by one in a list', () => {
		expect(listTotals(totalsOf([pay('1', 'USD', 'DEBIT'), pay('2')]))).toEqual([
			{ currency: 'EUR', direction: 'CREDIT', amount: '2.00' },
			{ currency: 'USD', direction: 'DEBIT', amount: '1.00' },
		]);
		expect(listTotals(totalsOf([]))).toEqual([]);
	});
});
