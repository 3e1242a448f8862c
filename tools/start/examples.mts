import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkflow, type Workflow, type WorkflowNode } from '../n8n/workflow.mts';
import { projectFolder } from '../support/folders.mts';

const folder = join(projectFolder, 'examples');

/** The files of all examples. */
export const exampleFiles: readonly string[] = readdirSync(folder)
	.filter((name) => name.endsWith('.json'))
	.sort()
	.map((name) => join(folder, name));

/** The example that creates an order. */
export const orderFile = join(folder, 'payment-order.json');

/** The example that receives events. */
export const eventFile = join(folder, 'payment-event.json');

export const IMBURSE_TRIGGER = 'n8n-nodes-imburse.imburseTrigger';
const IMBURSE = 'n8n-nodes-imburse.imburse';

/** What starts a workflow only when somebody presses a button. */
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** All operations that write nothing at Imburse and have a place in an active example. */
const READS = ['get', 'getAll', 'waitForStatus'];

/**
 * Whether a newcomer's n8n may start an example by itself: Imburse's events alone start it, and it
 * moves no money. A schedule waits for a person to publish it, and so does a form.
 */
export function isSafeToActivate({ nodes }: Workflow): boolean {
	const triggers = nodes.filter(isTrigger).map(({ type }) => type);
	const onlyReads = nodes
		.filter(({ type }) => type === IMBURSE)
		.every(({ parameters: { operation } }) => READS.includes(String(operation)));
	return (
		onlyReads &&
		triggers.includes(IMBURSE_TRIGGER) &&
		triggers.every((type) => [IMBURSE_TRIGGER, MANUAL_TRIGGER].includes(type))
	);
}

/** n8n's own rule for the names of nodes that start a workflow. */
const isTrigger = ({ type }: WorkflowNode): boolean =>
	/trigger$|\.webhook$|\.cron$|\.interval$|\.start$/i.test(type);

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
