import { formatValue, joinWithAnd } from './format';

const MOST_NAMED = 3;

/**
 * The names that a person would take for this one: with other capital letters, spaces, hyphens or
 * marks that do not show.
 */
export function similarNames(name: string, names: readonly string[]): string[] {
	const wanted = visiblePart(name);
	return names.filter((other) => other !== name && visiblePart(other) === wanted);
}

/** They as a part of a sentence, each with how it differs: `"due " (a space at the end)`. */
export function describeSimilarNames(name: string, names: readonly string[]): string {
	const described = similarNames(name, names)
		.slice(0, MOST_NAMED)
		.map((other) => `${formatValue(other)}${difference(other)}`);
	return joinWithAnd(described);
}

function visiblePart(name: string): string {
	return name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\p{Cf}\p{Cc}\s_.-]/gu, '');
}

function difference(name: string): string {
	if (/^\p{Cf}/u.test(name)) return ' (with a mark at its beginning that does not show)';
	if (/[\p{Cf}\p{Cc}]/u.test(name)) return ' (with a mark that does not show)';
	if (/^\s/u.test(name)) return ' (with a space at its beginning)';
	if (/\s$/u.test(name)) return ' (with a space at its end)';
	return '';
}
