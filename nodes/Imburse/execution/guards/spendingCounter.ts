import type { ValidationError } from '../../validation/result';
import {
	countPayment,
	NOTHING_SPENT,
	type CountedPayment,
	type Spending,
	type SpendingLimits,
} from '../../validation/spendingLimits';
import { tenantOf, type PreparedItem } from '../items';
import { digest } from '../../n8n/digest';

/** What was let through in an execution; kept by n8n, so it holds plain data only. */
export interface SpendingLedger {
	spent: Spending;
	/** Digests of what was counted: a second try is not counted twice. */
	counted: Record<string, true>;
}

export function emptyLedger(): SpendingLedger {
	return { spent: NOTHING_SPENT, counted: {} };
}

/** Holds the payments of an execution to its limits, those of all tenants together. */
export class SpendingCounter {
	/** @param ownTenant the credential's */
	constructor(
		private readonly ledger: SpendingLedger,
		private readonly limits: SpendingLimits,
		private readonly ownTenant: string,
	) {}

	/** A counter that knows what was counted, and of which nothing is kept. */
	copy(): SpendingCounter {
		const { spent, counted } = this.ledger;
		return new SpendingCounter({ spent, counted: { ...counted } }, this.limits, this.ownTenant);
	}

	/** Counts a payment where it fits. @returns why it does not */
	count(item: PreparedItem, payment: CountedPayment): ValidationError[] {
		const id = this.idOf(item, payment);
		if (this.ledger.counted[id]) return [];
		const result = countPayment(payment, this.ledger.spent, this.limits);
		if (!result.ok) return result.errors;
		this.ledger.spent = result.value;
		this.ledger.counted[id] = true;
		return [];
	}

	/** Another amount, or another change, under the same name is another payment. */
	private idOf(item: PreparedItem, { payments, money }: CountedPayment): string {
		const { label, changeKey = '' } = item.plan;
		return digest(
			JSON.stringify([tenantOf(item, this.ownTenant), label, changeKey, payments, money]),
		);
	}
}
