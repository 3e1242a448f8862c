import { NodeConnectionTypes } from 'n8n-workflow';
import type { IConnections, INode, INodeParameters, INodeTypes, IWorkflowBase } from 'n8n-workflow';
import { AGENT_NAME } from './agentNode.mts';
import { START_NODE_NAME, START_NODE_TYPE } from './startNode.mts';

/** The options that a user sets on a node's "Settings" tab. */
type Settings = Pick<
	INode,
	| 'retryOnFail'
	| 'maxTries'
	| 'waitBetweenTries'
	| 'onError'
	| 'continueOnFail'
	| 'executeOnce'
	| 'alwaysOutputData'
>;

/** A node as a test writes it down. `waitBetweenTries` is in milliseconds; 0 means n8n's 1000. */
export interface TestNode extends Settings {
	/** Full name of the node type, e.g. `n8n-nodes-imburse.imburse`. */
	type: string;
	/** Name in the workflow, to be used in `$('...')`; default `Node`. */
	name?: string;
	/** Default: the newest version of the node type. */
	typeVersion?: number;
	/** Parameters as stored: expressions unresolved (`={{ ... }}`), defaults left out. */
	parameters?: INodeParameters;
	/** Credential IDs by credential type. */
	credentials?: Record<string, string>;
}

export const DEFAULT_NODE_NAME = 'Node';

/** A workflow in which the nodes stand in a row behind the start node. */
export function createRow(
	nodes: TestNode[],
	nodeTypes: INodeTypes,
	timezone: string,
): IWorkflowBase {
	const start = toNode({ type: START_NODE_TYPE, name: START_NODE_NAME }, 0, nodeTypes);
	const row = [start, ...nodes.map((node, index) => toNode(node, index + 1, nodeTypes))];
	return createWorkflow(row, connectInARow(row), timezone);
}

/** A workflow in which a node of the type `caller` behind the start node has the given one as its tool. */
export function createToolWorkflow(
	tool: TestNode,
	caller: string,
	nodeTypes: INodeTypes,
	timezone: string,
): IWorkflowBase {
	const start = toNode({ type: START_NODE_TYPE, name: START_NODE_NAME }, 0, nodeTypes);
	const agent = toNode({ type: caller, name: AGENT_NAME }, 1, nodeTypes);
	const toolNode = toNode(tool, 2, nodeTypes);
	const type = NodeConnectionTypes.AiTool;
	const connections = {
		...connectInARow([start, agent]),
		[toolNode.name]: { [type]: [[{ node: agent.name, type, index: 0 }]] },
	};
	return createWorkflow([start, agent, toolNode], connections, timezone);
}

/** The workflow as n8n stores it. */
export function createWorkflow(
	nodes: INode[],
	connections: IConnections,
	timezone: string,
): IWorkflowBase {
	return {
		id: 'harness',
		name: 'Harness',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes,
		connections,
		settings: { executionOrder: 'v1', timezone },
	};
}

/** The node as n8n stores it; `position` is its place from left to right. */
export function toNode(node: TestNode, position: number, nodeTypes: INodeTypes): INode {
	const { name = DEFAULT_NODE_NAME, parameters = {}, credentials = {}, ...rest } = node;
	return {
		...rest,
		id: name,
		name,
		typeVersion: node.typeVersion ?? newestVersion(node.type, nodeTypes),
		position: [position * 200, 0],
		parameters: structuredClone(parameters),
		credentials: Object.fromEntries(
			Object.entries(credentials).map(([type, id]) => [type, { id, name: id }]),
		),
	};
}

function newestVersion(type: string, nodeTypes: INodeTypes): number {
	const { version, defaultVersion } = nodeTypes.getByNameAndVersion(type).description;
	return defaultVersion ?? Math.max(...[version].flat());
}

/** Each node behind the one before it, at its first output. */
export function connectInARow(nodes: INode[]): IConnections {
	const connections: IConnections = {};
	nodes.slice(1).forEach((node, index) => {
		const before = nodes[index] as INode;
		connections[before.name] = {
			main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]],
		};
	});
	return connections;
}
