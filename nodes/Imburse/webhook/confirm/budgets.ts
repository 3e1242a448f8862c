import { LookUpBudget } from './lookUpBudget';

/** Most triggers that have a budget in one process; the one longest unused goes first. */
const MAX_TRIGGERS = 1000;
const budgets = new Map<string, { perMinute: number; budget: LookUpBudget }>();

/** The look-ups of one trigger, the same budget for every call in this process. */
export function lookUpBudgetOf(trigger: string, perMinute: number): LookUpBudget {
	const known = budgets.get(trigger);
	const entry =
		known?.perMinute === perMinute
			? known
			: { perMinute, budget: new LookUpBudget(perMinute, Date.now()) };
	budgets.delete(trigger);
	budgets.set(trigger, entry);
	const [oldest] = budgets.keys();
	if (budgets.size > MAX_TRIGGERS && oldest !== undefined) budgets.delete(oldest);
	return entry.budget;
}
