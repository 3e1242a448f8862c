/** One reason why an item cannot be sent. All three texts are shown to the user. */
export interface Violation {
	/** Display name of the form's field, with its place inside it: `Metadata > claimNumber`. */
	field: string;
	/** What is wrong, without the field's name and without a final period. */
	reason: string;
	/** What the user can do about it, one sentence with a final period. */
	fix: string;
}

/**
 * What a rule says of a value: the value in the form in which Imburse takes it, or every reason
 * against it. Hints do not stop anything; they are shown beside the result.
 */
export type Checked<T> =
	{ ok: true; value: T; hints: string[] } | { ok: false; violations: Violation[] };

export function accepted<T>(value: T, hints: string[] = []): Checked<T> {
	return { ok: true, value, hints };
}

export function refused<T>(...violations: Violation[]): Checked<T> {
	return { ok: false, violations };
}
