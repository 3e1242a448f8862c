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

type Accepted<T> = T extends { ok: true; value: infer Value } ? Value : never;

/**
 * Joins the verdicts of several fields: all their values, or the violations of all of them at
 * once, so that nobody has to mend one field after another.
 */
export function allOf<T extends Record<string, Checked<unknown>>>(
	fields: T,
): Checked<{ [Name in keyof T]: Accepted<T[Name]> }> {
	const values: Array<[string, unknown]> = [];
	const hints: string[] = [];
	const violations: Violation[] = [];
	for (const [name, verdict] of Object.entries(fields)) {
		if (verdict.ok) {
			values.push([name, verdict.value]);
			hints.push(...verdict.hints);
		} else {
			violations.push(...verdict.violations);
		}
	}
	if (violations.length > 0) return refused(...violations);
	return accepted(Object.fromEntries(values) as { [Name in keyof T]: Accepted<T[Name]> }, hints);
}

/** Joins the verdicts of a list's entries: all their values, or all their violations. */
export function allIn<T>(verdicts: ReadonlyArray<Checked<T>>): Checked<T[]> {
	const values: T[] = [];
	const hints: string[] = [];
	const violations: Violation[] = [];
	for (const verdict of verdicts) {
		if (verdict.ok) {
			values.push(verdict.value);
			hints.push(...verdict.hints);
		} else {
			violations.push(...verdict.violations);
		}
	}
	return violations.length > 0 ? refused(...violations) : accepted(values, hints);
}
