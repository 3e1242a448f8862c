/**
 * The values of one field in a JSON text with n8n expressions in it, each as an n8n expression of
 * its own. The text may be JSON with `{{ ... }}` in it, or one expression that gives the whole.
 * Nothing is evaluated.
 *
 * @param text as n8n keeps it, beginning with `=`
 */
export function valuesInJsonTemplate(text: string, field: string): string[] {
	const isName = new RegExp(`(?<![\\w$.])${field}["'\`]?\\s*:`, 'g');
	return [...text.matchAll(isName)].map(({ index, 0: name }) => {
		const start = index + name.length;
		const value = text.slice(start, endOfValue(text, start)).trim();
		return isInExpression(text, index) ? `={{ ${value} }}` : `=${value}`;
	});
}

function isInExpression(text: string, at: number): boolean {
	return text.lastIndexOf('{{', at) > text.lastIndexOf('}}', at);
}

const OPENING = '([{';
const CLOSING = ')]}';
const QUOTES = '"\'`';

/** Where the value ends: before the comma or the bracket that belongs to what it stands in. */
function endOfValue(text: string, start: number): number {
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		const character = text[at]!;
		if (QUOTES.includes(character)) {
			at = endOfText(text, at);
		} else if (OPENING.includes(character)) {
			depth++;
		} else if (depth > 0) {
			if (CLOSING.includes(character)) depth--;
		} else if (character === ',' || CLOSING.includes(character)) {
			return at;
		}
	}
	return text.length;
}

/** A text of JSON may hold expressions, and these may hold texts in the same quotes. */
function endOfText(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		const expression = text.startsWith('{{', at) ? text.indexOf('}}', at) : -1;
		if (expression > -1) at = expression + 1;
		else if (text[at] === '\\') at++;
		else if (text[at] === text[start]) return at;
	}
	return text.length;
}
