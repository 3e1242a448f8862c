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
