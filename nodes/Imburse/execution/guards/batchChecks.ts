import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../operation';
import {
	findDuplicateReferences,
	type LocatedReference,
} from '../../validation/duplicateReferences';
import type { ValidationError } from '../../validation/result';
import { changingReferences } from './changingReferences';
import { refuseSecondSending } from './retryHistory';
import { guardSettings } from './guardOptions';
import { enforceSpendingLimits } from './spendingLimits';
import { manualProductionErrors, toolPaymentErrors } from './paymentGuards';
import type { Session } from '../session';
import type { BatchResult } from './batchResult';
import type { PreparedItem } from '../items';

/** Looks at all items together that keep the rules by themselves. */
export function validateBatch(
	context: IExecuteFunctions,
	operation: Operation,
	session: Session,
	ready: readonly PreparedItem[],
): BatchResult {
	const [first] = ready;
	if (!first || operation.effect === 'reads') return { errors: [], hints: [] };
	const settings = guardSettings(first.options);
	const differing = differingSettings(ready);
	if (differing.length > 0) return { errors: differing, hints: [] };
	const shared = findDuplicateReferences(ready.flatMap(placedReferences));
	const manual = manualProductionErrors(context, operation, session, settings);
	const forAll = [
		...toolPaymentErrors(context, operation, settings),
		...(settings.allowChangingReferences ? [] : changingReferences(context, operation)),
	];
	return {
		errors: [
			...ready.flatMap(({ item }) => forAll.map((error) => ({ itemIndex: item, error }))),
			...ready
				.filter(({ options }) => options.validateOnly !== true)
				.flatMap(({ item }) => manual.map((error) => ({ itemIndex: item, error }))),
			...shared.errors,
			...refuseSecondSending(context, operation, ready),
			...enforceSpendingLimits(context, operation, settings, ready),
		],
		hints: shared.hints,
	};
}

/** A guard holds for the whole run: where items set it differently, nobody knows which counts. */
function differingSettings(ready: readonly PreparedItem[]): BatchResult['errors'] {
	const chosen = new Set(ready.map(({ options }) => JSON.stringify(guardSettings(options))));
	if (chosen.size < 2) return [];
	const error: ValidationError = {
		field: 'Options',
		reason: 'the limits and guards are not the same for all items',
		fix: 'Set Max Payments, Max Total per Currency and the switches beside them to fixed values.',
	};
	return ready.map(({ item }) => ({ itemIndex: item, error }));
}

function placedReferences({ item, plan }: PreparedItem): LocatedReference[] {
	return (plan.references ?? []).map((claimed) => ({
		...claimed,
		itemIndex: item,
		location: `item ${item + 1}`,
	}));
}
