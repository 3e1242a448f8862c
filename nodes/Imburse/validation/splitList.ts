/** What a text lists with commas in between, without the spaces around it. */
export function splitList(text: string): string[] {
	return text
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}
