import { expect } from '@jest/globals';
import { join } from 'node:path';
import { provideTables, withTables } from '../../../tools/n8n/dataTables.mts';
import { runManually, type Execution } from '../../../tools/n8n/execution.mts';
import type { N8nApi } from '../../../tools/n8n/rest.mts';
import { importWorkflow, readWorkflow, withCredential } from '../../../tools/n8n/workflow.mts';
import type { Workflow } from '../../../tools/n8n/workflow.mts';
import { projectFolder } from '../../../tools/support/folders.mts';
import type { TestImburse } from './imburse.mts';

/** An example that a person has imported, with the credential and its tables chosen. */
export interface ImportedExample {
	id: string;
	workflow: Workflow;
	/** The IDs of its data tables, by their names. */
	tables: Record<string, string>;
	/** Runs it as the editor's button on a trigger does, and expects success. */
	press(trigger?: string): Promise<Execution>;
}

/** @param name of its file, without the ending */
export async function importExample(
	api: N8nApi,
	name: string,
	{ credential }: TestImburse,
): Promise<ImportedExample> {
	const file = join(projectFolder, 'examples', `${name}.json`);
	const read = withCredential(await readWorkflow(file), credential);
	const tables = await provideTables(api, read);
	const workflow = withTables(read, tables);
	const id = await importWorkflow(api, workflow);
	return {
		id,
		workflow,
		tables,
		press: async (trigger = manualTrigger(workflow)) => {
			const run = await runManually(api, id, trigger);
			expect(run.error ?? run.status).toBe('success');
			return run;
		},
	};
}

function manualTrigger({ nodes }: Workflow): string {
	const [trigger] = nodes.filter(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (trigger === undefined) throw new Error('The example has no button.');
	return trigger.name;
}
