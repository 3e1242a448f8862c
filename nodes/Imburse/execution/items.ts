import type { IDataObject } from 'n8n-workflow';

import type { ImburseFailure } from '../api/errors/failure';
import type { Plan, ApiSuccess } from '../operation';
import type { ValidationError } from '../validation/result';

/** An item that breaks a rule, with every reason. */
export interface InvalidItem {
	item: number;
	errors: ValidationError[];
}

/** An item that keeps Imburse's rules, with all that is needed to send it. */
export interface PreparedItem {
	item: number;
	plan: Plan;
	/** One for the item, whatever number of attempts it takes. */
	correlationId: string;
	/** Overrides the credential's tenant; empty for none. */
	tenantId: string;
	includeResponse: boolean;
	/** Most calls at the same time. */
	maxConcurrency: number;
	/** Milliseconds without a word after which a call counts as lost. */
	timeout: number;
	/** Whether an earlier try of this run sent it, so that it may be there already, or appear yet. */
	wasSentBefore: boolean;
	/** All options as the user set them. */
	options: IDataObject;
}

/** What became of one item of a run. */
export type ItemResult =
	| { ok: true; ready: PreparedItem; success: ApiSuccess }
	| { ok: false; ready: PreparedItem; failure: ImburseFailure };
