import type { Plan } from '../operation';
import type { SentFields } from '../validation/compareFields';
import { listTotals, totalsOf, type Total } from '../validation/totals';

/** The payments that a create makes: the instructions in it, with all that was sent of them. */
export function paymentsOf({ readBack }: Plan): SentFields[] {
	if (!readBack) return [];
	const all = [readBack.whole, ...readBack.parts].map(({ sentFields }) => sentFields);
	return all.filter(({ amount }) => amount !== undefined);
}

/** `12 payments`, or `1 payment`. */
export function countedPayments(count: number): string {
	return `${count} ${count === 1 ? 'payment' : 'payments'}`;
}

const SENT: Readonly<Record<string, string>> = { CREDIT: 'paid out', DEBIT: 'collected' };
const PLANNED: Readonly<Record<string, string>> = { CREDIT: 'to pay out', DEBIT: 'to collect' };

/** What payments that were made come to: `3,450.00 EUR paid out`. */
export function sentSums(payments: readonly SentFields[]): string {
	return sums(payments, SENT);
}

/** The same of payments of which it is not certain, or not true, that they were made. */
export function plannedSums(payments: readonly SentFields[]): string {
	return sums(payments, PLANNED);
}

function sums(payments: readonly SentFields[], verbs: Readonly<Record<string, string>>): string {
	const sum = ({ amount, currency, direction }: Total) =>
		`${withThousands(amount)} ${currency} ${verbs[direction] ?? direction}`;
	return listTotals(totalsOf(payments)).map(sum).join(', ');
}

function withThousands(amount: string): string {
	const [whole, decimals] = amount.split('.');
	const grouped = whole!.replace(/\B(?=(?:\d{3})+$)/g, ',');
	return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}
