import type { INode } from 'n8n-workflow';

/** n8n runs a node for an AI agent under a type of its own, on every version. */
export function isToolNode({ type }: INode): boolean {
	return type.endsWith('Tool');
}
