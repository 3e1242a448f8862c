import { describe, expect, it } from '@jest/globals';

import {
	emptyLedger,
	SpendingCounter,
} from '../../../../nodes/Imburse/execution/guards/spendingCounter.ts';
import type { PreparedItem } from '../../../../nodes/Imburse/execution/items.ts';

const OWN_TENANT = 'OWN';
const LIMITS = {
	maxPayments: 1,
	maxTotals: new Map([['EUR', '100.00']]),
	fields: { maxPayments: 'Max Payments', maxTotals: 'Max Total' },
};
const PAYMENT = {
	payments: 1,
	money: [{ amount: '60.00', currency: 'EUR' }],
	hasUnknownMoney: false,
};

const item = (tenantId: string, label = 'Payment Order "A"') =>
	({ tenantId, plan: { label } }) as unknown as PreparedItem;

function reasonsFor(...items: PreparedItem[]): string[][] {
	const counter = new SpendingCounter(emptyLedger(), LIMITS, OWN_TENANT);
	return items.map((one) => counter.count(one, PAYMENT).map(({ reason }) => reason));
}

describe('SpendingCounter', () => {
	it('counts the same reference in two tenants as two payments', () => {
		expect(reasonsFor(item('T-1'), item('T-2'))[1]).toEqual([
			'this would be payment 2, and 1 are allowed',
			'the payments of this execution would come to 120 EUR, and 100.00 are allowed',
		]);
	});

	it("counts a second try once, also where the credential's tenant is named", () => {
		expect(reasonsFor(item(''), item(''), item(OWN_TENANT))).toEqual([[], [], []]);
	});

	it('keeps nothing of what a copy counts', () => {
		const counter = new SpendingCounter(emptyLedger(), LIMITS, OWN_TENANT);
		expect(counter.copy().count(item('T-1'), PAYMENT)).toEqual([]);
		expect(counter.count(item('T-2'), PAYMENT)).toEqual([]);
	});
});
