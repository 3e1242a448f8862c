import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ApiResponse, ApiResult } from './api/client';
import type { ApiVersion, BodyFormat } from './api/credential';
import type { EndpointName } from './api/endpoints';
import type { ImburseFailure, Outcome } from './api/errors/failure';
import type { ImburseRequest } from './api/request';
import type { SentFields } from './validation/compareFields';
import type { Metadata } from './validation/metadataPairs';
import type { RunReferences } from './validation/runReferences';
import type { ValidationResult } from './validation/result';
import type { Money } from './validation/spendingLimits';

/**
 * One operation of the node, as one value. It knows nothing of items, retries, or n8n's error
 * branch; the executor knows nothing of Imburse's resources.
 */
export interface Operation {
	/** The value that is stored in workflows. Never renamed after a release. */
	value: string;
	/** In the list of operations. */
	name: string;
	/** In the node's own list of actions, sentence case. */
	action: string;
	description: string;
	/** The form, top to bottom. `displayOptions` are added when the node is put together. */
	fields: INodeProperties[];
	/** What it adds to the *Options* that every operation has. */
	options?: INodeProperties[];
	/**
	 * Only on a create: the fields that hold a reference, by name, with their display names. What
	 * is written in them must be the same on every run.
	 */
	referenceFields?: Readonly<Record<string, string>>;
	/** Only where the rows of a sheet can be read by the names of their columns. */
	columnForm?: ColumnForm;
	/** The calls that it may make, the one that it is about first. */
	calls: [EndpointName, ...EndpointName[]];
	/** Only where a field decides which of them it makes: those of each of the field's values. */
	callsBy?: { field: string; calls: Readonly<Record<string, EndpointName[]>> };
	/** Set where a second sending could pay twice, because nothing at Imburse prevents it. */
	sendsOnce?: true;
	/** What it does at Imburse. Only what moves money is held back from AI tools and limited. */
	effect: 'reads' | 'writes' | 'movesMoney';
	/** Only where it decides about money and adds to no sum, as a cancellation: no total limits it. */
	movesNoSum?: true;
	/** Turns what the user filled in into a request, or into every reason against it. Pure. */
	prepare(parameters: IDataObject, context: PrepareContext): ValidationResult<Plan>;
	/** Turns Imburse's response into the output of one item; a list gives an item for each entry. */
	present(response: ItemResponse, plan: Plan): IDataObject | IDataObject[];
}

/** The part of a form that names columns in place of values: as fixed text, the same for all rows. */
export interface ColumnForm {
	/** The field that chooses it, with the value that does. */
	mode: { name: string; value: string };
	/**
	 * Settles once for a run which column goes where, with a hint that says it, or gives every reason
	 * why that is not clear. Pure.
	 *
	 * @param headers the names of all columns that any row has
	 */
	map(parameters: IDataObject, headers: Iterable<string>): ValidationResult<RowColumns>;
}

/** Which column each value of a row is read from. Columns are the top-level fields of an item. */
export interface RowColumns {
	/** By the name of the operation's field. */
	fields: Readonly<Record<string, string>>;
	/** By the key of the metadata. */
	metadata: Readonly<Record<string, string>>;
	/** Values of fields that are the same for all rows, by their names. */
	same: Readonly<IDataObject>;
}

/** What an operation of several requests can do. Every failure ends it; none has to be caught. */
export interface OperationClient {
	/** Sends one request and returns the response to a success. */
	request(request: ImburseRequest): Promise<ApiResponse>;
	/** As `request`, for an operation that has to say something of its own where it failed. */
	attempt(request: ImburseRequest): Promise<ApiResult>;
	/**
	 * Does what must never be done twice and has no reference, unless a run of this process is doing it
	 * for the same item: then nothing is sent, and the answer is undefined.
	 */
	unlessUnderWay<T>(work: () => Promise<T>): Promise<T | undefined>;
	/**
	 * Waits, and ends at once when the run is stopped. An item that waits holds no slot: all
	 * items of a run may wait at once.
	 */
	delay(milliseconds: number): Promise<void>;
	/**
	 * Ends the item with a failure that only the operation can see.
	 *
	 * @param advice what to do about it, in whole sentences
	 */
	fail(outcome: Outcome, message: string, advice: string, known?: KnownFailure): never;
	/** Ends the item with the failure of a request. */
	failWith(failure: ImburseFailure): never;
	/**
	 * Counts money that is known only now, before anything is written. Ends the item where the limits
	 * of the execution do not allow it. Only for a plan whose money is `afterRead`.
	 */
	countMoney(money: Money): void;
	/** Milliseconds since the item began. */
	elapsed(): number;
}

