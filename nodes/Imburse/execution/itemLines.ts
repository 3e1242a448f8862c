import { joinWithAnd } from '../validation/format';
import { itemNumber } from './items';

/** A sentence on one item. */
export interface ItemText {
	/** The item's place in the input, from 0. */
	index: number;
	text: string;
}

/** What is said of items, a line for each sentence, and how many lines there was no room for. */
export interface ItemLines {
	lines: string[];
	rest: number;
}

/** More than these groups of items nobody looks up. */
const MOST_NAMED = 10;

/**
 * Lines that say each sentence once, with the numbers of all its items. What stands alone comes
 * first. Where there are too many lines, repetition is left out before content: of lines that differ
 * only in what they quote, one comes before the others.
 *
 * @param most lines that are shown
 */
export function itemLines(texts: readonly ItemText[], most: number): ItemLines {
	const groups = [...groupedByText(texts)].map(([text, indexes]) => ({ text, indexes }));
	const ranks = groups.length > most ? repetitions(groups.map(({ text }) => text)) : [];
	const ordered = groups
		.map((group, place) => ({ ...group, rank: ranks[place] ?? 0 }))
		.sort((a, b) => a.rank - b.rank || Number(isShared(a)) - Number(isShared(b)));
	const shown = ordered.slice(0, most);
	const lines = shown.map(({ text, indexes }) => `${itemsLabel(indexes)}: ${text}`);
	return { lines, rest: ordered.length - shown.length };
}

/** Names items as a person counts them: `Item 3`, `Items 2, 5 to 7 and 9`. */
export function itemsLabel(indexes: readonly number[]): string {
	const groups = consecutive(indexes);
	const named = groups.slice(0, MOST_NAMED).flatMap(numbersOf);
	const rest = groups.slice(MOST_NAMED).flat().length;
	const names = rest > 0 ? [...named, `${rest} more`] : named;
	return `${indexes.length === 1 ? 'Item' : 'Items'} ${joinWithAnd(names)}`;
}

function groupedByText(texts: readonly ItemText[]): Map<string, number[]> {
	const groups = new Map<string, number[]>();
	for (const { index, text } of texts) {
		const indexes = groups.get(text);
		if (!indexes) groups.set(text, [index]);
		else if (indexes[indexes.length - 1] !== index) indexes.push(index);
	}
	return groups;
}

/** How many texts before each one differ from it only in what they quote, or in a number. */
function repetitions(texts: readonly string[]): number[] {
	const seen = new Map<string, number>();
	return texts.map((text) => {
		const kind = text.replace(/"[^"]*"|\d+/g, '');
		const before = seen.get(kind) ?? 0;
		seen.set(kind, before + 1);
		return before;
	});
}

function isShared({ indexes }: { indexes: readonly number[] }): boolean {
	return indexes.length > 1;
}

function consecutive(indexes: readonly number[]): number[][] {
	const groups: number[][] = [];
	for (const index of indexes) {
		const last = groups[groups.length - 1];
		if (last && last[last.length - 1] === index - 1) last.push(index);
		else groups.push([index]);
	}
	return groups;
}

function numbersOf(group: readonly number[]): string[] {
	const [first, last] = [itemNumber(group[0]!), itemNumber(group[group.length - 1]!)];
	return group.length > 2 ? [`${first} to ${last}`] : group.map((index) => `${itemNumber(index)}`);
}
