import { randomUUID } from 'node:crypto';
import type { StoredCredential } from '../../../tools/n8n/credential.mts';
import type { Workflow } from '../../../tools/n8n/workflow.mts';

export const START = 'Start';

/** A node as a workflow stores it; what is left out is n8n's default. */
export interface TestNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	/** Of a node that receives calls from outside. */
	webhookId?: string;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** Takes the first item alone. */
	executeOnce?: boolean;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
}

/** The Imburse node. `settings` are those of its Settings tab. */
export function imburseNode(
	name: string,
	{ id, name: credential }: StoredCredential,
	parameters: Record<string, unknown>,
	settings: Partial<TestNode> = {},
): TestNode {
	return {
		name,
		type: 'n8n-nodes-imburse.imburse',
		typeVersion: 1,
		parameters,
		credentials: { imburseApi: { id, name: credential } },
		...settings,
	};
}

/** The trigger, which accepts signed deliveries. `webhookId` is a part of its URL. */
export function imburseTrigger({ id, name }: StoredCredential, webhookId: string): TestNode {
	return {
		name: 'Imburse Trigger',
		type: 'n8n-nodes-imburse.imburseTrigger',
		typeVersion: 1.1,
		parameters: { verification: 'signature' },
		credentials: { imburseApi: { id, name } },
		webhookId,
	};
}

/** A node that passes its input on unchanged. */
export const receiver = (name: string): TestNode => ({
	name,
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
});

/** A manual trigger with these items, and the nodes after it, one after another. */
export function chain(items: Record<string, unknown>[], ...nodes: TestNode[]): Workflow {
	const trigger: TestNode = {
		name: START,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	return {
		...workflowOf([trigger, ...nodes]),
		pinData: { [START]: items.map((json) => ({ json })) },
	};
}

/** The nodes one after another, connected by their first outputs. */
export function workflowOf(nodes: TestNode[]): Workflow {
	const connections: Workflow['connections'] = {};
	nodes.slice(1).forEach((node, index) => {
		connections[nodes[index]?.name ?? ''] = { main: [[toNode(node.name)]] };
	});
	return {
		name: `Test ${randomUUID()}`,
		nodes: nodes.map((node, index) => ({ id: randomUUID(), position: [index * 220, 0], ...node })),
		connections,
		settings: { executionOrder: 'v1' },
	};
}

/** The same workflow with `to` behind the error output of a node. */
export function withErrorOutput(workflow: Workflow, from: string, to: TestNode): Workflow {
	const before = workflow.connections[from] as { main: unknown[][] } | undefined;
	const main = [before?.main[0] ?? [], [toNode(to.name)]];
	return {
		...workflow,
		nodes: [...workflow.nodes, { id: randomUUID(), position: [660, 220], ...to } as TestNode],
		connections: { ...workflow.connections, [from]: { main } },
	};
}

const toNode = (node: string) => ({ node, type: 'main', index: 0 });
