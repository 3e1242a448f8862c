import { mapInSlices, type GiveWay } from '../../n8n/timeSlice';
import type { ValidationResult } from '../../validation/result';
import type { InvalidItem, PreparedItem, RunValidation } from '../items';
import type { Preflight } from '../preflightResult';

/** Checks all items, each by itself and then together, before the first is sent. */
export async function preflight(
	count: number,
	giveWay: GiveWay,
	prepare: (index: number) => ValidationResult<PreparedItem>,
	validateRun: (items: readonly PreparedItem[]) => Promise<RunValidation>,
): Promise<Preflight> {
	const alone = await prepareEach(count, giveWay, prepare);
	const together = await validateRun(alone.prepared);
	const refused = errorsByItem(together.errors);
	const hints = together.hints.map(({ itemIndex, hint }) => ({ index: itemIndex, text: hint }));
	return {
		prepared: alone.prepared.filter(({ index }) => !refused.has(index)),
		invalid: [...alone.invalid, ...refused.values()].sort((a, b) => a.index - b.index),
		hints: [...alone.hints, ...hints],
	};
}

async function prepareEach(
	count: number,
	giveWay: GiveWay,
	prepare: (index: number) => ValidationResult<PreparedItem>,
): Promise<Preflight> {
	const result: Preflight = { prepared: [], invalid: [], hints: [] };
	await mapInSlices([...Array(count).keys()], giveWay, (index) => {
		const item = prepare(index);
		if (item.ok) {
			result.prepared.push(item.value);
			result.hints.push(...item.hints.map((text) => ({ index, text })));
		} else {
			result.invalid.push({ index, errors: item.errors });
		}
	});
	return result;
}

function errorsByItem(errors: RunValidation['errors']): Map<number, InvalidItem> {
	const items = new Map<number, InvalidItem>();
	for (const { itemIndex, error } of errors) {
		const invalid = items.get(itemIndex) ?? { index: itemIndex, errors: [] };
		invalid.errors.push(error);
		items.set(itemIndex, invalid);
	}
	return items;
}
