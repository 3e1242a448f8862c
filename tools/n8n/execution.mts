import { parse } from 'flatted';
import { setTimeout as delay } from 'node:timers/promises';
import { N8nApiError, type N8nApi } from './rest.mts';

const POLL_MS = 200;

/** The part of a stored execution that the tools read. */
export interface Execution {
	id: string;
	status: string;
	/** Message and description of the error that ended it; undefined when none did. */
	error: string | undefined;
	/**
	 * The `json` of the output items of a node in its last run.
	 *
	 * @param output 0 for its first output; the error output comes after all others
	 */
	output(node: string, output?: number): Record<string, unknown>[];
	/** How many times a node has run. */
	runs(node: string): number;
	/** How long a node took in its last run. */
	milliseconds(node: string): number;
}

interface StoredExecution {
	status: string;
	/** In the format of flatted. */
	data: string;
}

type Items = { json: Record<string, unknown> }[] | null;

interface ExecutionData {
	resultData: {
		error?: { message: string; description?: string };
		runData: Record<string, { executionTime: number; data?: Record<string, Items[]> }[]>;
	};
}

/** Runs a workflow as the editor's button does, from its trigger to its end. */
export async function runManually(
	api: N8nApi,
	workflowId: string,
	trigger: string,
	limitMs = 60_000,
): Promise<Execution> {
	return waitForEnd(api, await startManually(api, workflowId, trigger), limitMs);
}

/**
 * The same without waiting for the end. n8n 1.x runs the workflow in the request, n8n 2.x the stored
 * one, so the request has the stored one.
 *
 * @returns the execution's ID
 */
export async function startManually(
	api: N8nApi,
	workflowId: string,
	trigger: string,
): Promise<string> {
	const { executionId } = await run(api, workflowId, trigger);
	if (executionId === undefined) throw new Error('n8n did not start the workflow.');
	return executionId;
}

interface RunResponse {
	executionId?: string;
	waitingForWebhook?: boolean;
}

async function run(api: N8nApi, workflowId: string, trigger: string): Promise<RunResponse> {
	const workflowData = await api.get(`/workflows/${workflowId}`);
	return api.post(`/workflows/${workflowId}/run`, {
		workflowData,
		triggerToStartFrom: { name: trigger },
	});
}

/** What the editor's button does on a trigger that is called from outside: n8n listens for one call. */
export async function listenForTestEvent(
	api: N8nApi,
	workflowId: string,
	trigger: string,
): Promise<void> {
	const { waitingForWebhook } = await run(api, workflowId, trigger);
	if (waitingForWebhook !== true) throw new Error('n8n does not listen for a test event.');
}

/** Rejects when the run has not ended within the limit. */
export async function waitForEnd(api: N8nApi, id: string, limitMs = 60_000): Promise<Execution> {
	const deadline = Date.now() + limitMs;
	while (Date.now() < deadline) {
		const stored = await api.get<StoredExecution>(`/executions/${id}`).catch(undefinedIfBusy);
		if (stored && hasEnded(stored)) return readExecution(id, stored);
		await delay(POLL_MS);
	}
	throw new Error(`The workflow has not ended within ${limitMs / 1000} s (execution ${id}).`);
}

/** A run of many thousand items keeps n8n from its database for a moment, and then it says 503. */
function undefinedIfBusy(error: unknown): undefined {
	if (error instanceof N8nApiError && error.status === 503) return undefined;
	throw error;
}

/** n8n 1.x stores the status a moment before the data. */
function hasEnded({ status, data }: StoredExecution): boolean {
	return !['new', 'running', 'waiting'].includes(status) && parse(data) !== undefined;
}

/**
 * The executions of a workflow that have ended, the newest first.
 *
 * @param count how many there have to be; rejects when there are fewer within the limit
 */
export async function executionsOf(
	api: N8nApi,
	workflowId: string,
	count: number,
	limitMs = 30_000,
): Promise<Execution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const deadline = Date.now() + limitMs;
	while (Date.now() < deadline) {
		const { results } = await api.get<{ results: { id: string }[] }>(
			`/executions?filter=${filter}&limit=100`,
		);
		if (results.length >= count) {
			return Promise.all(results.map(({ id }) => waitForEnd(api, id, limitMs)));
		}
		await delay(POLL_MS);
	}
	throw new Error(`The workflow has not run ${count} times within ${limitMs / 1000} s.`);
}

function readExecution(id: string, { status, data }: StoredExecution): Execution {
	const { resultData } = parse(data) as ExecutionData;
	const { error, runData } = resultData;
	return {
		id,
		status,
		error: error && [error.message, error.description].filter(Boolean).join(' | '),
		output: (node, output = 0) =>
			(runData[node]?.at(-1)?.data?.main?.[output] ?? []).map((item) => item.json),
		runs: (node) => runData[node]?.length ?? 0,
		milliseconds: (node) => runData[node]?.at(-1)?.executionTime ?? NaN,
	};
}
