import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	validateReference,
	type ReferenceKind,
} from '../../../nodes/Imburse/validation/reference.ts';
import { reasonsOf, valueOf, errorsOf } from './outcome.mts';

const FIELD = 'Order Reference';
const reasons = (value: unknown) => reasonsOf(validateReference(value, FIELD, 'order'));

describe('validateReference', () => {
	it.each(['CLM-17', 'a', '0', 'A_b.c-9', '...', 'nullable', 'x'.repeat(50)])(
		'takes %p as it is',
		(reference) => {
			expect(validateReference(reference, FIELD, 'order')).toEqual({
				ok: true,
				value: reference,
				hints: [],
			});
		},
	);

	it.each([
		[0, '0'],
		[4711, '4711'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
	])('takes the number %p by its exact text', (number, text) => {
		expect(valueOf(validateReference(number, FIELD, 'order'))).toBe(text);
	});

	it.each([[undefined], [null], ['']])('says of %p where a reference comes from', (value) => {
		expect(errorsOf(validateReference(value, FIELD, 'order'))).toEqual([
			{
				field: FIELD,
				reason: 'there is no value',
				fix: 'Map it from your data, for example the claim number. The node never makes one up: only a reference that is the same on every run keeps a payment from being made twice.',
			},
		]);
	});

	it.each<[ReferenceKind, RegExp]>([
		['order', /for example the claim number\. The node never makes one up/],
		['instruction', /number of the payment, such as CLM-17-1\. The node never makes one up/],
		['customer', /for example the customer number\. Imburse knows by it who is paid/],
		['batch', /^Enter the reference under which the batch was uploaded\.$/],
	])('says where the reference of an %s comes from', (kind, fix) => {
		for (const missing of [undefined, '', ' ', '.']) {
			expect(errorsOf(validateReference(missing, FIELD, kind))[0]?.fix).toMatch(fix);
		}
	});

	it.each([
		[' \t', 'there are only spaces'],
		['CLM-17 ', '"CLM-17 " ends with a space'],
		['\tCLM-17', '"\\tCLM-17" begins with a tab'],
		['CLM-17\r', '"CLM-17\\u{D}" ends with a line break'],
		['a/ß%', '"a/ß%" contains "/", "ß" and "%"'],
		[' CLM', '" CLM" begins with a space'],
		['\nCLM\n', '"\\nCLM\\n" begins with a line break and ends with a line break'],
		['CLM 17/4', '"CLM 17/4" contains a space and "/"'],
		['Ä/ß%é', '"Ä/ß%é" contains "Ä", "/", "ß" and 2 more'],
		['a//b', '"a//b" contains "/"'],
		['CLM😀', '"CLM😀" contains "😀"'],
		['a\u200bb', '"a\\u{200B}b" contains a zero width space (U+200B)'],
		['\ufeffCLM', '"\\u{FEFF}CLM" begins with a byte order mark (U+FEFF)'],
		['CLM\u00a0', '"CLM\u00a0" ends with a no-break space (U+00A0)'],
		['CLM\u00ad17', '"CLM\\u{AD}17" contains a soft hyphen (U+00AD)'],
		['CLM\u201317', '"CLM\u201317" contains "\u2013" (U+2013)'],
		['\u0421LM', '"\u0421LM" contains "\u0421" (U+0421)'],
		['M\ufffdller', '"M\ufffdller" contains a lost character (U+FFFD)'],
		['.', '"." has a meaning of its own in a web address'],
		['..', '".." has a meaning of its own in a web address'],
		[
			'CLM-undefined',
			'"CLM-undefined" contains "undefined", which stands where an expression found nothing',
		],
		['null', '"null" contains "null", which stands where an expression found nothing'],
		['NaN.1', '"NaN.1" contains "NaN", which stands where an expression found nothing'],
		[-1, '-1 is not a whole number from 0 upwards'],
		[12.5, '12.5 is not a whole number from 0 upwards'],
		[NaN, 'NaN is not a whole number from 0 upwards'],
		[true, 'true is not a text'],
		[['A'], 'a list is not a text'],
		[{ ref: 'A' }, 'an object is not a text'],
		[new Date(0), 'a date is not a text'],
	])('refuses %p', (value, reason) => {
		expect(reasons(value)).toEqual([`${FIELD}: ${reason}`]);
	});

	it('counts characters up to 50', () => {
		expect(reasons('x'.repeat(51))).toEqual([
			`${FIELD}: "${'x'.repeat(40)}…" has 51 characters, Imburse takes at most 50`,
		]);
	});

	it('counts characters of a batch up to 100', () => {
		const check = (length: number) => validateReference('x'.repeat(length), FIELD, 'batch');
		expect(valueOf(check(100))).toBe('x'.repeat(100));
		expect(reasonsOf(check(101))).toEqual([
			`${FIELD}: "${'x'.repeat(40)}…" has 101 characters, Imburse takes at most 100`,
		]);
	});

	it('refuses a number that was rounded before it came here', () => {
		expect(reasons(Number.MAX_SAFE_INTEGER + 1)).toEqual([
			`${FIELD}: the number 9007199254740992 is too large to be exact, its last digits were rounded before they came here`,
		]);
	});

	it('names every reason against one text', () => {
		expect(reasons(` ${'x/'.repeat(26)}`)).toHaveLength(3);
	});

	it.each([
		[' \n', /^Map it from your data/],
		['CLM ', 'Remove it in your data, or add .trim() to the expression.'],
		[
			'CLM/1',
			/^Imburse takes letters a-z and A-Z, digits, "-", "_" and "\." in a reference\. Map a field that holds nothing else, or replace the other characters so that two references never become equal\.$/,
		],
		['a\u200bb', 'Nobody sees it: remove it in your data, and look for it in the other rows, too.'],
		['a\u200b/', /^Imburse takes letters/],
		['M\ufffdller', /^A character was lost when the file was read: read it with its own encoding/],
		[
			'x'.repeat(51),
			'Map a shorter field. Do not cut the text off: two references could become equal.',
		],
		['..', /^Map it from your data/],
		['undefined', /^Check the names of the fields in the expression/],
		[1e20, /^Read it as text where the data comes from/],
		[1.5, 'Map a field that holds a text or a whole number.'],
		[{}, 'Map one field that holds a text or a whole number.'],
	])('says of %p what to do', (value, fix) => {
		expect(errorsOf(validateReference(value, FIELD, 'order'))[0]?.fix).toMatch(fix);
	});

	it('takes exactly the texts of the documented pattern that are no path and no lost value', () => {
		const lost = /(^|[-_.])(undefined|null|NaN)([-_.]|$)/;
		const near = fc.stringMatching(/^[a-zA-Z0-9_.\- /%\u00e9]{0,55}$/);
		const words = fc.stringMatching(/^(CLM|undefined|null|NaN|[-_.]){1,4}$/);
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), near, words), (text) => {
				const taken = /^[a-zA-Z0-9\-_.]{1,50}$/.test(text) && !/^\.{1,2}$/.test(text);
				const result = validateReference(text, FIELD, 'order');
				expect(result.ok).toBe(taken && !lost.test(text));
				if (result.ok) expect(result.value).toBe(text);
			}),
			{ numRuns: 2000 },
		);
	});

	it('takes exactly the whole numbers that are exact', () => {
		fc.assert(
			fc.property(fc.oneof(fc.double(), fc.maxSafeInteger()), (number) => {
				const result = validateReference(number, FIELD, 'order');
				expect(result.ok).toBe(Number.isSafeInteger(number) && number >= 0);
				if (result.ok) expect(BigInt(result.value)).toBe(BigInt(number));
			}),
		);
	});

	it('says something of every value, and shows no more than a line of it', () => {
		fc.assert(
			fc.property(fc.anything({ withDate: true, withNullPrototype: true }), (value) => {
				const result = validateReference(value, FIELD, 'order');
				for (const { reason, fix } of result.ok ? [] : result.errors) {
					expect(reason).toMatch(/^[^\n]{1,200}[^.\n]$/);
					expect(fix).toMatch(/\.$/);
				}
			}),
		);
	});
});
