import { expect, it } from '@jest/globals';
import {
	characterName,
	invisibleCharacters,
} from '../../../nodes/Imburse/validation/characterName.ts';

it.each([
	[' ', 'a space'],
	['\t', 'a tab'],
	['\n', 'a line break'],
	['\r', 'a line break'],
	['\u0000', 'a null character (U+0000)'],
	['<', 'a less-than sign (U+003C)'],
	['`', 'a backtick (U+0060)'],
	['\u00a0', 'a no-break space (U+00A0)'],
	['\u00ad', 'a soft hyphen (U+00AD)'],
	['\u200b', 'a zero width space (U+200B)'],
	['\u200c', 'a zero width non-joiner (U+200C)'],
	['\u200d', 'a zero width joiner (U+200D)'],
	['\u200e', 'a left-to-right mark (U+200E)'],
	['\u200f', 'a right-to-left mark (U+200F)'],
	['\u202f', 'a narrow no-break space (U+202F)'],
	['\u2060', 'a word joiner (U+2060)'],
	['\ufeff', 'a byte order mark (U+FEFF)'],
	['\ufffd', 'a lost character (U+FFFD)'],
	['\u2003', 'an invisible mark (U+2003)'],
	['\u0001', 'an invisible mark (U+0001)'],
	['\u0421', '"\u0421" (U+0421)'],
	['\u2013', '"\u2013" (U+2013)'],
	['ß', '"ß"'],
	['/', '"/"'],
])('%j is called %s', (character, name) => {
	expect(characterName(character)).toBe(name);
});

it('finds each invisible character once, and no space', () => {
	expect(invisibleCharacters('a b\u200bc\u200b\t\u00ad')).toEqual(['\u200b', '\u00ad']);
});
