import { describe, expect, it } from '@jest/globals';
import { extraInstructions } from '../../../../nodes/Imburse/resources/paymentOrder/extraInstructions.ts';

const ORDER = 'Payment Order "CLAIM-17"';
const ALSO = `${ORDER} also holds`;
const NOT_ASKED = 'which this item does not ask for. The order was left as it is.';
const byName = (instructionRef: string) => ({ instructionRef });
const byLink = (reference: string) => ({
	_links: { self: { href: `/v1/order-management/CLAIM-17/instruction/${reference}` } },
});
const UNNAMED = { amount: 1 };

function remarks(instructions: unknown, ...asked: string[]): string[] {
	return extraInstructions({ instructions }, ORDER, asked);
}

describe('extraInstructions', () => {
	it.each<[string, unknown, string[]]>([
		['no list', undefined, ['A']],
		['no instruction', [], []],
		['those that were asked for', [byName('A'), byLink('B')], ['B', 'A']],
		['fewer', [byName('A')], ['A', 'B']],
		['as many without names', [UNNAMED, null, byName('C')], ['A', 'B', 'C']],
	])('has nothing to say of %s', (_, instructions, asked) => {
		expect(remarks(instructions, ...asked)).toEqual([]);
	});

	it('has nothing to say of an answer that is no order', () => {
		expect(extraInstructions(null, ORDER, [])).toEqual([]);
	});

	it.each([byName, byLink])('names what was not asked for', (instruction) => {
		expect(remarks([instruction('A'), instruction('B')], 'A')).toEqual([
			`${ALSO} instruction "B", ${NOT_ASKED}`,
		]);
		expect(remarks([instruction('A'), instruction('B')])).toEqual([
			`${ALSO} the instructions "A" and "B", ${NOT_ASKED}`,
		]);
	});

	it('names ten, and says how many more there are', () => {
		const many = Array.from({ length: 12 }, (_, index) => byName(`R${index}`));
		expect(remarks(many.slice(0, 10))[0]).toContain('"R8" and "R9", which');
		expect(remarks(many)[0]).toContain('"R9" and 2 more, which');
	});

	it('counts what Imburse does not name, and nobody can have asked for', () => {
		expect(remarks([UNNAMED, UNNAMED, byName('A')], 'A', 'B')).toEqual([
			`${ALSO} 1 instruction whose reference Imburse does not tell, ${NOT_ASKED}`,
		]);
		expect(remarks([UNNAMED, UNNAMED, byName('C')])).toEqual([
			`${ALSO} instruction "C", ${NOT_ASKED}`,
			`${ALSO} 2 instructions whose reference Imburse does not tell, ${NOT_ASKED}`,
		]);
	});
});
