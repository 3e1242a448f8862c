import type { IDataObject } from 'n8n-workflow';

import type { ImburseFailure } from '../api/errors/failure';
import type { Plan, ItemResponse } from '../operation';
import type { ValidationError } from '../validation/result';
import type { Money } from '../validation/spendingLimits';

/** An item that breaks a rule, with every reason. */
export interface InvalidItem {
	index: number;
	errors: ValidationError[];
}

/** An item that keeps Imburse's rules, with all that is needed to send it. */
export interface PreparedItem {
	/** Its place in the input, from 0. */
	index: number;
	plan: Plan;
	/** One for the item, whatever number of attempts it takes. */
	correlationId: string;
	/** Overrides the credential's tenant; empty for none. */
	tenantId: string;
	includeResponse: boolean;
	/** Most calls at the same time. */
	maxConcurrency: number;
	/** Milliseconds without a response after which a call counts as lost. */
	timeout: number;
	/** Whether an earlier try of this run sent it, so that it may be there already, or appear yet. */
	wasSentBefore: boolean;
	/** What an earlier sending of the same payment in this execution came to. */
	earlier?: EarlierCreate;
	/** All options as the user set them. */
	options: IDataObject;
}

/** What this execution has done before about a payment that is created again. */
export type EarlierCreate =
	/** A try that nobody saw the output of has made it. */
	| 'made'
	/** The same, of another payment: its own expressions give something else in each try. */
	| 'madeOtherwise'
	/** It was made, and has been put out as made. */
	| 'reported'
	/** It was sent, and nobody knows what became of it. It is sent as it was then. */
	| 'unclear';

/** Why an item did not succeed. */
export interface ItemFailure extends ImburseFailure {
	/** How many times the item's request was sent. */
	attempts: number;
}

/** What became of one item of a run. */
export type ItemResult =
	| { ok: true; item: PreparedItem; response: ItemResponse }
	| { ok: false; item: PreparedItem; failure: ItemFailure };

/** An item's number as a person counts. */
export function itemNumber(index: number): number {
	return index + 1;
}

/** What an item is about, as messages name it: `Payment Order "CLAIM-17" (item 3)`. */
export function labelOf({ index, plan }: PreparedItem): string {
	return `${plan.label} (item ${itemNumber(index)})`;
}

/** Whether it is only checked, and never sent. */
export function isValidateOnly({ options }: PreparedItem): boolean {
	return options.validateOnly === true;
}

/** The tenant that it is sent for. @param ownTenant the credential's */
export function tenantOf({ tenantId }: Pick<PreparedItem, 'tenantId'>, ownTenant: string): string {
	return tenantId === '' ? ownTenant : tenantId;
}

/** Counts money of an item where the limits of the execution allow it. @returns why they do not */
export type CountMoney = (item: PreparedItem, money: Money) => ValidationError[];

/** What the items of a run say about each other, or the run about all of them. */
export interface RunValidation {
	errors: Array<{ itemIndex: number; error: ValidationError }>;
	hints: Array<{ itemIndex: number; hint: string }>;
}
