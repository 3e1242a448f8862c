import axios from 'axios';
import type { StoredCredential } from '../../../../tools/n8n/credential.mts';
import type { Workflow } from '../../../../tools/n8n/workflow.mts';
import { imburseNode, workflowOf } from '../../harness/index.mts';

/** What is known of a claim that is to be paid. Its number is the order's reference, on every run. */
export interface Claim {
	claimNumber: string;
	customerNumber: string;
	amount: string;
}

const CLAIMS_IN_A_BATCH = 50;

/** The claims of one batch; the same on every call. */
export function claimsOf(batch: number): Claim[] {
	return Array.from({ length: CLAIMS_IN_A_BATCH }, (_, index) => ({
		claimNumber: `CLAIM-${batch}-${index}`,
		customerNumber: `CUST-${batch}-${index}`,
		amount: '10.00',
	}));
}

export const PATH = 'pay-claims';

/** Takes in a batch of claims from outside, answers at once, and pays each of them out. */
export function payClaims(credential: StoredCredential, schemeId: string): Workflow {
	return workflowOf([
		{
			name: 'Claims Received',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path: PATH, responseMode: 'onReceived', options: {} },
			webhookId: PATH,
		},
		{
			name: 'Each Claim',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'body.claims', options: {} },
		},
		imburseNode('Pay Out', credential, payment(schemeId)),
	]);
}

function payment(schemeId: string): Record<string, unknown> {
	const instruction = {
		instructionRef: '={{ $json.claimNumber }}-1',
		customerRef: '={{ $json.customerNumber }}',
		direction: 'CREDIT',
		amount: '={{ $json.amount }}',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: schemeId },
	};
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: '={{ $json.claimNumber }}',
		instructions: { instruction: [instruction] },
		metadata: { entry: [{ key: 'claimNumber', value: '={{ $json.claimNumber }}' }] },
	};
}

/** Hands a batch to n8n, as the system that knows the claims would. */
export async function submit(webhookUrl: string, batch: number): Promise<void> {
	await axios.post(`${webhookUrl}/${PATH}`, { claims: claimsOf(batch) }, { proxy: false });
}
