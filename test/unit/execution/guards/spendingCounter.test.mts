import { describe, expect, it } from '@jest/globals';
import {
	emptyLedger,
	SpendingCounter,
} from '../../../../nodes/Imburse/execution/guards/spendingCounter.ts';
import type { PreparedItem } from '../../../../nodes/Imburse/execution/items.ts';

const LIMITS = {
	maxTotals: new Map([['EUR', '10000']]),
	fields: { maxPayments: 'Max Payments per Execution', maxTotals: 'Max Total per Currency' },
};
const OWN_TENANT = 'tenant-1';

function item(label: string, tenantId = '', changeKey?: string): PreparedItem {
	return { tenantId, plan: { label, changeKey } } as unknown as PreparedItem;
}

function payment(amount: string) {
	return { payments: 1, money: [{ amount, currency: 'EUR' }], hasUnknownMoney: false };
}

describe('the counter of an execution', () => {
	it('counts the same payment once, also when it is named with its own tenant', () => {
		const ledger = emptyLedger();
		const counter = new SpendingCounter(ledger, LIMITS, OWN_TENANT);
		for (const tenant of ['', OWN_TENANT, '']) {
			expect(counter.count(item('order A', tenant), payment('6000'))).toEqual([]);
		}
		expect(ledger.spent).toEqual({ payments: 1, totals: { EUR: '6000' } });
	});

	it.each<[string, PreparedItem, string]>([
		['another amount', item('order A'), '6000.01'],
		['another tenant', item('order A', 'tenant-2'), '6000'],
		['another change', item('order A', '', '{"customerRef":"B"}'), '6000'],
		['another label', item('order B'), '6000'],
	])('counts %s as another payment', (_, other, amount) => {
		const counter = new SpendingCounter(emptyLedger(), LIMITS, OWN_TENANT);
		counter.count(item('order A'), payment('6000'));
		expect(counter.count(other, payment(amount))).toHaveLength(1);
	});

	it('keeps plain data in which nothing can be read', () => {
		const ledger = emptyLedger();
		new SpendingCounter(ledger, LIMITS, OWN_TENANT).count(item('order "CLAIM-17"'), payment('1'));
		expect(JSON.parse(JSON.stringify(ledger))).toEqual(ledger);
		expect(JSON.stringify(ledger)).not.toContain('CLAIM-17');
	});

	it('keeps nothing of what a copy counts', () => {
		const ledger = emptyLedger();
		const counter = new SpendingCounter(ledger, LIMITS, OWN_TENANT);
		counter.count(item('order A'), payment('6000'));
		const copy = counter.copy();
		expect(copy.count(item('order B'), payment('4000'))).toEqual([]);
		expect(copy.count(item('order C'), payment('1'))).toHaveLength(1);
		expect(ledger.spent.totals).toEqual({ EUR: '6000' });
		expect(Object.keys(ledger.counted)).toHaveLength(1);
	});
});