/** What is certain of a failure that an operation tells of in its own words. */
export interface KnownFailure {
	/** The failure of the request behind it, for its status, codes and IDs. */
	failed?: ImburseFailure;
	/** Where the outcome does not tell it. */
	retryable?: boolean;
}

/** One resource of the node, with its operations in the order of their list. */
export interface Resource {
	/** The value that is stored in workflows. Never renamed after a release. */
	value: string;
	name: string;
	/**
	 * The operation that a new node has. n8n leaves a default out of a stored workflow, so it is never
	 * another after a release.
	 */
	defaultOperation: Operation;
	operations: [Operation, ...Operation[]];
}

/** What the credential and the workflow contribute to every item. */
export interface PrepareContext {
	apiVersion: ApiVersion;
	bodyFormat: BodyFormat;
	environment: string;
	/** IANA name of the workflow's time zone. */
	timeZone: string;
	/** The day on which the run began, in UTC, as `YYYY-MM-DD`. */
	today: string;
	/** What names this run, for metadata that leads back to it. */
	run: RunReferences;
	/** The incoming item. */
	item: IDataObject;
	/** Set where the user has chosen to name columns. */
	columns?: RowColumns;
}

/** What will be sent for one item. */
export interface Plan {
	/** Names the thing in messages, such as `Payment Order "CLAIM-17"`. */
	label: string;
	request: ImburseRequest;
	/**
	 * Only where more is needed than the one request: the requests, in their order, up to the
	 * response to present.
	 */
	execute?: (imburse: OperationClient) => Promise<ApiResponse>;
	/** What it changes, where the body of the request follows from what is read first. */
	changes?: IDataObject;
	/** Only for what makes an order or an instruction: how to find out whether it did. */
	readBack?: ReadBack;
	/** Input fields that the output repeats. */
	echo: IDataObject;
	/** At most so many entries of a list. */
	limit?: number;
	/** What a create claims for itself: no other item of the run may name the same. */
	references?: ClaimedReference[];
	/**
	 * The money that it would move; left out where nobody knows how much that is. None at all is still
	 * one payment, such as an order without instructions or a cancellation; `nothing` is not even that;
	 * `afterRead` is one payment, of which `execute` counts the money.
	 */
	money?: Money[] | 'nothing' | 'afterRead';
	/** Tells changes of one thing apart where its money does not: each counts as a payment. */
	changeKey?: string;
	/** Fields of the incoming item that its metadata is to have, and that it has not. */
	missingFields?: string[];
	/** Whether the codes of a reward, which are as good as money, are put out. */
	includeCodes?: boolean;
	/** Whether a large response is cut down to what a workflow asks for. */
	simplify?: boolean;
	/** Items with the same text here are sent one after another, never at once. */
	serialKey?: string;
}

/** What a create makes, and what the user wants to know of it before it counts as made. */
export interface ReadBack {
	whole: CreatedResource;
	/** What it holds, and what Imburse makes only after it has answered. */
	parts: CreatedPart[];
	/** What else the whole holds, in sentences: that is no reason against it, and never silent. */
	alsoHeld?: (whole: unknown) => string[];
	/** `returnSamePayment` also returns one whose metadata differ. */
	ifExists: 'return' | 'returnSamePayment' | 'fail';
	/** Milliseconds until all of it has to be there; undefined when nobody waits for it. */
	createdWithinMs: number | undefined;
}

/** One thing that a create makes. */
export interface CreatedResource {
	/** Names it in messages. */
	label: string;
	/** Reads it. */
	request: ImburseRequest;
	/** What has to be found there. */
	sentFields: SentFields;
	/** The operation that changes its metadata and date, for messages: `Instruction: Update`. */
	changedWith: string;
}

export interface CreatedPart extends CreatedResource {
	/** Finds it in the response that shows the whole; undefined where it cannot be told apart there. */
	within(whole: unknown): unknown;
}

/** Whether it was made now, or found as it was asked for; `accepted` is not yet made. */
export type CreateResult = 'created' | 'accepted' | 'alreadyExisted';

/** A reference that a create makes, checked. */
export interface ClaimedReference {
	/** Display name of its field, with its place. */
	field: string;
	reference: string;
	/** The order that an instruction belongs to; left out for an order itself. */
	orderReference?: string;
}

/** What Imburse answered to an item that succeeded. */
export interface ItemResponse extends ApiResponse {
	environment: string;
	/** How many times the item's request was sent. */
	attempts: number;
	/** Only after a create. */
	result?: CreateResult;
	/** Only after a create that found other metadata than it asked for: what is there. */
	metadata?: Metadata;
	/** What the user should know all the same, in sentences. */
	hints?: string[];
}
