import type { Outcome } from '../../api/errors/failure';
import type { CreateResult } from '../../operation';
import type { SentFields } from '../../validation/compareFields';
import type { ItemResult } from '../items';
import { countedPayments, paymentsOf, plannedSums, sentSums } from '../paymentSums';

/**
 * What a run of several items has made, in one line: `12 payments made, 3,450.00 EUR paid out; 2 existed
 * already`. What is not known is neither made nor failed. Nothing where it has made none; what became of
 * a single item stands in that item.
 */
export function runSummary(results: readonly ItemResult[]): string[] {
	if (results.length < 2) return [];
	const made = paymentsWith('created', results);
	const accepted = paymentsWith('accepted', results);
	const existed = paymentsWith('alreadyExisted', results);
	if (made.length + accepted.length === 0) return [];
	const failed = paymentsWithout((outcome) => outcome !== 'unknown', results);
	const unknown = paymentsWithout((outcome) => outcome === 'unknown', results);
	const parts = [
		...(made.length > 0 ? [`${countedPayments(made.length)} made, ${sentSums(made)}`] : []),
		...(accepted.length > 0
			? [`${countedPayments(accepted.length)} accepted and not yet made, ${plannedSums(accepted)}`]
			: []),
		...(existed.length > 0 ? [`${existed.length} existed already`] : []),
		...(unknown.length > 0 ? [`${unknown.length} with unknown outcome`] : []),
		...(failed.length > 0 ? [`${failed.length} without success`] : []),
	];
	return [`${parts.join('; ')}.`];
}

function paymentsWith(result: CreateResult, results: readonly ItemResult[]): SentFields[] {
	return results
		.filter((one) => one.ok && one.response.result === result)
		.flatMap(({ item }) => paymentsOf(item.plan));
}

function paymentsWithout(
	isMeant: (outcome: Outcome) => boolean,
	results: readonly ItemResult[],
): SentFields[] {
	return results
		.filter((one) => !one.ok && isMeant(one.failure.outcome))
		.flatMap(({ item }) => paymentsOf(item.plan));
}
