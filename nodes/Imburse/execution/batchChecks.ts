import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../operation';
import { findSharedReferences, type PlacedReference } from '../rules/duplicateReferences';
import type { Violation } from '../rules/violation';
import { changingReferences } from './changingReferences';
import { guardSettings } from './guardOptions';
import { overLimits } from './overLimits';
import type { ReadyItem } from './prepareItem';
import { manualProductionRefusal, toolRefusal } from './runRefusals';
import type { Session } from './session';

/** What the items of a run say about each other, or the run about all of them. */
export interface BatchVerdict {
	violations: Array<{ itemIndex: number; violation: Violation }>;
	hints: Array<{ itemIndex: number; hint: string }>;
}

/** Looks at all items together that keep the rules by themselves. */
export function checkBatch(
	context: IExecuteFunctions,
	operation: Operation,
	{ environment }: Session,
	ready: readonly ReadyItem[],
): BatchVerdict {
	const [first] = ready;
	if (!first || operation.effect === 'reads') return { violations: [], hints: [] };
	const settings = guardSettings(first.options);
	const shared = findSharedReferences(ready.flatMap(placedReferences));
	const forAll = [
		...toolRefusal(context, operation, settings),
		...manualProductionRefusal(context, operation, environment, settings),
		...(settings.allowChangingReferences ? [] : changingReferences(context, operation)),
	];
	return {
		violations: [
			...ready.flatMap(({ item }) => forAll.map((violation) => ({ itemIndex: item, violation }))),
			...shared.violations,
			...overLimits(context, operation, settings, ready),
		],
		hints: shared.hints,
	};
}

function placedReferences({ item, plan }: ReadyItem): PlacedReference[] {
	return (plan.references ?? []).map((claimed) => ({
		...claimed,
		itemIndex: item,
		place: `item ${item + 1}`,
	}));
}
