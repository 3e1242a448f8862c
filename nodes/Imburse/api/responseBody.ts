/** What a body holds, before anyone asks what it means. */
export type ResponseBody =
	| { kind: 'json'; value: unknown }
	| { kind: 'empty' }
	/** Not JSON: a gateway's or a login page, or JSON that breaks off. */
	| { kind: 'unreadable'; looksLike: 'a web page' | 'cut-off JSON' | 'text' };

export function parseResponseBody(text: string): ResponseBody {
	const trimmed = text.trim();
	if (trimmed === '') return { kind: 'empty' };
	try {
		return { kind: 'json', value: JSON.parse(trimmed) as unknown };
	} catch {
		return { kind: 'unreadable', looksLike: guess(trimmed) };
	}
}

function guess(text: string): 'a web page' | 'cut-off JSON' | 'text' {
	if (text.startsWith('<')) return 'a web page';
	return text.startsWith('{') || text.startsWith('[') ? 'cut-off JSON' : 'text';
}
