import type { Checked, Violation } from '../rules/violation';
import type { ReadyItem } from './prepareItem';

/** An item that breaks a rule, with every reason. */
export interface InvalidItem {
	item: number;
	violations: Violation[];
}

export interface Preflight {
	ready: ReadyItem[];
	invalid: InvalidItem[];
	/** For the user's eyes, each with the number of its item. */
	hints: string[];
}

/** Checks all items before the first is sent. */
export function preflight(count: number, prepare: (item: number) => Checked<ReadyItem>): Preflight {
	const result: Preflight = { ready: [], invalid: [], hints: [] };
	for (let item = 0; item < count; item++) {
		const checked = prepare(item);
		if (checked.ok) {
			result.ready.push(checked.value);
			result.hints.push(...checked.hints.map((hint) => `Item ${item + 1}: ${hint}`));
		} else {
			result.invalid.push({ item, violations: checked.violations });
		}
	}
	return result;
}
