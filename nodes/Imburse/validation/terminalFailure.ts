import { asJsonObject } from './jsonObject';
import { FAILURE_STATUSES, isOneOfStatuses } from './status';

/**
 * How an instruction ended without a payment, as a clause that follows "it"; undefined for one that
 * did not end so.
 *
 * @param instruction as in API reference 5, of either generation
 */
export function terminalFailure(instruction: unknown): string | undefined {
	const { status, failed, cancelled } = asJsonObject(instruction);
	const reason = terminalFailureReason(instruction);
	const because = reason === null ? '' : ` (${reason})`;
	if (typeof status === 'string' && isOneOfStatuses(status, FAILURE_STATUSES)) {
		return `ended with the status ${status}${because}`;
	}
	if (isFilled(failed)) return `failed${because}`;
	return isFilled(cancelled) ? `was cancelled${because}` : undefined;
}

/** Imburse's own reason and code for such an end; null where it gives none. */
export function terminalFailureReason(instruction: unknown): string | null {
	const { failed, cancelled } = asJsonObject(instruction);
	return reasonIn(failed) || reasonIn(cancelled) || null;
}

/** The newer model has these two in every response, empty until they apply. */
function isFilled(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function reasonIn(value: unknown): string {
	const { reason, errorCode } = asJsonObject(value);
	return [reason, errorCode].filter((text) => typeof text === 'string' && text !== '').join(', ');
}
