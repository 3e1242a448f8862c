import axios from 'axios';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningSandbox } from '../../sandbox/index.mts';
import type { Workflow } from '../n8n/workflow.mts';
import { IMBURSE_TRIGGER } from './examples.mts';

/** Shared by the sandbox and n8n on this machine, and another one at each start. */
export const SHARED_SECRET = randomBytes(24).toString('hex');

const TIMEOUT_MS = 30_000;
const POLL_MS = 200;

/** The URL of the example's trigger, without the secret. */
function triggerUrl(example: Workflow, n8nUrl: string): string {
	const trigger = example.nodes.find(({ type }) => type === IMBURSE_TRIGGER);
	if (trigger?.webhookId === undefined) throw new Error('The example has no Imburse Trigger.');
	return `${n8nUrl}/webhook/${trigger.webhookId}/webhook`;
}

/**
 * Adds the example's trigger as a destination of the sandbox, as a person does in the Tenant Portal.
 * Waits until the trigger listens, which n8n starts after the activation of the workflow.
 */
export async function sendEventsTo(
	example: Workflow,
	n8nUrl: string,
	sandbox: RunningSandbox,
): Promise<void> {
	const url = triggerUrl(example, n8nUrl);
	await waitUntilListening(url);
	sandbox.webhooks.addDestination({ url: `${url}?secret=${SHARED_SECRET}` });
}

/**
 * Asks n8n, as a browser does before a call to another site, which methods an address takes. The
 * trigger itself is not called: it would refuse a call without the secret, and say so in n8n's log.
 */
async function waitUntilListening(url: string): Promise<void> {
	const deadline = Date.now() + TIMEOUT_MS;
	while (Date.now() < deadline) {
		const { headers } = await axios.options<unknown>(url, {
			headers: { origin: new URL(url).origin },
			proxy: false,
			validateStatus: () => true,
		});
		if (/\bPOST\b/.test(String(headers['access-control-allow-methods']))) return;
		await delay(POLL_MS);
	}
	throw new Error(`The example's trigger does not listen at ${url}.`);
}
