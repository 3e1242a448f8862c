import { join } from 'node:path';
import { readWorkflow, type Workflow } from '../n8n/workflow.mts';
import { projectFolder } from '../support/folders.mts';

/** The example that creates an order. */
export const orderFile = join(projectFolder, 'examples', 'payment-order.json');

/** The example that receives events. */
export const eventFile = join(projectFolder, 'examples', 'payment-event.json');

export const readOrderExample = (): Promise<Workflow> => readWorkflow(orderFile);
export const readEventExample = (): Promise<Workflow> => readWorkflow(eventFile);

/** The names of the nodes in the order's example. */
export const exampleNodes = {
	trigger: 'When clicking ‘Execute workflow’',
	claim: 'Claim to Pay',
	create: 'Create Payment Order',
	get: 'Get Payment Order',
} as const;

/** The names of the nodes in the event's example. */
export const eventNodes = { paid: 'Paid Claim' } as const;

/** An order as the sandbox's admin endpoint and the check see it. */
export interface ExpectedOrder {
	orderRef: string;
	metadata: Record<string, string>;
}

interface SetNodeParameters {
	assignments: { assignments: { name: string; value: string }[] };
}

/** The order that the example must create, computed from its data without n8n. */
export function expectedOrder(example: Workflow): ExpectedOrder {
	const claim = example.nodes.find(({ name }) => name === exampleNodes.claim);
	if (claim === undefined) throw new Error(`The example has no node "${exampleNodes.claim}".`);
	const { assignments } = (claim.parameters as unknown as SetNodeParameters).assignments;
	const value = (name: string): string => {
		const found = assignments.find((assignment) => assignment.name === name);
		if (found === undefined) throw new Error(`"${exampleNodes.claim}" has no field "${name}".`);
		return found.value;
	};
	return {
		orderRef: value('claimNumber'),
		metadata: { claimNumber: value('claimNumber'), policyNumber: value('policyNumber') },
	};
}
