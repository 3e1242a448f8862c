import { isMoreThan, sumDecimals } from './decimalSum';
import { valid, invalid, type ValidationResult, type ValidationError } from './result';

/** Money in one currency; the amount is decimal text. */
export interface Money {
	amount: string;
	/** Validated code. */
	currency: string;
}

/** What may be sent in one execution. Nothing is limited where a field is left out. */
export interface SpendingLimits {
	maxPayments?: number;
	/** The most by currency, as decimal text; a currency that is not among them is not paid in. */
	maxTotals?: ReadonlyMap<string, string>;
	/** Display names of the fields in which the limits stand. */
	fields: { maxPayments: string; maxTotals: string };
}

/** What has been let through so far; plain data, so that it can be kept. */
export interface Spending {
	payments: number;
	/** Decimal text by currency. */
	totals: Readonly<Record<string, string>>;
}

export const NOTHING_SPENT: Spending = { payments: 0, totals: {} };

/** What is to be counted. */
export interface CountedPayment {
	/** How many payments it is. */
	payments: number;
	money: readonly Money[];
	/** Whether it moves money besides, and nobody knows how much. */
	hasUnknownMoney: boolean;
}

/**
 * Whether a payment still fits under the limits, beside what was counted before.
 *
 * @returns what is counted then, with this one
 */
export function countPayment(
	payment: CountedPayment,
	before: Spending,
	limits: SpendingLimits,
): ValidationResult<Spending> {
	const after: Spending = {
		payments: before.payments + payment.payments,
		totals: payment.money.reduce(addMoney, before.totals),
	};
	const errors = [
		...(payment.payments > 0 ? paymentCountErrors(after.payments, limits) : []),
		...unknownMoneyErrors(payment, limits),
		...currenciesOf(payment).flatMap((currency) => totalErrors(currency, after, limits)),
	];
	return errors.length > 0 ? invalid(...errors) : valid(after);
}

function paymentCountErrors(
	count: number,
	{ maxPayments, fields }: SpendingLimits,
): ValidationError[] {
	if (maxPayments === undefined || count <= maxPayments) return [];
	return [
		{
			field: fields.maxPayments,
			reason: `this would be payment ${count}, and ${maxPayments} are allowed`,
			fix: 'Check why there are so many, then raise the limit or run fewer.',
		},
	];
}

/** Where there is a limit on money, what cannot be counted is refused. */
function unknownMoneyErrors(
	{ hasUnknownMoney }: CountedPayment,
	{ maxTotals, fields }: SpendingLimits,
): ValidationError[] {
	if (!maxTotals || !hasUnknownMoney) return [];
	return [
		{
			field: fields.maxTotals,
			reason: 'how much this pays is not known before it is sent',
			fix: `Use ${fields.maxPayments} alone, and only where a person runs it.`,
		},
	];
}

function totalErrors(
	currency: string,
	{ totals }: Spending,
	{ maxTotals, fields }: SpendingLimits,
): ValidationError[] {
	if (!maxTotals) return [];
	const field = fields.maxTotals;
	const limit = maxTotals.get(currency);
	if (limit === undefined) {
		const fix = `Add a total for ${currency}, if payments in it are to be allowed.`;
		return [{ field, reason: `there is none for ${currency}`, fix }];
	}
	const total = totals[currency]!;
	if (!isMoreThan(total, limit)) return [];
	return [
		{
			field,
			reason: `the payments of this execution would come to ${total} ${currency}, and ${limit} are allowed`,
			fix: 'Check the amounts, then raise the limit or run fewer.',
		},
	];
}

function currenciesOf({ money }: CountedPayment): string[] {
	return [...new Set(money.map(({ currency }) => currency))];
}

function addMoney(totals: Spending['totals'], { amount, currency }: Money): Spending['totals'] {
	return { ...totals, [currency]: sumDecimals([totals[currency] ?? '0', amount]) };
}
