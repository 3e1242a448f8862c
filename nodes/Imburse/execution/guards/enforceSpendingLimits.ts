import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../operation';
import { validateAmount } from '../../validation/amount';
import { validateCurrency } from '../../validation/currency';
import {
	countPayment,
	type CountedPayment,
	type SpendingLimits,
} from '../../validation/spendingLimits';
import { allOf, type ValidationResult, type ValidationError } from '../../validation/result';
import { executionMemory } from './executionMemory';
import type { GuardSettings } from './guardOptions';
import { isToolNode } from '../../n8n/toolRun';
import type { RunValidation, PreparedItem } from '../items';

/**
 * The items that would exceed the limits of the execution. Those that fit are counted at once,
 * before anything is sent: a limit that counted later could be passed meanwhile.
 */
export function enforceSpendingLimits(
	context: IExecuteFunctions,
	{ effect }: Operation,
	settings: GuardSettings,
	items: readonly PreparedItem[],
): RunValidation['errors'] {
	const limited =
		settings.maxPayments > 0 || settings.totals.length > 0 || isToolNode(context.getNode());
	if (effect !== 'movesMoney' || !limited) return [];
	const totals = totalsOf(settings);
	if (!totals.ok) return onAll(items, totals.errors);
	const limits: SpendingLimits = {
		maxPayments: settings.maxPayments > 0 ? settings.maxPayments : undefined,
		maxTotals: totals.value,
		onlyListedCurrencies: isToolNode(context.getNode()),
		fields: { maxPayments: 'Max Payments per Execution', maxTotals: 'Max Total per Currency' },
	};
	return countAll(context, items, limits);
}

function countAll(
	context: IExecuteFunctions,
	items: readonly PreparedItem[],
	limits: SpendingLimits,
): RunValidation['errors'] {
	const memory = executionMemory(context);
	let counted: ReadonlyMap<string, CountedPayment> = new Map(
		memory.payments.map((payment) => [payment.id, payment]),
	);
	const errors: RunValidation['errors'] = [];
	for (const { index, plan } of items) {
		const money = plan.money ?? [];
		// Another amount under the same name is another payment: only a repetition is counted once.
		const id = `${plan.label} ${JSON.stringify(money)}`;
		const payment = { id, money, hasUnknownMoney: plan.money === undefined };
		const result = countPayment(payment, counted, limits);
		if (result.ok) counted = result.value;
		else errors.push(...onItem(index, result.errors));
	}
	memory.payments = [...counted.values()];
	return errors;
}

function totalsOf({ totals }: GuardSettings): ValidationResult<ReadonlyMap<string, string>> {
	const field = 'Max Total per Currency';
	const byCurrency = new Map<string, string>();
	const errors: ValidationError[] = [];
	for (const total of totals) {
		const currency = validateCurrency(total.currency, `${field} > Currency`);
		const code = currency.ok ? currency.value : '';
		const checked = allOf({
			currency,
			amount: validateAmount(total.amount, code, `${field} > Amount`),
		});
		if (checked.ok) byCurrency.set(checked.value.currency, checked.value.amount);
		else errors.push(...checked.errors);
	}
	return errors.length > 0 ? { ok: false, errors } : { ok: true, value: byCurrency, hints: [] };
}

function onAll(items: readonly PreparedItem[], errors: ValidationError[]): RunValidation['errors'] {
	return items.flatMap(({ index }) => onItem(index, errors));
}

function onItem(itemIndex: number, errors: ValidationError[]): RunValidation['errors'] {
	return errors.map((error) => ({ itemIndex, error }));
}
