/** How sure it is what became of an item. */
export type Outcome =
	/** Never sent: a rule of Imburse forbids it. */
	| 'invalid'
	/** Never sent: the run stopped before it. */
	| 'notSent'
	/** Imburse refused it, and nothing was made. */
	| 'rejected'
	/** It exists already, but differs from what was asked. */
	| 'conflict'
	/** Nobody can tell whether it was made. */
	| 'unknown'
	/** Imburse made it and ended it badly. */
	| 'failed'
	/** It was still running when the wait ended. */
	| 'timeout'
	/** A read got no usable answer. */
	| 'unavailable';

/** Everything that a person, or a workflow, needs to know of an item that did not succeed. */
export interface ImburseFailure {
	/** What happened, in the user's terms. */
	message: string;
	/** What to do about it. */
	description: string;
	httpStatus: number | null;
	/** The introduction's meaning of that status. */
	statusMeaning: string | null;
	errorCodes: string[];
	/** The id under which Imburse finds the request. */
	correlationId: string | null;
	/** The id that the node sent along; null if nothing was sent. */
	clientCorrelationId: string | null;
	/** Whether running the item again, with the same references, is safe and may help. */
	retryable: boolean;
	outcome: Outcome;
	/** How many times the request was sent. */
	attempts: number;
}
