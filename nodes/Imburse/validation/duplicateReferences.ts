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
	const verb = group.some((one) => maybeThousands(one.reference)) ? 'may be' : 'is';
	return groupedBy(group, ({ reference }) => reference).flatMap((equal) => {
		const [{ reference }] = equal as [LocatedReference];
		const own = formatValue(reference);
		const isRespelled = (one: LocatedReference) => one.reference !== reference;
		const [respelled] = firstOf(group, 1, isRespelled);
		const other = respelled && {
			reason: `${own} ${verb} the same number as ${formatValue(respelled.reference)}, the reference of ${joinLocations(group, isRespelled, group.length - equal.length)}`,
			fix: 'Give every payment a reference of its own. Where one number is written in two ways, format the column as text, and keep one of the rows.',
		};
		return equal.flatMap((one) => {
			const { field, itemIndex } = one;
			const same = equal.length > 1 && {
				reason: `${own} is also the reference of ${joinLocations(equal, (each) => each !== one, equal.length - 1)}`,
				fix: 'Give every payment a reference of its own. Where the same row came twice, keep one of them.',
			};
			const problems = [...(same ? [same] : []), ...(other ? [other] : [])];
			return problems.map((problem) => ({ itemIndex, error: { field, ...problem } }));
		});
	});
}

/** A reference with what its likeness to others is known by. */
interface Spelled extends LocatedReference {
	asNumber: string;
	small: string;
}

function alikeHints(located: readonly LocatedReference[]) {
	const group = located.map(spelled);
	const spellings = new Map(group.map((one) => [one.reference, one]));
	if (spellings.size === 1) return [];
	const alikeTo = alikeIn(group);
	const sentences = new Map([...spellings].map(([text, own]) => [text, alikeTo(own)]));
	return group.flatMap(({ field, itemIndex, reference }) =>
		sentences.get(reference)!.map((text) => ({
			itemIndex,
			hint: `${field}: ${formatValue(reference)} differs only in ${text}`,
		})),
	);
}

function spelled(one: LocatedReference): Spelled {
	const { reference } = one;
	return { ...one, asNumber: withoutEmptyDecimals(reference), small: reference.toLowerCase() };
}

/**
 * Tells what the others of a group differ in from one of them: the ends of sentences. Others are
 * counted once for all, since a group may hold thousands of spellings.
 */
function alikeIn(group: readonly Spelled[]): (own: Spelled) => string[] {
	const keysOf = ({ asNumber, small }: Spelled) =>
		[`number ${asNumber}`, `small ${small}`, `both ${asNumber}\n${small}`] as const;
	const counts = countsOf(group.flatMap(keysOf));
	return (own) => {
		const [sameNumber, sameSmall, sameBoth] = keysOf(own).map((key) => counts.get(key)!);
		const inCase = sameSmall! - sameBoth!;
		const inZeros = group.length - sameNumber! - inCase;
		const isOther = (one: Spelled) => one.asNumber !== own.asNumber;
		const isInCase = (one: Spelled) => isOther(one) && one.small === own.small;
		const isInZeros = (one: Spelled) => isOther(one) && one.small !== own.small;
		const sentences = [];
		if (inCase > 0) {
			sentences.push(
				`capital and small letters from the reference of ${joinLocations(group, isInCase, inCase)}. It is not known whether Imburse tells them apart.`,
			);
		}
		if (inZeros > 0) {
			sentences.push(
				`zeros that a number may lose from the reference of ${joinLocations(group, isInZeros, inZeros)}. If both mean the same payment, it is paid twice: format the column as text.`,
			);
		}
		return sentences;
	};
}

function countsOf(keys: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}

/** @param count how many of them `isMeant` holds for */
function joinLocations<T extends LocatedReference>(
	references: readonly T[],
	isMeant: (one: T) => boolean,
	count: number,
): string {
	const first = firstOf(references, MAX_SHOWN_LOCATIONS, isMeant);
	const locations = first.map(({ location }) => location);
	const rest = count - locations.length;
	return joinWithAnd(rest > 0 ? [...locations, `${rest} more`] : locations);
}

/** Looks no further than it has to. */
function firstOf<T>(all: readonly T[], most: number, isMeant: (one: T) => boolean): T[] {
	const found: T[] = [];
	for (const one of all) {
		if (found.length === most) break;
		if (isMeant(one)) found.push(one);
	}
	return found;
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
