import type { Checked, Violation } from '../../../nodes/Imburse/rules/violation.ts';

/** The accepted value; fails with the reasons where there is none. */
export function valueOf<T>(checked: Checked<T>): T {
	if (!checked.ok) throw new Error(`refused: ${JSON.stringify(checked.violations)}`);
	return checked.value;
}

/** The hints of an accepted value. */
export function hintsOf<T>(checked: Checked<T>): string[] {
	if (!checked.ok) throw new Error(`refused: ${JSON.stringify(checked.violations)}`);
	return checked.hints;
}

/** Every reason against the value; fails where it was accepted. */
export function violationsOf<T>(checked: Checked<T>): Violation[] {
	if (checked.ok) throw new Error(`accepted: ${JSON.stringify(checked.value)}`);
	return checked.violations;
}

/** `field: reason` of every violation. */
export function reasonsOf<T>(checked: Checked<T>): string[] {
	return violationsOf(checked).map(({ field, reason }) => `${field}: ${reason}`);
}
