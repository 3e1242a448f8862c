import { expect, it } from '@jest/globals';
import {
	ANY_SEPARATORS,
	DIGIT,
	kindOf,
	KINDS,
	LETTER,
	OTHER,
	SEPARATOR,
	withoutSeparators,
} from '../../../nodes/Imburse/validation/numberCharacters.ts';

const CHARACTERS = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
const ofKind = (isOfKind: (kind: number) => boolean) =>
	CHARACTERS.filter((character) => isOfKind(kindOf(character.charCodeAt(0))));

it('knows the digits and letters of ASCII, and no others', () => {
	expect(ofKind((kind) => kind === DIGIT).join('')).toBe('0123456789');
	expect(ofKind((kind) => kind === LETTER).join('')).toMatch(/^[A-Z]{26}[a-z]{26}$/);
});

it('takes every space, dot, hyphen and dash for a separator, and invisible characters', () => {
	const separators = ofKind((kind) => kind >= SEPARATOR).join('');
	const written = new RegExp(
		[
			'[\\s.\\-\\u2010-\\u2015\\u2043\\u2212\\ufe58\\ufe63\\uff0d]',
			'\\ufe0e|\\ufe0f|[\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069]',
		].join('|'),
	);
	expect(separators).toBe(CHARACTERS.filter((one) => written.test(one)).join(''));
	expect(ofKind((kind) => kind === OTHER)).not.toContain(' ');
});

it('gives each separator a kind of its own', () => {
	const kinds = CHARACTERS.map((one) => kindOf(one.charCodeAt(0))).filter(
		(kind) => kind >= SEPARATOR,
	);
	expect(new Set(kinds).size).toBe(kinds.length);
	expect(Math.max(...kinds)).toBeLessThan(KINDS);
});

it('has a pattern for up to three of them', () => {
	const pattern = new RegExp(`^1${ANY_SEPARATORS}2$`);
	for (const text of ['12', '1 2', '1 - 2', '1\u200b\u2010\u30002']) expect(text).toMatch(pattern);
	for (const text of ['1    2', '1_2', '1,2']) expect(text).not.toMatch(pattern);
});

it('leaves them out of a text', () => {
	expect(withoutSeparators('DE89 3704-0044.0532 \u200b0130 00, x')).toBe(
		'DE89370400440532013000,x',
	);
	const all = CHARACTERS.join('');
	expect(withoutSeparators(all)).toBe(ofKind((kind) => kind < SEPARATOR).join(''));
});
