import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	countPayment,
	type CountedPayment,
	type Limits,
} from '../../../nodes/Imburse/rules/limits.ts';

const EUR = (amount: string) => ({ amount, currency: 'EUR' });

function payment(id: string, ...money: CountedPayment['money']): CountedPayment {
	return { id, money, hasUnknownMoney: false };
}

function limits(chosen: Partial<Limits> = {}): Limits {
	return { totals: new Map(), onlyListedCurrencies: false, ...chosen };
}

/** Counts the payments one after another, and gives the verdict on the last. */
function verdictOnLast(payments: CountedPayment[], chosen: Limits) {
	let counted: ReadonlyMap<string, CountedPayment> = new Map();
	for (const payment of payments.slice(0, -1)) {
		const verdict = countPayment(payment, counted, chosen);
		if (verdict.ok) counted = verdict.value;
	}
	return countPayment(payments.at(-1)!, counted, chosen);
}

describe('the number of payments', () => {
	it('may reach the limit, and not pass it', () => {
		const payments = ['A', 'B', 'C'].map((id) => payment(id, EUR('1')));
		expect(verdictOnLast(payments.slice(0, 2), limits({ payments: 2 })).ok).toBe(true);
		expect(verdictOnLast(payments, limits({ payments: 2 }))).toEqual({
			ok: false,
			violations: [
				expect.objectContaining({
					field: 'Max Payments per Execution',
					reason: 'this would be payment 3, and 2 are allowed',
				}),
			],
		});
	});

	it('counts a second try of the same payment once', () => {
		const once = payment('A', EUR('1'));
		expect(verdictOnLast([once, once], limits({ payments: 1 })).ok).toBe(true);
	});
});

describe('the total of a currency', () => {
	const chosen = limits({ totals: new Map([['EUR', '100.00']]) });

	it('may reach the limit to the cent, and not pass it', () => {
		const first = payment('A', EUR('60.10'), EUR('39.8'));
		expect(verdictOnLast([first, payment('B', EUR('0.10'))], chosen).ok).toBe(true);
		expect(verdictOnLast([first, payment('B', EUR('0.11'))], chosen)).toMatchObject({
			ok: false,
			violations: [
				{
					reason: 'the payments of this execution would come to 100.01 EUR, and 100.00 are allowed',
				},
			],
		});
	});

	it('does not count another currency', () => {
		const pounds = payment('B', { amount: '500', currency: 'GBP' });
		expect(verdictOnLast([pounds], chosen).ok).toBe(true);
		expect(verdictOnLast([pounds], { ...chosen, onlyListedCurrencies: true })).toMatchObject({
			ok: false,
			violations: [{ reason: 'there is none for GBP' }],
		});
	});

	it('does not count a payment that was refused', () => {
		const tooMuch = payment('A', EUR('100.01'));
		expect(verdictOnLast([tooMuch, payment('B', EUR('100'))], chosen).ok).toBe(true);
	});

	it('holds nothing that cannot be counted', () => {
		const claim = { ...payment('A'), hasUnknownMoney: true };
		const change = payment('B', { amount: '1', currency: '' });
		const unlimited = limits({ payments: 5 });
		for (const [uncountable, reason] of [
			[claim, 'how much this pays is not known before it is sent'],
			[change, 'the currency of the amount is not given'],
		] as const) {
			expect(verdictOnLast([uncountable], unlimited).ok).toBe(true);
			for (const held of [chosen, limits({ onlyListedCurrencies: true })]) {
				expect(verdictOnLast([uncountable], held)).toEqual({
					ok: false,
					violations: [
						expect.objectContaining({ field: 'Max Total per Currency', reason }) as unknown,
					],
				});
			}
		}
		expect(verdictOnLast([payment('C')], chosen).ok).toBe(true);
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
					limits({ totals: new Map([['EUR', (total / 100).toFixed(2)]]) });
				expect(verdictOnLast(payments, exactly(sum)).ok).toBe(true);
				expect(verdictOnLast(payments, exactly(sum - 1)).ok).toBe(false);
			}),
		);
	});
});
