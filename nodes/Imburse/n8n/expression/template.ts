/** A part of a parameter as n8n reads it: fixed text, or the code of an expression. */
export interface TemplatePart {
	kind: 'text' | 'code';
	text: string;
}

/** n8n closes an expression at the first `}}` that no backslash stands before. */
const EXPRESSIONS = /(?<!\\)\{\{(.*?)(?:(?<!\\)\}\}|$)/gs;

/**
 * The parts of a parameter's own text, in their order, without empty texts. n8n evaluates a text
 * that begins with `=`, and of it only what stands between `{{` and `}}`.
 */
export function templateParts(raw: string): TemplatePart[] {
	if (!raw.startsWith('=')) return [{ kind: 'text', text: raw }];
	const parts: TemplatePart[] = [];
	let end = 1;
	for (const { 0: whole, 1: code, index } of raw.matchAll(EXPRESSIONS)) {
		if (index > end) parts.push({ kind: 'text', text: raw.slice(end, index) });
		parts.push({ kind: 'code', text: code!.replace('\\}}', '}}') });
		end = index + whole.length;
	}
	return end < raw.length ? [...parts, { kind: 'text', text: raw.slice(end) }] : parts;
}

/** The code of each expression in a parameter. */
export function codesIn(raw: string): string[] {
	return templateParts(raw).flatMap(({ kind, text }) => (kind === 'code' ? [text] : []));
}

/** The code of a parameter that is one expression and nothing else, whose value n8n gives as it is. */
export function soleExpression(raw: string): string | undefined {
	const [first, ...others] = templateParts(raw);
	return first?.kind === 'code' && others.length === 0 ? first.text : undefined;
}
