import type { ImburseFailure } from '../../api/errors/failure';
import type { OperationClient } from '../../operation';

/** What to do about a response that does not show what was asked for. */
export const NOT_SHOWN_FIX =
	'Run it again; if this stays, look at the answer with Get, and show it to whoever runs your n8n: something on the way may answer in Imburse’s place.';

/** Ends the item with the failure of a call as it is. */
export function failWith(imburse: OperationClient, failure: ImburseFailure): never {
	return imburse.fail(failure.outcome, failure.message, failure.description, failure);
}

/** What a failed call leaves certain, for an operation that gives it another outcome and message. */
export function responseDetails(failure: ImburseFailure): Partial<ImburseFailure> {
	const { httpStatus, statusMeaning, errorCodes, correlationId } = failure;
	return { httpStatus, statusMeaning, errorCodes, correlationId };
}
