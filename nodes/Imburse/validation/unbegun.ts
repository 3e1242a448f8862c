import { isOneOfStatuses, statusOf, UNBEGUN_STATUSES } from './status';
import { terminalFailure } from './terminalFailure';
import { hasTransaction } from './transaction';

/**
 * Whether an instruction has certainly not begun. Whatever is not known to be waiting may have: a status
 * that is new, a transaction beside it, an end that the status does not tell of.
 *
 * @param instruction as in API reference 5, of either generation
 */
export function hasCertainlyNotBegun(instruction: unknown): boolean {
	const isWaiting = isOneOfStatuses(statusOf(instruction), UNBEGUN_STATUSES);
	return isWaiting && !hasTransaction(instruction) && terminalFailure(instruction) === undefined;
}
