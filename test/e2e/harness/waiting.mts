import { setTimeout as delay } from 'node:timers/promises';
import { runManually, type Execution } from '../../../tools/n8n/execution.mts';
import type { N8nApi } from '../../../tools/n8n/rest.mts';
import { importWorkflow, type Workflow } from '../../../tools/n8n/workflow.mts';
import { START } from './workflow.mts';

/** Imports a workflow and runs it to its end, as the editor's button does. */
export async function runOnce(
	api: N8nApi,
	workflow: Workflow,
	limitMs?: number,
): Promise<Execution> {
	return runManually(api, await importWorkflow(api, workflow), START, limitMs);
}

/** Waits for a condition. Rejects with `what` when it is not true in time. */
export async function waitUntil<Value>(
	what: string,
	condition: () => Promise<Value | undefined | false> | Value | undefined | false,
	limitMs = 30_000,
): Promise<Value> {
	const deadline = Date.now() + limitMs;
	while (Date.now() < deadline) {
		const value = await condition();
		if (value !== undefined && value !== false) return value;
		await delay(50);
	}
	throw new Error(`Not within ${limitMs / 1000} s: ${what}.`);
}
