import type { IExecuteFunctions, INode } from 'n8n-workflow';

/** n8n runs a node for an AI agent under a type of its own, on every version. */
export function isToolNode({ type }: INode): boolean {
	return type.endsWith('Tool');
}

const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const AGENT_TOOL = `${LANGCHAIN}.agentTool`;

/**
 * Nodes whose calls of a tool all belong to one execution. The Tool Executor is what n8n puts in the
 * agent's place when a person runs the tool alone in the editor.
 */
const AGENTS: ReadonlySet<string> = new Set([`${LANGCHAIN}.agent`, `${LANGCHAIN}.toolExecutor`]);

/** Who calls a tool, as far as n8n says: an agent, the MCP Server Trigger, or another node. */
export type ToolCaller =
	| { kind: 'agent' }
	| { kind: 'mcpTrigger' }
	| { kind: 'unknown' }
	| { kind: 'other'; type: string };

/**
 * Who calls this tool. What n8n says of the run is about the node that it runs as a step of the
 * execution: the agent that calls the tool by itself (version 2, or through an agent that is a tool),
 * or the tool where n8n runs it for the agent (version 3), then with the node that asked for it. The
 * MCP Server Trigger calls its tools outside of an execution; in queue mode a worker runs the tool,
 * and no node stands for it. Read in n8n-core 1.123.81 and 2.41.1; observed on both.
 */
export function toolCaller(context: IExecuteFunctions): ToolCaller {
	const { node, source } = context.getExecuteData();
	if (AGENTS.has(node.type)) return { kind: 'agent' };
	if (node.type === `${LANGCHAIN}.mcpTrigger`) return { kind: 'mcpTrigger' };
	if (node.name !== context.getNode().name && node.type !== AGENT_TOOL) {
		return { kind: 'other', type: node.type };
	}
	const isStep = source?.main?.[0]?.previousNode !== undefined;
	return { kind: isStep ? 'agent' : 'unknown' };
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
