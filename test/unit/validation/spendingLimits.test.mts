import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	countPayment,
	type CountedPayment,
	type SpendingLimits,
} from '../../../nodes/Imburse/validation/spendingLimits.ts';

const EUR = (amount: string) => ({ amount, currency: 'EUR' });

function payment(id: string, ...money: CountedPayment['money']): CountedPayment {
	return { id, money, hasUnknownMoney: false };
}

function limits(chosen: Partial<SpendingLimits> = {}): SpendingLimits {
	const fields = {
		maxPayments: 'Max Payments per Execution',
		maxTotals: 'Max Total per Currency',
	};
	return { maxTotals: new Map(), onlyListedCurrencies: false, fields, ...chosen };
}

/** Counts the payments one after another, and gives the result of the last. */
function resultOfLast(payments: CountedPayment[], chosen: SpendingLimits) {
	let counted: ReadonlyMap<string, CountedPayment> = new Map();
	for (const payment of payments.slice(0, -1)) {
		const result = countPayment(payment, counted, chosen);
		if (result.ok) counted = result.value;
	}
	return countPayment(payments.at(-1)!, counted, chosen);
}

describe('the number of payments', () => {
	it('may reach the limit, and not pass it', () => {
		const payments = ['A', 'B', 'C'].map((id) => payment(id, EUR('1')));
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
		const orders = [payment('A', EUR('1'), EUR('2')), payment('B')];
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

	it('counts a second try of the same payment once', () => {
		const once = payment('A', EUR('1'));
		expect(resultOfLast([once, once], limits({ maxPayments: 1 })).ok).toBe(true);
	});
});

describe('the total of a currency', () => {
	const chosen = limits({ maxTotals: new Map([['EUR', '100.00']]) });

	it('may reach the limit to the cent, and not pass it', () => {
		const first = payment('A', EUR('60.10'), EUR('39.8'));
		expect(resultOfLast([first, payment('B', EUR('0.10'))], chosen).ok).toBe(true);
		expect(resultOfLast([first, payment('B', EUR('0.11'))], chosen)).toMatchObject({
			ok: false,
			errors: [
				{
					reason: 'the payments of this execution would come to 100.01 EUR, and 100.00 are allowed',
				},
			],
		});
	});

	it('does not count another currency', () => {
		const pounds = payment('B', { amount: '500', currency: 'GBP' });
		expect(resultOfLast([pounds], chosen).ok).toBe(true);
		expect(resultOfLast([pounds], { ...chosen, onlyListedCurrencies: true })).toMatchObject({
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
		const mixed = payment('A', EUR('100'), { amount: '500', currency: 'GBP' });
		expect(resultOfLast([mixed], chosen).ok).toBe(true);
		const dearer = payment('B', EUR('0.01'), { amount: '500', currency: 'GBP' });
		expect(resultOfLast([mixed, dearer], chosen).ok).toBe(false);
	});

	it.each([
		['0.02', '0.01', '0.02'],
		['101', '100', '101'],
		['101.00', '100', '101'],
		['0.000001', '0', '0.000001'],
		['1234567890.5', '1', '1234567890.5'],
	])('says that %s is more than %s', (amount, limit, total) => {
		expect(
			resultOfLast([payment('A', EUR(amount))], limits({ maxTotals: new Map([['EUR', limit]]) })),
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
		const tooMuch = payment('A', EUR('100.01'));
		expect(resultOfLast([tooMuch, payment('B', EUR('100'))], chosen).ok).toBe(true);
	});

	it('holds nothing that cannot be counted', () => {
		const claim = { ...payment('A'), hasUnknownMoney: true };
		const change = payment('B', { amount: '1', currency: '' });
		const unlimited = limits({ maxPayments: 5 });
		for (const [uncountable, reason, fix] of [
			[
				claim,
				'how much this pays is not known before it is sent',
				'Use Max Payments per Execution alone, and only where a person runs it.',
			],
			[
				change,
				'the currency of the amount is not given',
				'Give the currency beside the amount, although it stays the same.',
			],
		] as const) {
			expect(resultOfLast([uncountable], unlimited).ok).toBe(true);
			for (const held of [chosen, limits({ onlyListedCurrencies: true })]) {
				expect(resultOfLast([uncountable], held)).toEqual({
					ok: false,
					errors: [{ field: 'Max Total per Currency', reason, fix }],
				});
			}
		}
		expect(resultOfLast([payment('C')], chosen).ok).toBe(true);
	});

	it('adds up exactly, where floats would not', () => {
		const cents = fc.array(fc.integer({ min: 1, max: 10_000_000 }), {
			minLength: 1,
			maxLength: 30,
		});
		fc.assert(
			fc.property(cents, (amounts) => {
				const sum = amounts.reduce((total, amount) => total + amount, 0);
				const payments = amounts.map((amount, index) =>
					payment(String(index), EUR((amount / 100).toFixed(2))),
				);
				const exactly = (total: number) =>
					limits({ maxTotals: new Map([['EUR', (total / 100).toFixed(2)]]) });
				expect(resultOfLast(payments, exactly(sum)).ok).toBe(true);
				expect(resultOfLast(payments, exactly(sum - 1)).ok).toBe(false);
			}),
		);
	});
});
