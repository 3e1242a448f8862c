import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

import { plainText } from './plainText';
import { isToolNode } from './toolRun';

/** What is wrong, and what to do about it. */
interface ErrorText {
	message: string;
	description: string;
}

/** What is known of a request that failed. */
interface FailedRequest {
	httpStatus: number | null;
	itemIndex: number;
	/** What the panel shows among the details, and error workflows read. */
	data: IDataObject;
}

/** An error of the form, the data or the credential. */
export function operationError(
	node: INode,
	message: string,
	description: string,
	itemIndex?: number,
): NodeOperationError {
	const text = shown({ message, description });
	const error = new NodeOperationError(node, text.message, {
		description: text.description,
		itemIndex,
	});
	return withText(error, text);
}

/** The same, with sentences that the panel shows below each other. */
export function listError(
	node: INode,
	message: string,
	lines: readonly string[],
	itemIndex?: number,
): NodeOperationError {
	const error = operationError(node, message, lines.join(' '), itemIndex);
	if (lines.length > 1) error.context.descriptionTemplate = panelList(lines);
	return error;
}

/** The same where n8n shows the message only: in a list of a form, and when a workflow is activated. */
export function messageOnlyError(
	node: INode,
	message: string,
	description: string,
): NodeOperationError {
	const error = operationError(node, message, description);
	error.message = plainText(`${message}. ${description}`);
	return error;
}

/** The error of a request. It is made of texts alone: an error of n8n's own would keep its text. */
export function apiError(
	node: INode,
	text: ErrorText,
	{ httpStatus, itemIndex, data }: FailedRequest,
): NodeApiError {
	const { message, description } = shown(text);
	const httpCode = httpStatus === null ? undefined : String(httpStatus);
	const options = { message, description, httpCode, itemIndex };
	const error = new NodeApiError(node, { message, description }, options);
	error.context.data = data;
	return withAdviceForAgents(withText(error, { message, description }));
}

/** An error with a sentence before what it advises. */
export function precededError(
	node: INode,
	{ message, description, context }: NodeOperationError,
	sentence: string,
): NodeOperationError {
	const text = [sentence, description].filter(Boolean).join(' ');
	const error = operationError(node, message, text, context.itemIndex as number | undefined);
	const { descriptionTemplate: list } = context;
	if (typeof list === 'string') {
		error.context.descriptionTemplate = `${panelSentence(sentence)} ${list}`;
	}
	return withAdviceForAgents(error);
}

/** An error that is not made here, with its words as text. */
export function withPlainText<E>(error: E): E {
	if (!(error instanceof Error)) return error;
	error.message = plainText(error.message);
	const { description } = error as { description?: unknown };
	return typeof description === 'string'
		? Object.assign(error, { description: plainText(description) })
		: error;
}

function shown({ message, description }: ErrorText): ErrorText {
	return { message: plainText(message), description: plainText(description) };
}

/**
 * Gives an error our text back: n8n replaces a message that happens to contain the name of a system
 * error, such as that of order "PREEXISTING-1".
 */
function withText<E extends NodeApiError | NodeOperationError>(error: E, text: ErrorText): E {
	return Object.assign(error, text);
}

/** An AI agent is shown the message alone, so for it everything stands there. */
function withAdviceForAgents<E extends NodeApiError | NodeOperationError>(error: E): E {
	if (isToolNode(error.node)) error.message = `${error.message}. ${error.description}`;
	return error;
}

/**
 * Lines as the editor's error panel shows them below each other. It shows `context.descriptionTemplate`
 * of an error in place of its description, as HTML in which lists keep their lines (read in the
 * editors of n8n 1.123 and 2.41). The description stays plain text for all who read that: logs, error
 * workflows, AI agents.
 */
function panelList(lines: readonly string[]): string {
	return `<ul>${lines.map((line) => `<li>${panelSentence(line)}</li>`).join('')}</ul>`;
}

/** A sentence of such HTML: nothing in it is a placeholder of the panel's, `%%PARAMETER%%`. */
function panelSentence(text: string): string {
	return plainText(text).replace(/%/g, '&#37;');
}
