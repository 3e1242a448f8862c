import type {
	ValidationResult,
	ValidationError,
} from '../../../nodes/Imburse/validation/result.ts';

/** The valid value; fails with the reasons where there is none. */
export function valueOf<T>(result: ValidationResult<T>): T {
	if (!result.ok) throw new Error(`invalid: ${JSON.stringify(result.errors)}`);
	return result.value;
}

/** The hints of a valid value. */
export function hintsOf<T>(result: ValidationResult<T>): string[] {
	if (!result.ok) throw new Error(`invalid: ${JSON.stringify(result.errors)}`);
	return result.hints;
}

/** Every reason against the value; fails where it is valid. */
export function errorsOf<T>(result: ValidationResult<T>): ValidationError[] {
	if (result.ok) throw new Error(`valid: ${JSON.stringify(result.value)}`);
	return result.errors;
}

/** `field: reason` of every error. */
export function reasonsOf<T>(result: ValidationResult<T>): string[] {
	return errorsOf(result).map(({ field, reason }) => `${field}: ${reason}`);
}
