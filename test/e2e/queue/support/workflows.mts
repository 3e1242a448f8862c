import type { StoredCredential } from '../../../../tools/n8n/credential.mts';
import type { Workflow, WorkflowNode } from '../../../../tools/n8n/workflow.mts';

/** What a claim needs to be paid. Its number is the order's reference, the same on every run. */
export interface Claim {
	claimNumber: string;
	customerNumber: string;
	amount: string;
}

export const NODES = { received: 'Claims Received', each: 'Each Claim', pay: 'Pay Out' } as const;

/** Takes a list of claims from outside, answers at once, and pays each of them out. */
export function payClaims(path: string, credential: StoredCredential, schemeId: string): Workflow {
	return {
		name: 'Pay claims',
		nodes: [
			webhookNode(NODES.received, path),
			node(NODES.each, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.claims' }),
			{
				...node(NODES.pay, 'n8n-nodes-imburse.imburse', 1, payment(schemeId)),
				credentials: { imburseApi: { id: credential.id, name: credential.name } },
			},
		],
		connections: chain(Object.values(NODES)),
		settings: { executionOrder: 'v1' },
	};
}

function payment(schemeId: string): Record<string, unknown> {
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: '={{ $json.claimNumber }}',
		instructions: {
			instruction: [
				{
					instructionRef: '={{ $json.claimNumber }}-1',
					customerRef: '={{ $json.customerNumber }}',
					direction: 'CREDIT',
					amount: '={{ $json.amount }}',
					currency: 'EUR',
					country: 'DE',
					schemeId: { __rl: true, mode: 'id', value: schemeId },
				},
			],
		},
		metadata: { entry: [{ key: 'claimNumber', value: '={{ $json.claimNumber }}' }] },
		options: {},
	};
}

function webhookNode(name: string, path: string): WorkflowNode {
	return {
		...node(name, 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path,
			responseMode: 'onReceived',
			options: {},
		}),
		webhookId: path,
	};
}

export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}

/** One after another. */
export function chain(names: string[]): Workflow['connections'] {
	const links = names
		.slice(1)
		.map((next, index) => [names[index], { main: [[{ node: next, type: 'main', index: 0 }]] }]);
	return Object.fromEntries(links) as Workflow['connections'];
}
