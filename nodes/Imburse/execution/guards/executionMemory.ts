import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { EncodedBody } from '../../api/requestBody';
import type { SentFields } from '../../validation/compareFields';
import type { ItemResult } from '../items';
import { emptyLedger, type SpendingLedger } from './spendingCounter';

/** What the node remembers over all its calls in one execution: loops, retries, tool calls. */
export interface ExecutionMemory {
	/** What was let through, for the limits. */
	ledger: SpendingLedger;
	/** Whether it is not known what became of one of them. */
	hasUnknownOutcome: boolean;
	/** What was created, by digest of execution, tenant and label. */
	creates: Record<string, SentCreate>;
	/** What was sent and not refused; only where it is asked for later. */
	sent: SentItem[];
	/** By item and label; only with Retry On Fail. */
	correlationIds: Record<string, string>;
}

/** A create that was sent; as short as can be, because there may be many thousands. */
export interface SentCreate {
	/** Digest of the payment itself. */
	payment: string;
	/** Which turn of a loop it was in. */
	turn: number;
	/** What was sent, as long as nobody knows what became of it. */
	unclear?: SentContent;
}

export interface SentContent {
	body: EncodedBody | undefined;
	/** Of the whole, then of each part. */
	sentFields: SentFields[];
	echo: IDataObject;
}

/** An item that was sent, and of which something may have come. */
export interface SentItem {
	/** Which turn of a loop it was in. */
	turn: number;
	index: number;
	/** The one that it was sent for, where it is not the credential's; otherwise empty. */
	tenantId: string;
	/** As messages name it. */
	label: string;
	/** What to do about it as long as nobody knows what became of it. */
	advice: string;
}

/** Kept by n8n with the execution, so it holds plain data only. */
export function executionMemory(context: IExecuteFunctions): ExecutionMemory {
	const kept = context.getContext('node') as { imburse?: ExecutionMemory };
	kept.imburse ??= {
		ledger: emptyLedger(),
		hasUnknownOutcome: false,
		creates: {},
		sent: [],
		correlationIds: {},
	};
	return kept.imburse;
}

/** After an unknown outcome an AI agent makes no further payment in the execution. */
export function rememberUnknown(context: IExecuteFunctions, results: ItemResult[]): void {
	const isUnknown = (result: ItemResult) => !result.ok && result.failure.outcome === 'unknown';
	if (results.some(isUnknown)) executionMemory(context).hasUnknownOutcome = true;
}
