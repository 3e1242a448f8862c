import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../operation';
import { findSharedReferences, type PlacedReference } from '../../rules/duplicateReferences';
import type { Violation } from '../../rules/violation';
import { changingReferences } from './changingReferences';
import { sentBefore } from './earlierTries';
import { guardSettings } from './guardOptions';
import { overLimits } from './overLimits';
import { manualProductionRefusal, toolRefusal } from './runRefusals';
import type { Session } from '../session';
import type { BatchVerdict } from './batchVerdict';
import type { ReadyItem } from '../itemStates';

/** Looks at all items together that keep the rules by themselves. */
export function checkBatch(
	context: IExecuteFunctions,
	operation: Operation,
	session: Session,
	ready: readonly ReadyItem[],
): BatchVerdict {
	const [first] = ready;
	if (!first || operation.effect === 'reads') return { violations: [], hints: [] };
	const settings = guardSettings(first.options);
	const differing = differingSettings(ready);
	if (differing.length > 0) return { violations: differing, hints: [] };
	const shared = findSharedReferences(ready.flatMap(placedReferences));
	const manual = manualProductionRefusal(context, operation, session, settings);
	const forAll = [
		...toolRefusal(context, operation, settings),
		...(settings.allowChangingReferences ? [] : changingReferences(context, operation)),
	];
	return {
		violations: [
			...ready.flatMap(({ item }) => forAll.map((violation) => ({ itemIndex: item, violation }))),
			...ready
				.filter(({ options }) => options.validateOnly !== true)
				.flatMap(({ item }) => manual.map((violation) => ({ itemIndex: item, violation }))),
			...shared.violations,
			...sentBefore(context, operation, ready),
			...overLimits(context, operation, settings, ready),
		],
		hints: shared.hints,
	};
}

/** A guard holds for the whole run: where items set it differently, nobody knows which counts. */
function differingSettings(ready: readonly ReadyItem[]): BatchVerdict['violations'] {
	const chosen = new Set(ready.map(({ options }) => JSON.stringify(guardSettings(options))));
	if (chosen.size < 2) return [];
	const violation: Violation = {
		field: 'Options',
		reason: 'the limits and guards are not the same for all items',
		fix: 'Set Max Payments, Max Total per Currency and the switches beside them to fixed values.',
	};
	return ready.map(({ item }) => ({ itemIndex: item, violation }));
}

function placedReferences({ item, plan }: ReadyItem): PlacedReference[] {
	return (plan.references ?? []).map((claimed) => ({
		...claimed,
		itemIndex: item,
		place: `item ${item + 1}`,
	}));
}
