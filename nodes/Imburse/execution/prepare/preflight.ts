import type { ValidationResult } from '../../validation/result';
import { numbered } from '../output/hints';
import type { BatchResult } from '../guards/batchResult';
import type { InvalidItem, PreparedItem } from '../items';

export interface Preflight {
	ready: PreparedItem[];
	invalid: InvalidItem[];
	/** For the user's eyes, each with the number of its item. */
	hints: string[];
}

/** Checks all items, each by itself and then together, before the first is sent. */
export function preflight(
	count: number,
	prepare: (item: number) => ValidationResult<PreparedItem>,
	checkTogether: (ready: readonly PreparedItem[]) => BatchResult,
): Preflight {
	const alone = oneByOne(count, prepare);
	const together = checkTogether(alone.ready);
	const refused = byItem(together.errors);
	const hints = together.hints.map(({ itemIndex, hint }) => numbered(itemIndex, hint));
	return {
		ready: alone.ready.filter(({ item }) => !refused.has(item)),
		invalid: [...alone.invalid, ...refused.values()].sort((a, b) => a.item - b.item),
		hints: [...alone.hints, ...hints],
	};
}

function oneByOne(
	count: number,
	prepare: (item: number) => ValidationResult<PreparedItem>,
): Preflight {
	const result: Preflight = { ready: [], invalid: [], hints: [] };
	for (let item = 0; item < count; item++) {
		const checked = prepare(item);
		if (checked.ok) {
			result.ready.push(checked.value);
			result.hints.push(...checked.hints.map((hint) => numbered(item, hint)));
		} else {
			result.invalid.push({ item, errors: checked.errors });
		}
	}
	return result;
}

function byItem(errors: BatchResult['errors']): Map<number, InvalidItem> {
	const items = new Map<number, InvalidItem>();
	for (const { itemIndex, error } of errors) {
		const invalid = items.get(itemIndex) ?? { item: itemIndex, errors: [] };
		invalid.errors.push(error);
		items.set(itemIndex, invalid);
	}
	return items;
}
