import axios from 'axios';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningSandbox } from '../../sandbox/index.mts';
import type { Workflow } from '../n8n/workflow.mts';

/** Between the sandbox and n8n on this machine; a real one is long, random and in no repository. */
export const SHARED_SECRET = 'only-between-the-sandbox-and-this-n8n';

const TRIGGER_TYPE = 'n8n-nodes-imburse.imburseTrigger';
const PATIENCE_MS = 30_000;
const POLL_MS = 200;

/** The address of the example's trigger, without the secret. */
function addressOf(example: Workflow, n8nUrl: string): string {
	const trigger = example.nodes.find(({ type }) => type === TRIGGER_TYPE);
	if (trigger?.webhookId === undefined) throw new Error('The example has no Imburse Trigger.');
	return `${n8nUrl}/webhook/${trigger.webhookId}/webhook`;
}

/**
 * Lets the sandbox send its events to the example, as a person does who enters the address in the
 * Tenant Portal. n8n activates a workflow before it listens, so this waits until it does.
 */
export async function sendEventsTo(
	example: Workflow,
	n8nUrl: string,
	sandbox: RunningSandbox,
): Promise<void> {
	const address = addressOf(example, n8nUrl);
	await untilRefused(address);
	sandbox.webhooks.addDestination({ url: `${address}?secret=${SHARED_SECRET}` });
}

/** A trigger that listens refuses a call without the secret. */
async function untilRefused(address: string): Promise<void> {
	const deadline = Date.now() + PATIENCE_MS;
	while (Date.now() < deadline) {
		const { status } = await axios.post(address, {}, { proxy: false, validateStatus: () => true });
		if (status === 401) return;
		await pause(POLL_MS);
	}
	throw new Error(`The example's trigger does not listen at ${address}.`);
}
