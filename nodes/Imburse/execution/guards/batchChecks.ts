import type { IExecuteFunctions } from 'n8n-workflow';

import { mapInSlices, type GiveWay } from '../../n8n/timeSlice';
import type { Operation } from '../../operation';
import {
	findDuplicateReferences,
	similarityKey,
	type DuplicateReferences,
	type LocatedReference,
} from '../../validation/duplicateReferences';
import type { ValidationError } from '../../validation/result';
import { refuseSecondSending } from './retryHistory';
import { guardSettings } from './guardOptions';
import { enforceSpendingLimits } from './enforceSpendingLimits';
import { manualProductionErrors, toolPaymentErrors } from './paymentGuards';
import type { Session } from '../session';
import { isValidateOnly, itemNumber, type RunValidation, type PreparedItem } from '../items';

/** Looks at all items together that keep the rules by themselves. */
export async function validateRun(
	context: IExecuteFunctions,
	operation: Operation,
	session: Session,
	items: readonly PreparedItem[],
	giveWay: GiveWay,
): Promise<RunValidation> {
	const [first] = items;
	if (!first || operation.effect === 'reads') return { errors: [], hints: [] };
	const settings = guardSettings(first.options);
	const differing = differingSettings(items);
	if (differing.length > 0) return { errors: differing, hints: [] };
	const duplicates = await duplicatesAmong(items, giveWay);
	const { tenantId } = session.credential;
	const overLimits = await enforceSpendingLimits(context, operation, tenantId, items, giveWay);
	const manual = manualProductionErrors(context, operation, session, settings);
	const forAll = toolPaymentErrors(context, operation, settings);
	return {
		errors: [
			...items.flatMap(({ index }) => forAll.map((error) => ({ itemIndex: index, error }))),
			...items
				.filter((item) => !isValidateOnly(item))
				.flatMap(({ index }) => manual.map((error) => ({ itemIndex: index, error }))),
			...duplicates.flatMap(({ errors }) => errors),
			...refuseSecondSending(context, operation, tenantId, items),
			...overLimits,
		],
		hints: duplicates.flatMap(({ hints }) => hints),
	};
}

/** A guard holds for the whole run: where items set it differently, nobody knows which counts. */
function differingSettings(items: readonly PreparedItem[]): RunValidation['errors'] {
	const different = [...new Set(items.map(({ options }) => options))];
	const chosen = new Set(different.map((options) => JSON.stringify(guardSettings(options))));
	if (chosen.size < 2) return [];
	const error: ValidationError = {
		field: 'Options',
		reason: 'the limits and guards are not the same for all items',
		fix: 'Set Max Payments, Max Total per Currency and the other limits and guards to fixed values. Take Approved Fingerprint and the expected figures from one item of a node by its name.',
	};
	return items.map(({ index }) => ({ itemIndex: index, error }));
}

/** Looks only where references are alike: among many thousands these are few. */
async function duplicatesAmong(
	items: readonly PreparedItem[],
	giveWay: GiveWay,
): Promise<DuplicateReferences[]> {
	const groups = new Map<string, LocatedReference[]>();
	await mapInSlices(items, giveWay, (item) => {
		for (const one of locatedReferences(item)) {
			const key = similarityKey(one);
			const group = groups.get(key);
			if (group) group.push(one);
			else groups.set(key, [one]);
		}
	});
	const alike = [...groups.values()].filter((group) => group.length > 1);
	return await mapInSlices(alike, giveWay, findDuplicateReferences);
}

function locatedReferences({ index, plan }: PreparedItem): LocatedReference[] {
	return (plan.references ?? []).map((reference) => ({
		...reference,
		itemIndex: index,
		location: `item ${itemNumber(index)}`,
	}));
}
