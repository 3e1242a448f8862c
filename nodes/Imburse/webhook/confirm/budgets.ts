import { LookupBudget } from './lookupBudget';

/** Most triggers that have a budget in one process; the one longest unused goes first. */
const MOST_TRIGGERS = 1000;
const budgets = new Map<string, { perMinute: number; budget: LookupBudget }>();

/** The look-ups of one trigger, the same budget for every call in this process. */
export function budgetOf(trigger: string, perMinute: number): LookupBudget {
	const known = budgets.get(trigger);
	const entry =
		known?.perMinute === perMinute
			? known
			: { perMinute, budget: new LookupBudget(perMinute, Date.now()) };
	budgets.delete(trigger);
	budgets.set(trigger, entry);
	const [oldest] = budgets.keys();
	if (budgets.size > MOST_TRIGGERS && oldest !== undefined) budgets.delete(oldest);
	return entry.budget;
}
