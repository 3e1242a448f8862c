import { joinWithAnd, formatValue } from './format';
import type { ValidationError } from './result';

/** A checked reference and where it stands. */
export interface LocatedReference {
	itemIndex: number;
	/** As messages name the place: `item 3`, `instruction 2 of item 3`. */
	location: string;
	field: string;
	reference: string;
	/** The order that an instruction's reference belongs to; left out for an order's own. */
	orderReference?: string;
}

/** What the references of a run say about each other, by the item that it is said to. */
export interface DuplicateReferences {
	errors: Array<{ itemIndex: number; error: ValidationError }>;
	hints: Array<{ itemIndex: number; hint: string }>;
}

const MAX_SHOWN_LOCATIONS = 5;

/**
 * Finds references that are not the only one of their kind: an order's among all orders, an
 * instruction's within its order (API reference 4.1, documented as unique). All that share one are
 * refused, because nobody can know which of them is meant. Whether Imburse tells capital from small
 * letters is unknown, so a difference in nothing else is a hint.
 */
export function findDuplicateReferences(
	references: readonly LocatedReference[],
): DuplicateReferences {
	const equal = groupedBy(references, ({ reference }) => reference);
	const errors = equal
		.filter((group) => group.length > 1)
		.flatMap((group) => group.map((one) => duplicateError(one, group)));
	const alike = groupedBy(references, ({ reference }) => reference.toLowerCase());
	const hints = alike.flatMap((group) => group.flatMap((one) => caseHint(one, group)));
	return { errors, hints };
}

function duplicateError(one: LocatedReference, group: readonly LocatedReference[]) {
	const others = group.filter((other) => other !== one);
	const error = {
		field: one.field,
		reason: `${formatValue(one.reference)} is also the reference of ${joinLocations(others)}`,
		fix: 'Give every payment a reference of its own. Where the same row came twice, keep one of them.',
	};
	return { itemIndex: one.itemIndex, error };
}

function caseHint(one: LocatedReference, group: readonly LocatedReference[]) {
	const others = group.filter(({ reference }) => reference !== one.reference);
	if (others.length === 0) return [];
	const hint = `${one.field}: ${formatValue(one.reference)} differs only in capital and small letters from the reference of ${joinLocations(others)}. It is not known whether Imburse tells them apart.`;
	return [{ itemIndex: one.itemIndex, hint }];
}

function joinLocations(references: readonly LocatedReference[]): string {
	const locations = references.slice(0, MAX_SHOWN_LOCATIONS).map(({ location }) => location);
	const rest = references.length - locations.length;
	return joinWithAnd(rest > 0 ? [...locations, `${rest} more`] : locations);
}

function groupedBy(
	references: readonly LocatedReference[],
	nameOf: (reference: LocatedReference) => string,
): LocatedReference[][] {
	const groups = new Map<string, LocatedReference[]>();
	for (const reference of references) {
		const name = JSON.stringify([reference.orderReference, nameOf(reference)]);
		const group = groups.get(name);
		if (group) group.push(reference);
		else groups.set(name, [reference]);
	}
	return [...groups.values()];
}
