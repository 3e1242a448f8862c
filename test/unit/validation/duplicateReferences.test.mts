import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	findDuplicateReferences,
	similarityKey,
	type LocatedReference,
} from '../../../nodes/Imburse/validation/duplicateReferences.ts';

const FIELD = 'Order Reference';

function orders(...references: string[]): LocatedReference[] {
	return references.map((reference, itemIndex) => ({
		itemIndex,
		location: `item ${itemIndex + 1}`,
		field: FIELD,
		reference,
	}));
}

const ZEROS = 'zeros that a number may lose';
const UNKNOWN_CASE = 'It is not known whether Imburse tells them apart.';
const LOST_ZEROS = 'If both mean the same payment, it is paid twice: format the column as text.';
const likeness = (reference: string, kind: string, places: string, what: string) =>
	`${FIELD}: "${reference}" differs only in ${kind} from the reference of ${places}. ${what}`;

describe('findDuplicateReferences', () => {
	it('refuses all that share one, and names the others', () => {
		const { errors: errors, hints } = findDuplicateReferences(orders('A', 'B', 'A', 'C', 'A'));
		expect(hints).toEqual([]);
		expect(errors.map(({ itemIndex }) => itemIndex)).toEqual([0, 2, 4]);
		expect(errors[1]?.error).toEqual({
			field: FIELD,
			reason: '"A" is also the reference of item 1 and item 5',
			fix: 'Give every payment a reference of its own. Where the same row came twice, keep one of them.',
		});
	});

	it('names no more than five others', () => {
		const { errors: errors } = findDuplicateReferences(orders(...Array<string>(8).fill('A')));
		expect(errors[7]?.error.reason).toBe(
			'"A" is also the reference of item 1, item 2, item 3, item 4, item 5 and 2 more',
		);
	});

	/** Compared each with each, these would take minutes. */
	it.each([
		['one reference', () => 'CLAIM-17'],
		['two spellings', (index: number) => (index % 2 ? 'CLAIM-17' : 'CLAIM-17.0')],
		['letters of two cases', (index: number) => (index % 2 ? 'CLAIM-17' : 'claim-17')],
	])('comes to its end with many items and %s', (_, referenceOf) => {
		const references = orders(...Array.from({ length: 20_000 }, (__, index) => referenceOf(index)));
		const { errors } = findDuplicateReferences(references);
		expect(new Set(errors.map(({ itemIndex }) => itemIndex)).size).toBe(20_000);
	});

	it('compares the references of instructions within their order only', () => {
		const of = (orderReference: string | undefined, reference: string, itemIndex: number) => ({
			itemIndex,
			location: `instruction ${itemIndex}`,
			field: 'Instruction Reference',
			reference,
			orderReference,
		});
		const { errors: errors } = findDuplicateReferences([
			of('O1', 'I1', 0),
			of('O2', 'I1', 1),
			of('O1', 'I1', 2),
			of(undefined, 'I1', 3),
		]);
		expect(errors.map(({ itemIndex }) => itemIndex)).toEqual([0, 2]);
	});

	it('finds two in one and the same item', () => {
		const [first] = orders('A');
		const { errors: errors } = findDuplicateReferences([
			{ ...first!, location: 'instruction 1' },
			{ ...first!, location: 'instruction 2' },
		]);
		expect(errors.map(({ error }) => error.reason)).toEqual([
			'"A" is also the reference of instruction 2',
			'"A" is also the reference of instruction 1',
		]);
	});

	it('gives a hint where only capital letters differ', () => {
		const { errors: errors, hints } = findDuplicateReferences(orders('clm-1', 'CLM-1', 'CLM-2'));
		expect(errors).toEqual([]);
		expect(hints).toEqual([
			{
				itemIndex: 0,
				hint: `${FIELD}: "clm-1" differs only in capital and small letters from the reference of item 2. It is not known whether Imburse tells them apart.`,
			},
			{
				itemIndex: 1,
				hint: `${FIELD}: "CLM-1" differs only in capital and small letters from the reference of item 1. It is not known whether Imburse tells them apart.`,
			},
		]);
	});

	it.each([
		['CLM-5012', 'CLM-5012.0'],
		['CLM-5012.00', 'CLM-5012.'],
		['5012', '5012.0'],
		['A_7.0', 'A_7'],
		['2026-17.00', '2026-17'],
		['CLM-5012-1', 'CLM-5012.0-1'],
		['5012_A', '5012.00_A'],
		['5012.0-7.0', '5012-7'],
		['CLM.5012.0', 'CLM.5012'],
		['5012.0.A', '5012.A'],
	])('refuses %p and %p as one number in two spellings', (one, other) => {
		const { errors, hints } = findDuplicateReferences(orders(one, 'B', other));
		expect(hints).toEqual([]);
		expect(errors.map(({ itemIndex }) => itemIndex)).toEqual([0, 2]);
		expect(errors[0]?.error).toEqual({
			field: FIELD,
			reason: `"${one}" is the same number as "${other}", the reference of item 3`,
			fix: 'Give every payment a reference of its own. Where one number is written in two ways, format the column as text, and keep one of the rows.',
		});
	});

	it('does not say that thousands are the same number', () => {
		const { errors } = findDuplicateReferences(orders('CLM-17.000-1', 'CLM-17-1'));
		expect(errors.map(({ error }) => error.reason)).toEqual([
			'"CLM-17.000-1" may be the same number as "CLM-17-1", the reference of item 2',
			'"CLM-17-1" may be the same number as "CLM-17.000-1", the reference of item 1',
		]);
	});

	it('keeps equal references apart from those in another spelling', () => {
		const { errors } = findDuplicateReferences(orders('A-5', 'A-5', 'A-5.0'));
		expect(errors.map(({ itemIndex, error }) => `${itemIndex} ${error.reason}`)).toEqual([
			'0 "A-5" is also the reference of item 2',
			'0 "A-5" is the same number as "A-5.0", the reference of item 3',
			'1 "A-5" is also the reference of item 1',
			'1 "A-5" is the same number as "A-5.0", the reference of item 3',
			'2 "A-5.0" is the same number as "A-5", the reference of item 1 and item 2',
		]);
	});

	it('compares the orders of instructions without empty decimals, too', () => {
		const of = (orderReference: string) => ({ ...orders('I1')[0]!, orderReference });
		expect(findDuplicateReferences([of('O-5'), of('O-5.0')]).errors).toHaveLength(2);
	});

	it.each([
		['1.0.0', '1.0'],
		['CLM-1.0.0-2', 'CLM-1.0-2'],
		['5012.0A', '5012A'],
		['CLM-5012.10-1', 'CLM-5012-1'],
		['CLM-7.1', 'CLM-7.10'],
		['CLM-50', 'CLM-5'],
		['CLM-5012.01', 'CLM-5012'],
		['A0B', 'AB'],
		['0', '00000000001'],
	])('takes %p and %p for two, without a word', (one, other) => {
		expect(findDuplicateReferences(orders(one, other))).toEqual({ errors: [], hints: [] });
	});

	it.each([
		['00471', '471'],
		['CLM-00471', 'CLM-471'],
		['CLM-2026-0017', 'clm-2026-17'],
		['12.50', '12.5'],
		['0', '000'],
	])('gives a hint where %p and %p differ only in zeros', (one, other) => {
		const { errors, hints } = findDuplicateReferences(orders(one, other));
		expect(errors).toEqual([]);
		expect(hints.map(({ hint }) => hint)).toEqual([
			`${FIELD}: "${one}" differs only in zeros that a number may lose from the reference of item 2. If both mean the same payment, it is paid twice: format the column as text.`,
			`${FIELD}: "${other}" differs only in zeros that a number may lose from the reference of item 1. If both mean the same payment, it is paid twice: format the column as text.`,
		]);
	});

	it('refuses exactly those that are there more than once', () => {
		const reference = fc.stringMatching(/^[abAB_]{1,2}$|^__proto__$/);
		const order = fc.option(fc.constantFrom('a', 'b', 'A'), { nil: undefined });
		fc.assert(
			fc.property(fc.array(fc.tuple(order, reference)), (pairs) => {
				const placed = pairs.map(([orderReference, text], itemIndex) => ({
					...orders(text)[0]!,
					itemIndex,
					orderReference,
				}));
				const expected = placed.filter(
					(one) =>
						placed.filter(
							(other) =>
								other.reference === one.reference && other.orderReference === one.orderReference,
						).length > 1,
				);
				const { errors: errors } = findDuplicateReferences(placed);
				expect(errors.map(({ itemIndex }) => itemIndex).sort()).toEqual(
					expected.map(({ itemIndex }) => itemIndex).sort(),
				);
			}),
		);
	});

	/** Compared each with each, these would take minutes. */
	it('counts the others among thousands of spellings', () => {
		const spelling = (bits: number) =>
			[...'abcdefghijklm'].map((letter, i) => ((bits >> i) & 1 ? letter.toUpperCase() : letter));
		const all = Array.from({ length: 2 ** 13 }, (_, bits) => spelling(bits).join(''));
		const { errors, hints } = findDuplicateReferences(orders(...all, '01', '1', '001'));
		expect(errors).toEqual([]);
		expect(hints).toHaveLength(2 ** 13 + 3);
		expect(hints[7]!.hint).toBe(
			`${FIELD}: "ABCdefghijklm" differs only in capital and small letters from the reference of item 1, item 2, item 3, item 4, item 5 and ${2 ** 13 - 6} more. It is not known whether Imburse tells them apart.`,
		);
	});

	it('names each kind of likeness with its own references', () => {
		const { hints } = findDuplicateReferences(orders('A01', 'a01', 'A1', 'a001'));
		expect(hints.map(({ hint }) => hint)).toEqual([
			likeness('A01', 'capital and small letters', 'item 2', UNKNOWN_CASE),
			likeness('A01', ZEROS, 'item 3 and item 4', LOST_ZEROS),
			likeness('a01', 'capital and small letters', 'item 1', UNKNOWN_CASE),
			likeness('a01', ZEROS, 'item 3 and item 4', LOST_ZEROS),
			likeness('A1', ZEROS, 'item 1, item 2 and item 4', LOST_ZEROS),
			likeness('a001', ZEROS, 'item 1, item 2 and item 3', LOST_ZEROS),
		]);
	});

	it('compares many references in one go', () => {
		const many = Array.from({ length: 50_000 }, (_, index) => `CLM-${index}`);
		expect(findDuplicateReferences(orders(...many, 'CLM-0')).errors).toHaveLength(2);
	});
});

describe('similarityKey', () => {
	const key = (reference: string) => similarityKey(orders(reference)[0]!);

	it.each([
		['CLM-17', 'clm-17'],
		['CLM-17', 'CLM-0017'],
		['5012', '5012.0'],
	])('is the same for %s and %s', (one, other) => {
		expect(key(other)).toBe(key(one));
	});

	it('differs where anything else differs, and from order to order', () => {
		expect(key('CLM-18')).not.toBe(key('CLM-17'));
		const [own] = orders('1');
		expect(similarityKey({ ...own!, orderReference: 'A' })).not.toBe(
			similarityKey({ ...own!, orderReference: 'B' }),
		);
	});
});
