import { formatValue } from './format';
import { splitList } from './splitList';
import { valid, invalid, type ValidationResult } from './result';

/** Statuses in a text, separated by commas. They are open: Imburse adds to them (API reference 5). */
export function parseStatuses(value: unknown, field: string): ValidationResult<string[]> {
	const listed: unknown[] = Array.isArray(value) ? value : [value ?? ''];
	const noText = listed.find((entry) => typeof entry !== 'string');
	if (noText !== undefined) {
		return invalid({ field, reason: `${formatValue(noText)} is not a status`, fix: FIX });
	}
	const named = listed.flatMap((text) => splitList((text as string).toUpperCase()));
	if (named.length > 0) return valid(named);
	return invalid({ field, reason: 'there is no status', fix: FIX });
}

const FIX = 'Name at least one as Imburse writes it, several with commas in between.';

/** The status of an answer about an instruction; empty where it has none. */
export function statusOf(answer: unknown): string {
	const { status } = (answer ?? {}) as { status?: unknown };
	return typeof status === 'string' ? status : '';
}

/** Whether a status is one of those listed; capital and small letters are the same. */
export function isOneOfStatuses(status: string, listed: readonly string[]): boolean {
	return listed.includes(status.trim().toUpperCase());
}
