import { NO_DETAILS, type FailureDetails } from './failureDetails';
import { statusMeaning } from './statusTable';

/** How sure it is what became of what was asked for. */
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
	/** A read got no usable response. */
	| 'unavailable';

/** What a request that did not succeed proves about the thing that was asked for. */
export type ResponseClass =
	/** Imburse did nothing with it: it was not sent, not let in, or a field breaks a rule. */
	| 'notProcessed'
	/** Imburse says that it has it already. */
	| 'alreadyExists'
	/** Imburse says that it has it already, and that it was cancelled. */
	| 'cancelled'
	/** Imburse says that it has no such thing. */
	| 'notFound'
	/** Imburse objects in its own words, which rule out nothing by themselves. */
	| 'objected'
	/** No more than that something went wrong. */
	| 'unclear';

/** All that is known of something that did not succeed: a request, or an item. */
export interface ImburseFailure extends FailureDetails {
	/** What happened, in the user's terms. */
	message: string;
	/** What to do about it, then what is certain, and the IDs for Imburse's support. */
	description: string;
	/** Why, as a clause, for a caller with a message of its own. */
	reason: string;
	/** The introduction's meaning of the status. */
	statusMeaning: string | null;
	/** The ID that was sent along; null if nothing was sent. */
	clientCorrelationId: string | null;
	outcome: Outcome;
	responseClass: ResponseClass;
	/** Whether running it again, with the same references, is safe and may help. */
	retryable: boolean;
	/** Whether every further item would fail for the same reason. */
	abortsRun: boolean;
}

/** Whether the request itself went out; a failure of the token call keeps it back. */
export function wasSent({ clientCorrelationId }: ImburseFailure): boolean {
	return clientCorrelationId !== null;
}

/** What differs from failure to failure; the rest follows. */
export interface FailureParts {
	message: string;
	/** What to do about it, in whole sentences. */
	advice: string;
	/** The message where nothing shorter is known. */
	reason?: string;
	/** Empty where nothing was sent. */
	clientCorrelationId: string;
	outcome: Outcome;
	responseClass?: ResponseClass;
	abortsRun?: boolean;
}

/** Puts a failure together: the details and the IDs stand behind what to do. */
export function createFailure(
	parts: FailureParts,
	details: FailureDetails = NO_DETAILS,
): ImburseFailure {
	const { message, advice, clientCorrelationId, outcome } = parts;
	const { httpStatus, correlationId, sentences } = details;
	const ids = supportSentence(correlationId, clientCorrelationId);
	return {
		...details,
		message,
		description: [advice, ...sentences, ids].filter((sentence) => sentence !== '').join(' '),
		reason: parts.reason ?? message,
		statusMeaning: httpStatus === null ? null : statusMeaning(httpStatus),
		clientCorrelationId: clientCorrelationId === '' ? null : clientCorrelationId,
		outcome,
		responseClass: parts.responseClass ?? 'unclear',
		retryable: MAY_SUCCEED_LATER.has(outcome) || httpStatus === TOO_MANY_REQUESTS,
		abortsRun: parts.abortsRun ?? false,
	};
}

/** With these, running it again with the same references is safe and may help. */
const MAY_SUCCEED_LATER: ReadonlySet<Outcome> = new Set([
	'unknown',
	'unavailable',
	'timeout',
	'notSent',
]);

const TOO_MANY_REQUESTS = 429;

function supportSentence(correlationId: string | null, clientCorrelationId: string): string {
	if (clientCorrelationId === '') return '';
	const theirs = correlationId ? `${correlationId} (Imburse's) and ` : '';
	return `For Imburse's support, quote correlation ID ${theirs}${clientCorrelationId} (yours).`;
}
