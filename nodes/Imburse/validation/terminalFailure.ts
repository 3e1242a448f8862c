import { asJsonObject } from './jsonObject';
import {
	CANCELLED_STATUSES,
	FAILURE_STATUSES,
	isOneOfStatuses,
	PROCESSED_STATUSES,
	statusOf,
} from './status';

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

/**
 * Whether an instruction says that it was cancelled: by its status, or by the object `cancelled` where
 * the status does not say the contrary.
 *
 * @param instruction as in API reference 5, of either generation
 */
export function isCancelled(instruction: unknown): boolean {
	const status = statusOf(instruction);
	if (isOneOfStatuses(status, CANCELLED_STATUSES)) return true;
	return (
		isFilled(asJsonObject(instruction).cancelled) && !isOneOfStatuses(status, PROCESSED_STATUSES)
	);
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
