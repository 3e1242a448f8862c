import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { valid, type ValidationResult } from '../../validation/result';
import type { CountedPayment } from '../../validation/spendingLimits';
import { mapInSlices, type GiveWay } from '../../n8n/timeSlice';
import { isToolNode } from '../../n8n/toolRun';
import { isValidateOnly, type RunValidation, type CountMoney, type PreparedItem } from '../items';
import { executionMemory } from './executionMemory';
import { guardSettings } from './guardOptions';
import { spendingLimits } from './limitOptions';
import { SpendingCounter } from './spendingCounter';

/**
 * The items that would exceed the limits of the execution. Those that fit are counted at once,
 * before anything is sent: a limit that counted later could be passed meanwhile. Items that are
 * only checked send nothing: they are counted after the others, and nothing of that is kept.
 */
export async function enforceSpendingLimits(
	context: IExecuteFunctions,
	operation: Operation,
	ownTenant: string,
	items: readonly PreparedItem[],
	giveWay: GiveWay,
): Promise<RunValidation['errors']> {
	const counter = openCounter(context, operation, ownTenant, items[0]?.options ?? {});
	if (!counter.ok) {
		return items.flatMap(({ index }) =>
			counter.errors.map((error) => ({ itemIndex: index, error })),
		);
	}
	if (!counter.value) return [];
	const toSend = items.filter((item) => !isValidateOnly(item));
	const errors = await countAll(counter.value, toSend, giveWay);
	const validated = items.filter(isValidateOnly);
	return [...errors, ...(await countAll(counter.value.copy(), validated, giveWay))];
}

/** Counts what an item is known to move only once it was read. @see Plan.money */
export function moneyCounter(
	context: IExecuteFunctions,
	operation: Operation,
	ownTenant: string,
	items: readonly PreparedItem[],
): CountMoney {
	const counter = openCounter(context, operation, ownTenant, items[0]?.options ?? {});
	return (item, money) => {
		if (!counter.ok) return counter.errors;
		return (
			counter.value?.count(item, { payments: 0, money: [money], hasUnknownMoney: false }) ?? []
		);
	};
}

/** Undefined where nothing is limited. */
function openCounter(
	context: IExecuteFunctions,
	{ effect }: Operation,
	ownTenant: string,
	options: IDataObject,
): ValidationResult<SpendingCounter | undefined> {
	if (effect !== 'movesMoney') return valid(undefined);
	const limits = spendingLimits(guardSettings(options), isToolNode(context.getNode()));
	if (!limits.ok) return limits;
	if (!limits.value) return valid(undefined);
	const { ledger } = executionMemory(context);
	return valid(new SpendingCounter(ledger, limits.value, ownTenant));
}

async function countAll(
	counter: SpendingCounter,
	items: readonly PreparedItem[],
	giveWay: GiveWay,
): Promise<RunValidation['errors']> {
	const errors = await mapInSlices(items, giveWay, (item) =>
		counter.count(item, paymentOf(item.plan)).map((error) => ({ itemIndex: item.index, error })),
	);
	return errors.flat();
}

/** An order with several instructions is as many payments; one without any counts as one. */
function paymentOf({ money }: Plan): CountedPayment {
	if (money === 'nothing') return { payments: 0, money: [], hasUnknownMoney: false };
	if (money === 'afterRead') return { payments: 1, money: [], hasUnknownMoney: false };
	return {
		payments: Math.max(1, money?.length ?? 0),
		money: money ?? [],
		hasUnknownMoney: money === undefined,
	};
}
