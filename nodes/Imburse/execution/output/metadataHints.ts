import type { INodeExecutionData } from 'n8n-workflow';

import type { Plan } from '../../operation';
import { fieldPath } from '../../validation/format';
import { lostZeroHints } from '../../validation/metadataColumns';
import type { Metadata } from '../../validation/metadataPairs';
import { describeSimilarNames } from '../../validation/similarNames';
import type { PreparedItem } from '../items';

const FIELD = 'Metadata';

/** What only all items together tell of their metadata. */
export function metadataHints(
	items: readonly PreparedItem[],
	input: readonly INodeExecutionData[],
): string[] {
	const plans = items.map(({ plan }) => plan);
	return [...unknownFieldHints(plans, input), ...lostZeroHints(plans.flatMap(metadataOf), FIELD)];
}

/** An empty cell may be missing in an item; a field that is missing in all of them is misspelt. */
function unknownFieldHints(plans: readonly Plan[], input: readonly INodeExecutionData[]): string[] {
	const [first] = plans;
	const unknown = (first?.missingFields ?? []).filter((name) =>
		plans.every(({ missingFields }) => missingFields?.includes(name)),
	);
	if (unknown.length === 0) return [];
	const names = [...new Set(input.flatMap(({ json }) => Object.keys(json)))];
	return unknown.map((name) => {
		const similar = describeSimilarNames(name, names);
		const instead = similar === '' ? '' : ` There is ${similar}.`;
		return `${fieldPath(FIELD, name)}: no item has a field of this name, so it was left out.${instead}`;
	});
}

/** That of the whole, and that of the instructions in it. */
function metadataOf({ echo, changes, readBack }: Plan): Metadata[] {
	const parts = readBack?.parts.map(({ sentFields }) => sentFields.metadata) ?? [];
	const all = [echo.metadata ?? changes?.metadata, ...parts];
	return all.filter((metadata) => metadata !== undefined) as Metadata[];
}
