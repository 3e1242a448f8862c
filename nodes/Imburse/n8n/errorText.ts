import { NodeOperationError, type INode, type NodeApiError } from 'n8n-workflow';

import { isToolNode } from './toolRun';

/** An error with this text: n8n's constructor puts a text of its own in the place of some. */
export function operationError(
	node: INode,
	message: string,
	description: string,
	itemIndex?: number,
): NodeOperationError {
	const error = new NodeOperationError(node, message, { description, itemIndex });
	return Object.assign(error, { message, description });
}

/**
 * Gives an error our text back: n8n replaces a message that happens to contain the name of a system
 * error, such as that of order "PREEXISTING-1". An AI agent is shown the message alone, so for it
 * everything stands there.
 */
export function withText<E extends NodeApiError | NodeOperationError>(
	error: E,
	message: string,
	description: string,
): E {
	error.message = isToolNode(error.node) ? `${message}. ${description}` : message;
	error.description = description;
	return error;
}

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
