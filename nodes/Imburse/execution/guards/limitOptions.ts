import { validateAmount } from '../../validation/amount';
import { validateCurrency } from '../../validation/currency';
import { formatValue } from '../../validation/format';
import {
	allOf,
	invalid,
	valid,
	type ValidationError,
	type ValidationResult,
} from '../../validation/result';
import type { SpendingLimits } from '../../validation/spendingLimits';
import type { GuardSettings } from './guardOptions';
import { noTotalError } from './totalOptions';

const FIELDS = { maxPayments: 'Max Payments per Execution', maxTotals: 'Max Total per Currency' };

/**
 * The limits that the user set; undefined where there are none.
 *
 * @param needsTotals whether money is held to totals also where none is set
 */
export function spendingLimits(
	{ maxPayments, totals }: GuardSettings,
	needsTotals: boolean,
): ValidationResult<SpendingLimits | undefined> {
	const limitsMoney = needsTotals || totals !== undefined;
	if (!limitsMoney && maxPayments === 0) return valid(undefined);
	if (totals?.length === 0) return invalid(noTotalError(FIELDS.maxTotals));
	const maxTotals = totalsByCurrency(totals ?? []);
	if (!maxTotals.ok) return maxTotals;
	return valid({
		...(maxPayments > 0 ? { maxPayments } : {}),
		...(limitsMoney ? { maxTotals: maxTotals.value } : {}),
		fields: FIELDS,
	});
}

type Total = NonNullable<GuardSettings['totals']>[number];

/** With two totals for one currency nobody knows which is meant. */
function totalsByCurrency(totals: readonly Total[]): ValidationResult<ReadonlyMap<string, string>> {
	const byCurrency = new Map<string, string>();
	const errors: ValidationError[] = [];
	for (const total of totals) {
		const checked = parseTotal(total);
		if (!checked.ok) errors.push(...checked.errors);
		else if (byCurrency.has(checked.value.currency))
			errors.push(namedTwice(checked.value.currency));
		else byCurrency.set(checked.value.currency, checked.value.amount);
	}
	return errors.length > 0 ? invalid(...errors) : valid(byCurrency);
}

function parseTotal(total: Total) {
	const currency = validateCurrency(total.currency, `${FIELDS.maxTotals} > Currency`);
	const amountField = `${FIELDS.maxTotals} > Amount`;
	const amount: ValidationResult<string> = isZero(total.amount)
		? invalid(noTotal(amountField, total.amount))
		: validateAmount(total.amount, currency.ok ? currency.value : '', amountField);
	return allOf({ currency, amount });
}

function isZero(amount: unknown): boolean {
	return /^[0.]+$/.test(String(amount));
}

function noTotal(field: string, amount: unknown): ValidationError {
	return {
		field,
		reason: `${formatValue(amount)} is no total`,
		fix: 'Give more than zero. To refuse a currency, leave it out: with a total for another one it is not paid in.',
	};
}

function namedTwice(currency: string): ValidationError {
	return {
		field: FIELDS.maxTotals,
		reason: `there are two for ${currency}`,
		fix: 'Keep one total for each currency.',
	};
}
