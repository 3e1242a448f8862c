import { quoted } from '../../rules/quoted';
import { accepted, refused, type Checked } from '../../rules/violation';

/** One of a field's options. An expression can give anything, and nothing is guessed from it. */
export function checkChoice<Choice extends string>(
	value: unknown,
	choices: readonly Choice[],
	field: string,
): Checked<Choice> {
	const chosen = choices.find((choice) => choice === value);
	if (chosen !== undefined) return accepted(chosen);
	return refused({
		field,
		reason: `${quoted(value)} is not one of ${choices.join(', ')}`,
		fix: 'Choose it from the list, or correct the expression.',
	});
}
