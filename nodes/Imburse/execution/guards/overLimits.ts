import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../operation';
import { checkAmount } from '../../rules/amount';
import { checkCurrency } from '../../rules/currency';
import { countPayment, type CountedPayment, type Limits } from '../../rules/limits';
import { allOf, type Checked, type Violation } from '../../rules/violation';
import { memoryOf } from './executionMemory';
import type { GuardSettings } from './guardOptions';
import { isToolNode } from './toolNode';
import type { BatchVerdict } from './batchVerdict';
import type { ReadyItem } from '../itemStates';

/**
 * The items that would exceed the limits of the execution. Those that fit are counted at once,
 * before anything is sent: a limit that counted later could be passed meanwhile.
 */
export function overLimits(
	context: IExecuteFunctions,
	{ effect }: Operation,
	settings: GuardSettings,
	ready: readonly ReadyItem[],
): BatchVerdict['violations'] {
	const limited =
		settings.maxPayments > 0 || settings.totals.length > 0 || isToolNode(context.getNode());
	if (effect !== 'movesMoney' || !limited) return [];
	const totals = totalsOf(settings);
	if (!totals.ok) return onAll(ready, totals.violations);
	const limits: Limits = {
		payments: settings.maxPayments > 0 ? settings.maxPayments : undefined,
		totals: totals.value,
		onlyListedCurrencies: isToolNode(context.getNode()),
	};
	return countAll(context, ready, limits);
}

function countAll(
	context: IExecuteFunctions,
	ready: readonly ReadyItem[],
	limits: Limits,
): BatchVerdict['violations'] {
	const memory = memoryOf(context);
	let counted: ReadonlyMap<string, CountedPayment> = new Map(
		memory.payments.map((payment) => [payment.id, payment]),
	);
	const violations: BatchVerdict['violations'] = [];
	for (const { item, plan } of ready) {
		const money = plan.money ?? [];
		// Another amount under the same name is another payment: only a repetition is counted once.
		const id = `${plan.subject} ${JSON.stringify(money)}`;
		const payment = { id, money, hasUnknownMoney: plan.money === undefined };
		const verdict = countPayment(payment, counted, limits);
		if (verdict.ok) counted = verdict.value;
		else violations.push(...onItem(item, verdict.violations));
	}
	memory.payments = [...counted.values()];
	return violations;
}

function totalsOf({ totals }: GuardSettings): Checked<ReadonlyMap<string, string>> {
	const field = 'Max Total per Currency';
	const byCurrency = new Map<string, string>();
	const violations: Violation[] = [];
	for (const total of totals) {
		const currency = checkCurrency(total.currency, `${field} > Currency`);
		const code = currency.ok ? currency.value : '';
		const checked = allOf({
			currency,
			amount: checkAmount(total.amount, code, `${field} > Amount`),
		});
		if (checked.ok) byCurrency.set(checked.value.currency, checked.value.amount);
		else violations.push(...checked.violations);
	}
	return violations.length > 0
		? { ok: false, violations }
		: { ok: true, value: byCurrency, hints: [] };
}

function onAll(ready: readonly ReadyItem[], violations: Violation[]): BatchVerdict['violations'] {
	return ready.flatMap(({ item }) => onItem(item, violations));
}

function onItem(itemIndex: number, violations: Violation[]): BatchVerdict['violations'] {
	return violations.map((violation) => ({ itemIndex, violation }));
}
