import { parse } from 'flatted';
import { setTimeout as pause } from 'node:timers/promises';
import type { N8nApi } from './rest.mts';

const POLL_MS = 200;

/** What n8n keeps of a run, as far as the tools read it. */
export interface Execution {
	id: string;
	status: string;
	/** Message and description of the error that ended it; undefined when none did. */
	error: string | undefined;
	/** The `json` of the items that a node put out in its first run, on its first output. */
	output(node: string): Record<string, unknown>[];
}

interface StoredExecution {
	status: string;
	/** In flatted's notation. */
	data: string;
}

interface ExecutionData {
	resultData: {
		error?: { message: string; description?: string };
		runData: Record<string, { data?: { main: ({ json: Record<string, unknown> }[] | null)[] } }[]>;
	};
}

/** Runs a workflow as the editor's button does, from its trigger to its end. */
export async function runManually(
	api: N8nApi,
	workflowId: string,
	trigger: string,
	limitMs = 60_000,
): Promise<Execution> {
	const started = await api.post<{ executionId?: string }>(`/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	if (started.executionId === undefined) throw new Error('n8n did not start the workflow.');
	return waitForEnd(api, started.executionId, limitMs);
}

async function waitForEnd(api: N8nApi, id: string, limitMs: number): Promise<Execution> {
	const deadline = Date.now() + limitMs;
	while (Date.now() < deadline) {
		const stored = await api.get<StoredExecution>(`/executions/${id}`);
		if (!['new', 'running', 'waiting'].includes(stored.status)) return readExecution(id, stored);
		await pause(POLL_MS);
	}
	throw new Error(`The workflow has not ended within ${limitMs / 1000} s (execution ${id}).`);
}

function readExecution(id: string, { status, data }: StoredExecution): Execution {
	const { resultData } = parse(data) as ExecutionData;
	const { error } = resultData;
	return {
		id,
		status,
		error: error && [error.message, error.description].filter(Boolean).join(' | '),
		output: (node) => (resultData.runData[node]?.[0]?.data?.main[0] ?? []).map((item) => item.json),
	};
}
