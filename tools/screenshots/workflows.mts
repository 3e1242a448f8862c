import type { StoredCredential } from '../n8n/credential.mts';
import type { Workflow, WorkflowNode } from '../n8n/workflow.mts';

const TRIGGER = 'Approved Claims';

/** Of the node that a picture shows, in every workflow here. */
export const SHOWN_NODE = '8f0c2f5e-52c8-4f0e-9a53-2e6d0a7c9b31';

const CLAIMS = [
	{ claim: 'CLAIM-2026-0417', customer: 'CUST-20931', amount: '210.00' },
	{ claim: 'CLAIM-2026-0418', customer: 'CUST-11702', amount: '1480.50' },
	{ claim: 'CLAIM-2026-0419', customer: 'CUST-30455', amount: '95.20' },
];

/** Three claims that are paid out. */
export const goodClaims = (credential: StoredCredential, schemeId: string): Workflow =>
	payOut('Pay claims', CLAIMS, credential, schemeId);

/** The same with two values that Imburse would refuse. */
export function badClaims(credential: StoredCredential, schemeId: string): Workflow {
	const claims = CLAIMS.map((claim, index) => {
		if (index === 1) return { ...claim, amount: '1.480,50' };
		return index === 2 ? { ...claim, claim: 'CLAIM 2026/0419' } : claim;
	});
	return payOut('Pay claims with mistakes', claims, credential, schemeId);
}

/** What starts when Imburse reports what became of a payment. */
export function events(credential: StoredCredential): Workflow {
	return {
		name: 'Imburse events',
		nodes: [
			{
				...withCredential(credential),
				name: 'Imburse Trigger',
				type: 'n8n-nodes-imburse.imburseTrigger',
				position: [0, 0],
				webhookId: SHOWN_NODE,
				parameters: {},
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	};
}

function payOut(
	name: string,
	claims: Record<string, string>[],
	credential: StoredCredential,
	schemeId: string,
): Workflow {
	const trigger: WorkflowNode = {
		id: '8f0c2f5e-52c8-4f0e-9a53-2e6d0a7c9b30',
		name: TRIGGER,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const pay: WorkflowNode = {
		...withCredential(credential),
		name: 'Pay Claims',
		type: 'n8n-nodes-imburse.imburse',
		position: [220, 0],
		parameters: payment(schemeId),
	};
	return {
		name,
		nodes: [trigger, pay],
		connections: { [TRIGGER]: { main: [[{ node: pay.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		pinData: { [TRIGGER]: claims.map((json) => ({ json })) },
	};
}

function withCredential({ id, name }: StoredCredential) {
	return { id: SHOWN_NODE, typeVersion: 1, credentials: { imburseApi: { id, name } } };
}

function payment(schemeId: string): Record<string, unknown> {
	const instruction = {
		instructionRef: '={{ $json.claim }}-1',
		customerRef: '={{ $json.customer }}',
		direction: 'CREDIT',
		amount: '={{ $json.amount }}',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'list', value: schemeId, cachedResultName: 'Claims (payout)' },
	};
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: '={{ $json.claim }}',
		instructions: { instruction: [instruction] },
		metadata: { entry: [{ key: 'claim', value: '={{ $json.claim }}' }] },
	};
}
