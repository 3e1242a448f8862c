import { formatValue } from './format';

/** What stands where a byte could not be read in the encoding that was chosen. */
export const REPLACEMENT_CHARACTER = '\uFFFD';
export const LOST_CHARACTER_FIX =
	'A character was lost when the file was read: read it with its own encoding, for example Windows-1252.';

/** Characters that nobody sees, that look like a plain one, or that n8n does not show as they are. */
const NAMES: Readonly<Record<string, string>> = {
	' ': 'a space',
	'\t': 'a tab',
	'\n': 'a line break',
	'\r': 'a line break',
	'\u0000': 'a null character',
	'<': 'a less-than sign',
	'`': 'a backtick',
	'\u00A0': 'a no-break space',
	'\u00AD': 'a soft hyphen',
	'\u200B': 'a zero width space',
	'\u200C': 'a zero width non-joiner',
	'\u200D': 'a zero width joiner',
	'\u200E': 'a left-to-right mark',
	'\u200F': 'a right-to-left mark',
	'\u202F': 'a narrow no-break space',
	'\u2060': 'a word joiner',
	'\uFEFF': 'a byte order mark',
	[REPLACEMENT_CHARACTER]: 'a lost character',
};
/** Names that are told with their code point: nobody could look for them otherwise. */
const PLAIN = /[ \t\n\r]/;
const INVISIBLE = /[\p{Zs}\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Letters, digits and dashes that look like those of ASCII. */
const LOOK_ALIKE = /[^\P{L}\p{Script=Latin}]|[^\P{N}0-9]|[^\P{Pd}-]/u;

/** A character in the words of a message: `a space`, `a zero width space (U+200B)`, `"ß"`. */
export function characterName(character: string): string {
	const name = NAMES[character] ?? (INVISIBLE.test(character) ? 'an invisible mark' : undefined);
	if (name !== undefined) return PLAIN.test(character) ? name : `${name} (${codePoint(character)})`;
	const shown = formatValue(character);
	return LOOK_ALIKE.test(character) ? `${shown} (${codePoint(character)})` : shown;
}

/** The invisible characters of a text, each once; spaces inside it are none of them. */
export function invisibleCharacters(text: string): string[] {
	return [...new Set(text)].filter((one) => !PLAIN.test(one) && INVISIBLE.test(one));
}

function codePoint(character: string): string {
	return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
