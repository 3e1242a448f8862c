import type { ImburseFailure } from '../../api/errors/failure';

/** What stays certain of a call that failed, when the operation tells of it in words of its own. */
export function responseDetails(failure: ImburseFailure): Partial<ImburseFailure> {
	const { httpStatus, statusMeaning, errorCodes, correlationId } = failure;
	return { httpStatus, statusMeaning, errorCodes, correlationId };
}
