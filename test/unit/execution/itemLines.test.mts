import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { itemLines, itemsLabel } from '../../../nodes/Imburse/execution/itemLines.ts';

describe('itemsLabel', () => {
	it.each([
		[[2], 'Item 3'],
		[[1, 4], 'Items 2 and 5'],
		[[0, 1], 'Items 1 and 2'],
		[[7, 8, 9, 10, 11], 'Items 8 to 12'],
		[[1, 4, 5, 6, 8], 'Items 2, 5 to 7 and 9'],
		[[0, 1, 3], 'Items 1, 2 and 4'],
		[
			Array.from({ length: 14 }, (_, place) => place * 2),
			'Items 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 4 more',
		],
	])('names %j', (indexes, label) => {
		expect(itemsLabel(indexes)).toBe(label);
	});
});

describe('itemLines', () => {
	const on = (index: number, text: string) => ({ index, text });

	it('says each sentence once, with its items, and what stands alone first', () => {
		const texts = [on(0, 'A'), on(1, 'A'), on(1, 'B'), on(2, 'A'), on(3, 'C'), on(5, 'A')];
		expect(itemLines(texts, 10)).toEqual({
			lines: ['Item 2: B', 'Item 4: C', 'Items 1 to 3 and 6: A'],
			rest: 0,
		});
	});

	it('names an item once, though it says the same twice', () => {
		expect(itemLines([on(4, 'A'), on(4, 'A')], 10).lines).toEqual(['Item 5: A']);
	});

	it('leaves out repetition before content', () => {
		const many = Array.from({ length: 30 }, (_, index) =>
			on(index, `Amount: "${index} EUR" is bad`),
		);
		const texts = [...many, on(30, 'Country: "UK" is none'), on(31, 'Country: "EN" is none')];
		expect(itemLines(texts, 3)).toEqual({
			lines: [
				'Item 1: Amount: "0 EUR" is bad',
				'Item 31: Country: "UK" is none',
				'Item 2: Amount: "1 EUR" is bad',
			],
			rest: 29,
		});
	});

	it('keeps the order of the items as long as there is room', () => {
		const texts = [on(0, 'Amount: "1" is bad'), on(1, 'Amount: "2" is bad'), on(2, 'B')];
		expect(itemLines(texts, 3).lines).toEqual([
			'Item 1: Amount: "1" is bad',
			'Item 2: Amount: "2" is bad',
			'Item 3: B',
		]);
	});

	it('loses no sentence that there is room for', () => {
		const text = fc.tuple(fc.nat(8), fc.constantFrom('A', 'B "x"', 'B "y"', 'C'));
		fc.assert(
			fc.property(fc.array(text), (pairs) => {
				const sorted = pairs
					.map(([index, one]) => on(index, one))
					.sort((a, b) => a.index - b.index);
				const { lines, rest } = itemLines(sorted, 4);
				const distinct = new Set(sorted.map((one) => one.text));
				expect(rest).toBe(0);
				expect(new Set(lines.map((line) => line.replace(/^Items? [^:]*: /, '')))).toEqual(distinct);
				expect(lines).toHaveLength(distinct.size);
			}),
		);
	});
});
