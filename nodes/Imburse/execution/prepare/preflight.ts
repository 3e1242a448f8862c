import type { Checked } from '../../rules/violation';
import { numbered } from '../output/hints';
import type { BatchVerdict } from '../guards/batchVerdict';
import type { InvalidItem, ReadyItem } from '../itemStates';

export interface Preflight {
	ready: ReadyItem[];
	invalid: InvalidItem[];
	/** For the user's eyes, each with the number of its item. */
	hints: string[];
}

/** Checks all items, each by itself and then together, before the first is sent. */
export function preflight(
	count: number,
	prepare: (item: number) => Checked<ReadyItem>,
	checkTogether: (ready: readonly ReadyItem[]) => BatchVerdict,
): Preflight {
	const alone = oneByOne(count, prepare);
	const together = checkTogether(alone.ready);
	const refused = byItem(together.violations);
	const hints = together.hints.map(({ itemIndex, hint }) => numbered(itemIndex, hint));
	return {
		ready: alone.ready.filter(({ item }) => !refused.has(item)),
		invalid: [...alone.invalid, ...refused.values()].sort((a, b) => a.item - b.item),
		hints: [...alone.hints, ...hints],
	};
}

function oneByOne(count: number, prepare: (item: number) => Checked<ReadyItem>): Preflight {
	const result: Preflight = { ready: [], invalid: [], hints: [] };
	for (let item = 0; item < count; item++) {
		const checked = prepare(item);
		if (checked.ok) {
			result.ready.push(checked.value);
			result.hints.push(...checked.hints.map((hint) => numbered(item, hint)));
		} else {
			result.invalid.push({ item, violations: checked.violations });
		}
	}
	return result;
}

function byItem(violations: BatchVerdict['violations']): Map<number, InvalidItem> {
	const items = new Map<number, InvalidItem>();
	for (const { itemIndex, violation } of violations) {
		const invalid = items.get(itemIndex) ?? { item: itemIndex, violations: [] };
		invalid.violations.push(violation);
		items.set(itemIndex, invalid);
	}
	return items;
}
