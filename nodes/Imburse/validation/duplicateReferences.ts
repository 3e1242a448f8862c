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

/** A whole number with empty decimals at the end, alone or behind a prefix. */
const EMPTY_DECIMALS = /(?<![\d.])(\d+)\.0*$/;
/** Zeros in front of a number, and behind the decimals of a text that is nothing but a number. */
const PADDING = /(?<!\d)0+(?=\d)|(?<=^\d+\.\d*)0+$/g;

/**
 * Finds references that are not the only one of their kind: an order's among all orders, an
 * instruction's within its order (API reference 4.1, documented as unique). All that share one are
 * refused, because nobody can know which of them is meant. `CLM-5012` and `CLM-5012.0` count as one:
 * a spreadsheet writes a whole number either way. Whether Imburse tells capital from small letters is
 * unknown, and zeros in front are often lost, so a difference in nothing else is a hint.
 */
export function findDuplicateReferences(
	references: readonly LocatedReference[],
): DuplicateReferences {
	const equal = groupedBy(references, withoutEmptyDecimals);
	const errors = equal
		.filter((group) => group.length > 1)
		.flatMap((group) => group.flatMap((one) => duplicateErrors(one, group)));
	const alike = groupedBy(references, (text) =>
		withoutPadding(withoutEmptyDecimals(text)).toLowerCase(),
	);
	const hints = alike
		.filter((group) => group.length > 1)
		.flatMap((group) => group.flatMap((one) => alikeHints(one, group)));
	return { errors, hints };
}

function withoutEmptyDecimals(reference: string): string {
	return reference.replace(EMPTY_DECIMALS, '$1');
}

function withoutPadding(reference: string): string {
	return reference.replace(PADDING, '');
}

function duplicateErrors(one: LocatedReference, group: readonly LocatedReference[]) {
	const { field, reference, itemIndex } = one;
	const others = group.filter((other) => other !== one);
	const equal = others.filter((other) => other.reference === reference);
	const respelled = others.filter((other) => other.reference !== reference);
	const errors: ValidationError[] = [];
	if (equal.length > 0) {
		errors.push({
			field,
			reason: `${formatValue(reference)} is also the reference of ${joinLocations(equal)}`,
			fix: 'Give every payment a reference of its own. Where the same row came twice, keep one of them.',
		});
	}
	if (respelled.length > 0) {
		errors.push({
			field,
			reason: `${formatValue(reference)} is the same number as ${formatValue(respelled[0]!.reference)}, the reference of ${joinLocations(respelled)}`,
			fix: 'Give every payment a reference of its own. Where one number is written in two ways, format the column as text, and keep one of the rows.',
		});
	}
	return errors.map((error) => ({ itemIndex, error }));
}

function alikeHints(one: LocatedReference, group: readonly LocatedReference[]) {
	const same = withoutEmptyDecimals(one.reference);
	const others = group.filter(({ reference }) => withoutEmptyDecimals(reference) !== same);
	const inCase = others.filter(
		({ reference }) => reference.toLowerCase() === one.reference.toLowerCase(),
	);
	const inZeros = others.filter((other) => !inCase.includes(other));
	return [
		...hintOn(
			one,
			inCase,
			'capital and small letters',
			'It is not known whether Imburse tells them apart.',
		),
		...hintOn(
			one,
			inZeros,
			'zeros that a number may lose',
			'If both mean the same payment, it is paid twice: format the column as text.',
		),
	];
}

function hintOn(one: LocatedReference, others: LocatedReference[], what: string, why: string) {
	if (others.length === 0) return [];
	const hint = `${one.field}: ${formatValue(one.reference)} differs only in ${what} from the reference of ${joinLocations(others)}. ${why}`;
	return [{ itemIndex: one.itemIndex, hint }];
}

function joinLocations(references: readonly LocatedReference[]): string {
	const locations = references.slice(0, MAX_SHOWN_LOCATIONS).map(({ location }) => location);
	const rest = references.length - locations.length;
	return joinWithAnd(rest > 0 ? [...locations, `${rest} more`] : locations);
}

function groupedBy(
	references: readonly LocatedReference[],
	nameOf: (reference: string) => string,
): LocatedReference[][] {
	const groups = new Map<string, LocatedReference[]>();
	for (const one of references) {
		const { orderReference, reference } = one;
		const name = JSON.stringify([
			orderReference === undefined ? null : withoutEmptyDecimals(orderReference),
			nameOf(reference),
		]);
		const group = groups.get(name);
		if (group) group.push(one);
		else groups.set(name, [one]);
	}
	return [...groups.values()];
}
