import type {
	ValidationResult,
	ValidationError,
} from '../../../nodes/Imburse/validation/result.ts';

/** The accepted value; fails with the reasons where there is none. */
export function valueOf<T>(checked: ValidationResult<T>): T {
	if (!checked.ok) throw new Error(`refused: ${JSON.stringify(checked.errors)}`);
	return checked.value;
}

/** The hints of an accepted value. */
export function hintsOf<T>(checked: ValidationResult<T>): string[] {
	if (!checked.ok) throw new Error(`refused: ${JSON.stringify(checked.errors)}`);
	return checked.hints;
}

/** Every reason against the value; fails where it was accepted. */
export function violationsOf<T>(checked: ValidationResult<T>): ValidationError[] {
	if (checked.ok) throw new Error(`accepted: ${JSON.stringify(checked.value)}`);
	return checked.errors;
}

/** `field: reason` of every error. */
export function reasonsOf<T>(checked: ValidationResult<T>): string[] {
	return violationsOf(checked).map(({ field, reason }) => `${field}: ${reason}`);
}
