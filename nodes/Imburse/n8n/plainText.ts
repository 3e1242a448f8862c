import { writeOutInvisible } from '../validation/format';

/**
 * How something may begin that is no text, and what stands in its place: it looks much alike, is text,
 * and is in every font (the wide forms of "&" and "(" are not).
 */
const LOOK_ALIKES: ReadonlyArray<readonly [begins: RegExp, instead: string]> = [
	// A tag, a comment, an address in angle brackets.
	[/</g, '‹'],
	// An entity such as `&lt;`, `&#60;` or, without its semicolon, `&lt`. "A & B" stays.
	[/&(?=[#a-z])/gi, '& '],
	// Code, in the error panel and in Markdown.
	[/`/g, 'ˋ'],
	// The address of a link or of an image in Markdown.
	[/\]\(/g, '] ('],
];

/**
 * A text that is nothing but text wherever n8n shows it, and the same text everywhere. n8n renders
 * hints, toasts and the descriptions of errors as HTML, an agent's steps as Markdown, and the message
 * of an error, JSON, its log and its API's answers as they are (read in n8n 1.123.81 and 2.41.1); so
 * an entity would be right in one place and wrong in the next. What could begin markup gets a
 * look-alike, and what nobody sees is written out. References, amounts, codes and IDs hold none of
 * these characters: they can be copied from every message.
 *
 * Applied again, it changes nothing.
 */
export function plainText(text: string): string {
	return LOOK_ALIKES.reduce(
		(shown, [begins, instead]) => shown.replace(begins, instead),
		writeOutInvisible(text),
	);
}
