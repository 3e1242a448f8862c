/** What a body holds, before anyone asks what it means. */
export type ResponseBody =
	| { kind: 'json'; value: unknown }
	| { kind: 'empty' }
	/** Not JSON: a gateway's or a login page, or JSON that breaks off or has no end of levels. */
	| { kind: 'unreadable'; looksLike: 'a web page' | 'cut-off JSON' | 'bottomless JSON' | 'text' };

/** Imburse's answers have some five levels. n8n fails to store a value with thousands of them. */
const MOST_LEVELS = 100;

export function parseResponseBody(text: string): ResponseBody {
	const trimmed = text.trim();
	if (trimmed === '') return { kind: 'empty' };
	try {
		const value = JSON.parse(trimmed) as unknown;
		if (hasLevels(value, MOST_LEVELS)) return { kind: 'unreadable', looksLike: 'bottomless JSON' };
		return { kind: 'json', value };
	} catch {
		return { kind: 'unreadable', looksLike: guess(trimmed) };
	}
}

function hasLevels(value: unknown, count: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return count === 0 || Object.values(value).some((part) => hasLevels(part, count - 1));
}

function guess(text: string): 'a web page' | 'cut-off JSON' | 'text' {
	if (text.startsWith('<')) return 'a web page';
	return text.startsWith('{') || text.startsWith('[') ? 'cut-off JSON' : 'text';
}
