import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	countPayment,
	NOTHING_SPENT,
	type CountedPayment,
	type SpendingLimits,
} from '../../../nodes/Imburse/validation/spendingLimits.ts';

const EUR = (amount: string) => ({ amount, currency: 'EUR' });

function payment(...money: CountedPayment['money']): CountedPayment {
	return { payments: Math.max(1, money.length), money, hasUnknownMoney: false };
}

function limits(chosen: Partial<SpendingLimits> = {}): SpendingLimits {
	const fields = {
		maxPayments: 'Max Payments per Execution',
		maxTotals: 'Max Total per Currency',
	};
	return { fields, ...chosen };
}

/** Counts the payments one after another, and gives the result of the last. */
function resultOfLast(payments: CountedPayment[], chosen: SpendingLimits) {
	let counted = NOTHING_SPENT;
	for (const payment of payments.slice(0, -1)) {
		const result = countPayment(payment, counted, chosen);
		if (result.ok) counted = result.value;
	}
	return countPayment(payments.at(-1)!, counted, chosen);
}

describe('the number of payments', () => {
	it('may reach the limit, and not pass it', () => {
		const payments = [1, 2, 3].map(() => payment(EUR('1')));
		expect(resultOfLast(payments.slice(0, 2), limits({ maxPayments: 2 })).ok).toBe(true);
		expect(resultOfLast(payments, limits({ maxPayments: 2 }))).toEqual({
			ok: false,
			errors: [
				expect.objectContaining({
					field: 'Max Payments per Execution',
					reason: 'this would be payment 3, and 2 are allowed',
				}),
			],
		});
	});

	it('counts an order with several instructions as so many, and one without as one', () => {
		const orders = [payment(EUR('1'), EUR('2')), payment()];
		expect(resultOfLast(orders, limits({ maxPayments: 3 })).ok).toBe(true);
		expect(resultOfLast(orders, limits({ maxPayments: 2 }))).toEqual({
			ok: false,
			errors: [
				{
					field: 'Max Payments per Execution',
					reason: 'this would be payment 3, and 2 are allowed',
					fix: 'Check why there are so many, then raise the limit or run fewer.',
				},
			],
		});
	});

	it('lets through what is no payment, however many there were', () => {
		const change = { ...payment(), payments: 0 };
		expect(resultOfLast([payment(), change], limits({ maxPayments: 1 })).ok).toBe(true);
		expect(resultOfLast([payment(), change, payment()], limits({ maxPayments: 1 })).ok).toBe(false);
	});
});

describe('the total of a currency', () => {
	const chosen = limits({ maxTotals: new Map([['EUR', '100.00']]) });

	it('may reach the limit to the cent, and not pass it', () => {
		const first = payment(EUR('60.10'), EUR('39.8'));
		expect(resultOfLast([first, payment(EUR('0.10'))], chosen).ok).toBe(true);
		expect(resultOfLast([first, payment(EUR('0.11'))], chosen)).toMatchObject({
			ok: false,
			errors: [
				{
					reason: 'the payments of this execution would come to 100.01 EUR, and 100.00 are allowed',
				},
			],
		});
	});

	it.each([
		['another', chosen],
		['none', limits({ maxTotals: new Map() })],
	])('lets nothing through in a currency without one, where there is %s', (_, held) => {
		const pounds = payment({ amount: '500', currency: 'GBP' });
		expect(resultOfLast([pounds], limits()).ok).toBe(true);
		expect(resultOfLast([pounds], held)).toMatchObject({
			ok: false,
			errors: [
				{
					field: 'Max Total per Currency',
					reason: 'there is none for GBP',
					fix: 'Add a total for GBP, if payments in it are to be allowed.',
				},
			],
		});
	});

	it('adds up one currency, whatever is paid in others beside it', () => {
		const both = limits({
			maxTotals: new Map([
				['EUR', '100.00'],
				['GBP', '1000'],
			]),
		});
		const mixed = payment(EUR('100'), { amount: '500', currency: 'GBP' });
		expect(resultOfLast([mixed], both).ok).toBe(true);
		const dearer = payment(EUR('0.01'), { amount: '500', currency: 'GBP' });
		expect(resultOfLast([mixed, dearer], both)).toMatchObject({
			ok: false,
			errors: [{ reason: expect.stringContaining('100.01 EUR') as unknown }],
		});
		expect(resultOfLast([mixed], chosen).ok).toBe(false);
	});

	it.each([
		['0.02', '0.01', '0.02'],
		['101', '100', '101'],
		['101.00', '100', '101'],
		['0.000001', '0', '0.000001'],
		['1234567890.5', '1', '1234567890.5'],
	])('says that %s is more than %s', (amount, limit, total) => {
		expect(
			resultOfLast([payment(EUR(amount))], limits({ maxTotals: new Map([['EUR', limit]]) })),
		).toEqual({
			ok: false,
			errors: [
				{
					field: 'Max Total per Currency',
					reason: `the payments of this execution would come to ${total} EUR, and ${limit} are allowed`,
					fix: 'Check the amounts, then raise the limit or run fewer.',
				},
			],
		});
	});

	it('does not count a payment that was refused', () => {
		const tooMuch = payment(EUR('100.01'));
		expect(resultOfLast([tooMuch, payment(EUR('100'))], chosen).ok).toBe(true);
	});

	it('holds nothing that cannot be counted', () => {
		const claim = { ...payment(), hasUnknownMoney: true };
		expect(resultOfLast([claim], limits({ maxPayments: 5 })).ok).toBe(true);
		for (const held of [chosen, limits({ maxTotals: new Map() })]) {
			expect(resultOfLast([claim], held)).toEqual({
				ok: false,
				errors: [
					{
						field: 'Max Total per Currency',
						reason: 'how much this pays is not known before it is sent',
						fix: 'Use Max Payments per Execution alone, and only where a person runs it.',
					},
				],
			});
		}
		expect(resultOfLast([payment()], chosen).ok).toBe(true);
	});

	it('adds up exactly, where floats would not', () => {
		const cents = fc.array(fc.integer({ min: 1, max: 10_000_000 }), {
			minLength: 1,
			maxLength: 30,
		});
		fc.assert(
			fc.property(cents, (amounts) => {
				const sum = amounts.reduce((total, amount) => total + amount, 0);
				const payments = amounts.map((amount) => payment(EUR((amount / 100).toFixed(2))));
				const exactly = (total: number) =>
					limits({ maxTotals: new Map([['EUR', (total / 100).toFixed(2)]]) });
				expect(resultOfLast(payments, exactly(sum)).ok).toBe(true);
				expect(resultOfLast(payments, exactly(sum - 1)).ok).toBe(false);
			}),
		);
	});
});
