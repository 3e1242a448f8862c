import type { Postgres } from './postgres.mts';
import { waitUntil } from '../../harness/index.mts';

/** A run, as n8n keeps it in its database. */
export interface StoredExecution {
	id: string;
	status: string;
}

const RUNNING = ['new', 'running', 'waiting'];

export const isRunning = ({ status }: StoredExecution): boolean => RUNNING.includes(status);

/** All runs of a workflow, from the first to the last. */
export async function executionsOf(
	postgres: Postgres,
	workflowId: string,
): Promise<StoredExecution[]> {
	const rows = await postgres.query(
		`select id, status from execution_entity where "workflowId" = '${workflowId}' order by id`,
	);
	return rows.map((row) => {
		const [id = '', status = ''] = row.split('|');
		return { id, status };
	});
}

/** Waits until there are this many runs and all of them have ended. */
export async function waitUntilAllEnded(
	postgres: Postgres,
	workflowId: string,
	count: number,
): Promise<StoredExecution[]> {
	return waitUntil(
		`${count} executions have ended`,
		async () => {
			const executions = await executionsOf(postgres, workflowId);
			const ended = executions.filter((execution) => !isRunning(execution));
			return ended.length >= count && ended.length === executions.length ? ended : undefined;
		},
		120_000,
	);
}
