import { valid, invalid, type ValidationResult, type ValidationError } from './result';

/** Money in one currency; the amount is decimal text. */
export interface Money {
	amount: string;
	currency: string;
}

/** What may be sent in one execution. Nothing is limited where a field is left out. */
export interface SpendingLimits {
	maxPayments?: number;
	/** The most by currency, as decimal text. */
	maxTotals: ReadonlyMap<string, string>;
	/** Whether a currency without a total may be paid in at all. */
	onlyListedCurrencies: boolean;
	/** Display names of the fields in which the limits stand. */
	fields: { maxPayments: string; maxTotals: string };
}

/** A payment that is to be counted. */
export interface CountedPayment {
	/** The same for the same payment, so that a second try is not counted twice. */
	id: string;
	/** The currency is empty where it is not known. */
	money: readonly Money[];
	/** Whether it moves money besides, and nobody knows how much. */
	hasUnknownMoney: boolean;
}

/**
 * Whether a payment still fits under the limits, beside those counted before.
 *
 * @returns the payments counted so far, with this one among them
 */
export function countPayment(
	payment: CountedPayment,
	counted: ReadonlyMap<string, CountedPayment>,
	limits: SpendingLimits,
): ValidationResult<ReadonlyMap<string, CountedPayment>> {
	const all = new Map(counted).set(payment.id, payment);
	const errors = [
		...paymentCountErrors(countPayments(all), limits),
		...unknownMoneyErrors(payment, limits),
		...currenciesOf(payment).flatMap((currency) => totalErrors(currency, all, limits)),
	];
	return errors.length > 0 ? invalid(...errors) : valid(all);
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
	{ money, hasUnknownMoney }: CountedPayment,
	{ maxTotals, onlyListedCurrencies, fields }: SpendingLimits,
): ValidationError[] {
	if (maxTotals.size === 0 && !onlyListedCurrencies) return [];
	const field = fields.maxTotals;
	if (hasUnknownMoney) {
		const fix = `Use ${fields.maxPayments} alone, and only where a person runs it.`;
		return [{ field, reason: 'how much this pays is not known before it is sent', fix }];
	}
	if (money.every(({ currency }) => currency !== '')) return [];
	const fix = 'Give the currency beside the amount, although it stays the same.';
	return [{ field, reason: 'the currency of the amount is not given', fix }];
}

function totalErrors(
	currency: string,
	all: ReadonlyMap<string, CountedPayment>,
	{ maxTotals, onlyListedCurrencies, fields }: SpendingLimits,
): ValidationError[] {
	const field = fields.maxTotals;
	const limit = maxTotals.get(currency);
	if (limit === undefined) {
		if (!onlyListedCurrencies) return [];
		const fix = `Add a total for ${currency}, if payments in it are to be allowed.`;
		return [{ field, reason: `there is none for ${currency}`, fix }];
	}
	const total = sum(
		[...all.values()].flatMap(({ money }) => money),
		currency,
	);
	if (toScaledInteger(total) <= toScaledInteger(limit)) return [];
	return [
		{
			field,
			reason: `the payments of this execution would come to ${total} ${currency}, and ${limit} are allowed`,
			fix: 'Check the amounts, then raise the limit or run fewer.',
		},
	];
}

/** An order with several instructions is as many payments; one without any counts as one. */
function countPayments(all: ReadonlyMap<string, CountedPayment>): number {
	return [...all.values()].reduce((count, { money }) => count + Math.max(1, money.length), 0);
}

function currenciesOf({ money }: CountedPayment): string[] {
	return [...new Set(money.map(({ currency }) => currency))].filter((currency) => currency !== '');
}

/** Above the decimals of every currency (ISO 4217 has four at the most). */
const DECIMALS = 6;

function sum(money: readonly Money[], currency: string): string {
	const amounts = money.filter((one) => one.currency === currency).map(({ amount }) => amount);
	const total = amounts.reduce((before, amount) => before + toScaledInteger(amount), 0n);
	const digits = String(total).padStart(DECIMALS + 1, '0');
	const decimals = digits.slice(-DECIMALS).replace(/0+$/, '');
	return `${digits.slice(0, -DECIMALS)}${decimals === '' ? '' : `.${decimals}`}`;
}

function toScaledInteger(amount: string): bigint {
	const whole = amount.replace(/\..*$/, '');
	const decimals = amount.slice(whole.length + 1);
	return BigInt(whole + decimals.padEnd(DECIMALS, '0').slice(0, DECIMALS));
}
