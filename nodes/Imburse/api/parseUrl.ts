/** The URL that a text is as a whole; undefined where it is none. */
export function parseUrl(text: string): URL | undefined {
	return URL.canParse(text) ? new URL(text) : undefined;
}
