import { formatValue, splitList } from './format';
import { valid, invalid, type ValidationResult } from './result';

/** Statuses of an instruction that was settled, of either generation (API reference 5). */
export const SETTLED_STATUSES: readonly string[] = ['SETTLED', 'COMPLETED'];

/**
 * Statuses of an instruction that was given up: VOID is documented for 2019, CANCELLED is inferred
 * from the object `cancelled` of the newer model (API reference 5).
 */
export const CANCELLED_STATUSES: readonly string[] = ['VOID', 'CANCELLED'];

/** Statuses of an instruction that ended without a payment (API reference 5). */
export const FAILURE_STATUSES: readonly string[] = ['FAILED', ...CANCELLED_STATUSES];

/** Statuses in which an instruction has not begun, so that it may be changed (API reference 4.1). */
export const UNBEGUN_STATUSES: readonly string[] = ['INCOMPLETE', 'READY'];

/** Statuses after which nothing more is expected. */
export const FINAL_STATUSES: readonly string[] = [...SETTLED_STATUSES, ...FAILURE_STATUSES];

/** Statuses in which money is moving or has moved, or never will (API reference 5). */
export const PROCESSED_STATUSES: readonly string[] = ['PROCESSING', ...FINAL_STATUSES];

/** All statuses of an instruction that are known (API reference 5). */
export const KNOWN_STATUSES: readonly string[] = [
	'INCOMPLETE',
	'READY',
	'LATE',
	...PROCESSED_STATUSES,
];

/** What a status means for a workflow, whichever generation's word it is. */
export type InstructionState = 'open' | 'settled' | 'failed' | 'cancelled';

/**
 * What the status of an instruction means (API reference 5). A word that is not known is `open`:
 * whoever waits goes on waiting, and nothing counts as paid, or as free to be paid again.
 */
export function stateOf(status: string): InstructionState {
	if (isOneOfStatuses(status, SETTLED_STATUSES)) return 'settled';
	if (isOneOfStatuses(status, CANCELLED_STATUSES)) return 'cancelled';
	return isOneOfStatuses(status, FAILURE_STATUSES) ? 'failed' : 'open';
}

/** Whether two statuses say the same: the generations have names of their own for an end. */
export function isSameState(one: string, other: string): boolean {
	const kinds = [[one], SETTLED_STATUSES, FAILURE_STATUSES];
	return kinds.some((kind) => kind.includes(one) && kind.includes(other));
}

/** Statuses in a text, separated by commas. They are open: Imburse adds to them (API reference 5). */
export function parseStatuses(value: unknown, field: string): ValidationResult<string[]> {
	const listed: unknown[] = Array.isArray(value) ? value : [value ?? ''];
	const notText = listed.find((entry) => typeof entry !== 'string');
	if (notText !== undefined) {
		return invalid({ field, reason: `${formatValue(notText)} is not a status`, fix: FIX });
	}
	const named = listed.flatMap((text) => splitList((text as string).toUpperCase()));
	if (named.length > 0) return valid(named);
	return invalid({ field, reason: 'there is no status', fix: FIX });
}

const FIX = 'Name at least one as Imburse writes it, several with commas in between.';

/** The status of an instruction or a transaction that was read; empty where it has none. */
export function statusOf(body: unknown): string {
	const { status } = (body ?? {}) as { status?: unknown };
	return typeof status === 'string' ? status : '';
}

/** Whether a status is one of those listed; capital and small letters are the same. */
export function isOneOfStatuses(status: string, listed: readonly string[]): boolean {
	return listed.includes(status.trim().toUpperCase());
}
