import { maybeThousands, withoutEmptyDecimals } from './emptyDecimals';
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

/** Zeros in front of a number, and behind the decimals of a text that is nothing but a number. */
const PADDING = /(?<!\d)0+(?=\d)|(?<=^\d+\.\d*)0+$/g;

/**
 * Finds references that are not the only one of their kind: an order's among all orders, an
 * instruction's within its order (API reference 4.1, documented as unique). All that share one are
 * refused, because nobody can know which of them is meant. `CLM-5012-1` and `CLM-5012.0-1` count as
 * one: a spreadsheet writes a whole number either way. Whether Imburse tells capital from small letters is
 * unknown, and zeros in front are often lost, so a difference in nothing else is a hint.
 */
export function findDuplicateReferences(
	references: readonly LocatedReference[],
): DuplicateReferences {
	const equal = groupedBy(references, (one) => nameOf(one, withoutEmptyDecimals));
	const errors = equal.filter((group) => group.length > 1).flatMap(duplicateErrors);
	const alike = groupedBy(references, similarityKey);
	const hints = alike.filter((group) => group.length > 1).flatMap(alikeHints);
	return { errors, hints };
}

/** The same for all references that may say something about each other. */
export function similarityKey(one: LocatedReference): string {
	return nameOf(one, (text) => withoutPadding(withoutEmptyDecimals(text)).toLowerCase());
}

function nameOf(
	{ orderReference, reference }: LocatedReference,
	normalize: (reference: string) => string,
): string {
	return JSON.stringify([
		orderReference === undefined ? null : withoutEmptyDecimals(orderReference),
		normalize(reference),
	]);
}

function withoutPadding(reference: string): string {
	return reference.replace(PADDING, '');
}

function duplicateErrors(group: readonly LocatedReference[]) {
	const spellings = groupedBy(group, ({ reference }) => reference);
	return spellings.flatMap((equal) => {
		const [{ reference }] = equal as [LocatedReference];
		const own = formatValue(reference);
		const respelled = group.filter((one) => one.reference !== reference);
		const verb = group.some((one) => maybeThousands(one.reference)) ? 'may be' : 'is';
		const other = respelled[0] && {
			reason: `${own} ${verb} the same number as ${formatValue(respelled[0].reference)}, the reference of ${joinLocations(respelled)}`,
			fix: 'Give every payment a reference of its own. Where one number is written in two ways, format the column as text, and keep one of the rows.',
		};
		return equal.flatMap((one) => {
			const { field, itemIndex } = one;
			const same = equal.length > 1 && {
				reason: `${own} is also the reference of ${joinLocations(equal, one)}`,
				fix: 'Give every payment a reference of its own. Where the same row came twice, keep one of them.',
			};
			const problems = [...(same ? [same] : []), ...(other ? [other] : [])];
			return problems.map((problem) => ({ itemIndex, error: { field, ...problem } }));
		});
	});
}

function alikeHints(group: readonly LocatedReference[]) {
	const spellings = [...new Set(group.map(({ reference }) => reference))];
	if (spellings.length === 1) return [];
	const sentences = new Map(spellings.map((reference) => [reference, alikeIn(reference, group)]));
	return group.flatMap(({ field, itemIndex, reference }) =>
		sentences.get(reference)!.map((text) => ({
			itemIndex,
			hint: `${field}: ${formatValue(reference)} differs only in ${text}`,
		})),
	);
}

/** What other references of a group differ in from this one: the ends of sentences. */
function alikeIn(reference: string, group: readonly LocatedReference[]): string[] {
	const same = withoutEmptyDecimals(reference);
	const small = reference.toLowerCase();
	const others = group.filter((other) => withoutEmptyDecimals(other.reference) !== same);
	const isInCase = (other: LocatedReference) => other.reference.toLowerCase() === small;
	const inCase = others.filter(isInCase);
	const inZeros = others.filter((other) => !isInCase(other));
	const from = (places: LocatedReference[]) => `from the reference of ${joinLocations(places)}`;
	return [
		...(inCase.length === 0
			? []
			: [
					`capital and small letters ${from(inCase)}. It is not known whether Imburse tells them apart.`,
				]),
		...(inZeros.length === 0
			? []
			: [
					`zeros that a number may lose ${from(inZeros)}. If both mean the same payment, it is paid twice: format the column as text.`,
				]),
	];
}

/** @param own what is left out: the place that the others are named to */
function joinLocations(references: readonly LocatedReference[], own?: LocatedReference): string {
	const first = references.slice(0, MAX_SHOWN_LOCATIONS + 1).filter((one) => one !== own);
	const locations = first.slice(0, MAX_SHOWN_LOCATIONS).map(({ location }) => location);
	const rest = references.length - (own ? 1 : 0) - locations.length;
	return joinWithAnd(rest > 0 ? [...locations, `${rest} more`] : locations);
}

function groupedBy(
	references: readonly LocatedReference[],
	keyOf: (reference: LocatedReference) => string,
): LocatedReference[][] {
	const groups = new Map<string, LocatedReference[]>();
	for (const one of references) {
		const name = keyOf(one);
		const group = groups.get(name);
		if (group) group.push(one);
		else groups.set(name, [one]);
	}
	return [...groups.values()];
}
