import { readFile } from 'node:fs/promises';
import type { StoredCredential } from './credential.mts';
import type { N8nApi } from './rest.mts';

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	id?: string;
	typeVersion?: number;
	position?: [number, number];
	/** Of a node that receives calls from outside. */
	webhookId?: string;
}

/** A workflow as n8n exports it. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	/** By the name of a node: items that it puts out in a manual run without running. */
	pinData?: Record<string, { json: Record<string, unknown> }[]>;
}

export async function readWorkflow(file: string): Promise<Workflow> {
	return JSON.parse(await readFile(file, 'utf8')) as Workflow;
}

/** The same workflow with this credential in every node that asks for one of its type. */
export function withCredential(workflow: Workflow, { id, name, type }: StoredCredential): Workflow {
	const nodes = workflow.nodes.map((node) =>
		node.credentials?.[type] === undefined
			? node
			: { ...node, credentials: { ...node.credentials, [type]: { id, name } } },
	);
	return { ...workflow, nodes };
}

/** Resolves to the new workflow's ID. */
export async function importWorkflow(api: N8nApi, workflow: Workflow): Promise<string> {
	const { name, nodes, connections, settings = {}, pinData = {} } = workflow;
	const created = await api.post<{ id: string }>('/workflows', {
		name,
		nodes,
		connections,
		settings,
		pinData,
		active: false,
	});
	return created.id;
}

/** n8n answers before the workflow's webhooks are registered. */
export async function activateWorkflow(api: N8nApi, id: string): Promise<void> {
	const { versionId } = await api.get<{ versionId: string }>(`/workflows/${id}`);
	await api.post(`/workflows/${id}/activate`, { versionId });
}

export async function deactivateWorkflow(api: N8nApi, id: string): Promise<void> {
	await api.post(`/workflows/${id}/deactivate`, {});
}
