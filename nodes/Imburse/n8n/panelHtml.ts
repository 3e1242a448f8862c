/**
 * Lines as the editor's error panel shows them below each other. It shows `context.descriptionTemplate`
 * of an error in place of its description, as HTML in which lists keep their lines (read in the
 * editors of n8n 1.123 and 2.41). The description stays plain text for all who read that: logs, error
 * workflows, AI agents.
 */
export function panelList(lines: readonly string[]): string {
	return `<ul>${lines.map((line) => `<li>${panelSentence(line)}</li>`).join('')}</ul>`;
}

/** A sentence beside such lines. Nothing in it counts as HTML, code or a placeholder of the panel's. */
export function panelSentence(text: string): string {
	return text.replace(/[&<>"'`%]/g, (character) => `&#${character.charCodeAt(0)};`);
}
