import type { SentFields } from './compareFields';
import { sumDecimals } from './decimalSum';
import { withMinorUnits } from './decimalText';

/** Decimal text by currency, then by direction, with all decimals of the currency. */
export type Totals = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What payments come to. What has no amount, such as an order without payments, adds nothing. */
export function totalsOf(payments: readonly SentFields[]): Totals {
	const amounts = new Map<string, Map<string, string[]>>();
	for (const { amount, currency, direction } of payments) {
		if (amount === undefined || currency === undefined || direction === undefined) continue;
		const ofCurrency = amounts.get(currency) ?? new Map<string, string[]>();
		const sameWay = ofCurrency.get(direction);
		if (sameWay) sameWay.push(amount);
		else ofCurrency.set(direction, [amount]);
		amounts.set(currency, ofCurrency);
	}
	return Object.fromEntries(
		inOrder(amounts).map(([currency, ofCurrency]) => [
			currency,
			Object.fromEntries(
				inOrder(ofCurrency).map(([direction, texts]) => [
					direction,
					withMinorUnits(sumDecimals(texts), currency)!,
				]),
			),
		]),
	);
}

function inOrder<T>(map: ReadonlyMap<string, T>): Array<[string, T]> {
	return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** One total of them. */
export interface Total {
	currency: string;
	direction: string;
	amount: string;
}

export function listTotals(totals: Totals): Total[] {
	return Object.entries(totals).flatMap(([currency, ofCurrency]) =>
		Object.entries(ofCurrency).map(([direction, amount]) => ({ currency, direction, amount })),
	);
}
