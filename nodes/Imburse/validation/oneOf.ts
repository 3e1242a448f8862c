import { formatValue } from './format';
import { valid, invalid, type ValidationResult } from './result';

/** Checks a choice. An expression can give anything, and nothing is guessed from it. */
export function validateOneOf<Choice extends string>(
	value: unknown,
	choices: readonly Choice[],
	field: string,
): ValidationResult<Choice> {
	const chosen = choices.find((choice) => choice === value);
	if (chosen !== undefined) return valid(chosen);
	return invalid({
		field,
		reason: `${formatValue(value)} is not one of ${choices.join(', ')}`,
		fix: 'Choose it from the list, or correct the expression.',
	});
}
