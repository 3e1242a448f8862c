import { accepted, refused, type Checked } from './violation';

/** Statuses in a text, separated by commas. They are open: Imburse adds to them (API reference 5). */
export function checkStatuses(value: unknown, field: string): Checked<string[]> {
	const listed = Array.isArray(value) ? value : String(value ?? '').split(',');
	const statuses = listed.map((status) => String(status).trim().toUpperCase());
	const named = statuses.filter((status) => status !== '');
	if (named.length > 0) return accepted(named);
	return refused({
		field,
		reason: 'there is no status',
		fix: 'Name at least one, for example SETTLED.',
	});
}

/** The status of an answer about an instruction; empty where it has none. */
export function statusOf(answer: unknown): string {
	const { status } = (answer ?? {}) as { status?: unknown };
	return typeof status === 'string' ? status : '';
}

/** Whether a status is one of those listed; capital and small letters are the same. */
export function isStatus(status: string, listed: readonly string[]): boolean {
	return listed.includes(status.trim().toUpperCase());
}
