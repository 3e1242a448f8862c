import type { Workflow } from '../n8n/workflow.mts';

/** The names that the example gives to its nodes. */
export const exampleNodes = {
	trigger: 'When clicking ‘Execute workflow’',
	claim: 'Claim to Pay',
	create: 'Create Payment Order',
	get: 'Get Payment Order',
} as const;

/** Those of the example that takes the events. */
export const eventNodes = { paid: 'Paid Claim' } as const;

/** An order as the sandbox's admin endpoint and the check see it. */
export interface WantedOrder {
	orderRef: string;
	metadata: Record<string, string>;
}

interface SetNodeParameters {
	assignments: { assignments: { name: string; value: string }[] };
}

/** The order that the example asks for, worked out from its data without n8n. */
export function wantedOrder(example: Workflow): WantedOrder {
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
