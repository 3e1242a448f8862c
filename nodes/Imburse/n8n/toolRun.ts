import type { IExecuteFunctions, INode } from 'n8n-workflow';

/** n8n runs a node for an AI agent under a type of its own, on every version. */
export function isToolNode({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/**
 * Whether what goes wrong is put out as items, and not thrown: with Continue On Fail, and for an AI
 * agent unless the user has it stop on errors. What a tool throws reaches the model on some versions
 * of n8n's agent only (3 and newer on n8n 2.x); on others the model reads an empty answer, and may
 * take it for a success, or the whole run ends. Observed on n8n 1.123.81 and 2.41.1.
 */
export function continuesOnError(context: IExecuteFunctions): boolean {
	const node = context.getNode();
	return context.continueOnFail() || (isToolNode(node) && node.onError !== 'stopWorkflow');
}
