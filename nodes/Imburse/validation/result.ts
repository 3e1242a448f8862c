/** One reason why an item cannot be sent. All three texts are shown to the user. */
export interface ValidationError {
	/** Display name of the form's field, with its place inside it: `Metadata > claimNumber`. */
	field: string;
	/** What is wrong, without the field's name and without a final period. */
	reason: string;
	/** What the user can do about it, one sentence with a final period. */
	fix: string;
}

/**
 * A value in the form in which Imburse takes it, or every reason against it. Hints do not stop
 * anything; they are shown beside the result.
 */
export type ValidationResult<T> =
	{ ok: true; value: T; hints: string[] } | { ok: false; errors: ValidationError[] };

export function valid<T>(value: T, hints: string[] = []): ValidationResult<T> {
	return { ok: true, value, hints };
}

export function invalid<T>(...errors: ValidationError[]): ValidationResult<T> {
	return { ok: false, errors };
}

/** Whether a field was left empty, or an expression found nothing for it. */
export function isEmpty(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || value === '';
}

/** Checks a value only where there is one. */
export function optional<T>(
	value: unknown,
	validate: (value: unknown) => ValidationResult<T>,
): ValidationResult<T | undefined> {
	return isEmpty(value) ? valid(undefined) : validate(value);
}

type ValueOf<T> = T extends { ok: true; value: infer Value } ? Value : never;

/**
 * Joins the results of several fields: all their values, or the errors of all of them at once, so
 * that the user can correct them together.
 */
export function allOf<T extends Record<string, ValidationResult<unknown>>>(
	fields: T,
): ValidationResult<{ [Name in keyof T]: ValueOf<T[Name]> }> {
	const values: Record<string, unknown> = {};
	const hints: string[] = [];
	const errors: ValidationError[] = [];
	for (const [name, result] of Object.entries(fields)) {
		if (result.ok) {
			values[name] = result.value;
			hints.push(...result.hints);
		} else {
			errors.push(...result.errors);
		}
	}
	if (errors.length > 0) return invalid(...errors);
	return valid(values as { [Name in keyof T]: ValueOf<T[Name]> }, hints);
}

/** Joins the results of a list's entries: all their values, or all their errors. */
export function allIn<T>(results: ReadonlyArray<ValidationResult<T>>): ValidationResult<T[]> {
	const values: T[] = [];
	const hints: string[] = [];
	const errors: ValidationError[] = [];
	for (const result of results) {
		if (result.ok) {
			values.push(result.value);
			hints.push(...result.hints);
		} else {
			errors.push(...result.errors);
		}
	}
	return errors.length > 0 ? invalid(...errors) : valid(values, hints);
}

/** An error as one text: field, reason, fix. */
export function describeError({ field, reason, fix }: ValidationError): string {
	return `${field}: ${reason}. ${fix}`;
}

/** Errors as one clause, without what to do about them. */
export function describeReasons(errors: readonly ValidationError[]): string {
	return errors.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
}

/** What to do about errors, each advice once. */
export function describeFixes(errors: readonly ValidationError[]): string {
	return [...new Set(errors.map(({ fix }) => fix))].join(' ');
}
