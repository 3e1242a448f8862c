import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isBlank } from '../../validation/itemFields';
import { describeError } from '../../validation/result';
import { itemLines, itemsLabel } from '../itemLines';
import type { InvalidItem } from '../items';

/** Nobody reads more lines than these; the first ones show what is wrong. */
const MOST_LINES = 20;

/** Why items cannot be sent: each reason once, with its field, its fix and its items. */
export function invalidLines(
	invalid: readonly InvalidItem[],
	input: readonly INodeExecutionData[],
): string[] {
	const blank = blankAmong(invalid, input);
	const texts = invalid
		.filter(({ index }) => !blank.has(index))
		.flatMap(({ index, errors }) => errors.map((error) => ({ index, text: describeError(error) })));
	const { lines, rest } = itemLines(texts, MOST_LINES);
	return [
		...lines,
		...(rest > 0 ? [`And ${rest} more reasons.`] : []),
		...(blank.size > 0 ? [blankLine([...blank])] : []),
	];
}

/**
 * Items without any value, such as the empty rows at the end of a sheet: whatever is wrong with them
 * follows from that. Where no item has one, the mistake is in the form.
 */
function blankAmong(
	invalid: readonly InvalidItem[],
	input: readonly INodeExecutionData[],
): Set<number> {
	if (input.every(isBlankItem)) return new Set();
	return new Set(invalid.map(({ index }) => index).filter((index) => isBlankItem(input[index])));
}

function isBlankItem(item: INodeExecutionData | undefined): boolean {
	return item?.binary === undefined && hasNoValue(item?.json ?? {});
}

/** Google Sheets gives every row its number, an empty one, too. */
function hasNoValue(json: IDataObject): boolean {
	return Object.entries(json).every(([name, value]) => name === 'row_number' || isBlank(value));
}

function blankLine(indexes: readonly number[]): string {
	const verb = indexes.length === 1 ? 'is' : 'are';
	return `${itemsLabel(indexes)} ${verb} empty: none of the fields has a value. Remove the empty rows at the end of the sheet, or filter them out before this node.`;
}
