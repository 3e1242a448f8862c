import { expect } from '@jest/globals';
import { join } from 'node:path';
import { provideTables, removeTables, rowsOf, withTables } from '../../../tools/n8n/dataTables.mts';
import { runManually, type Execution } from '../../../tools/n8n/execution.mts';
import type { N8nApi } from '../../../tools/n8n/rest.mts';
import { importWorkflow, readWorkflow, withCredential } from '../../../tools/n8n/workflow.mts';
import type { Workflow } from '../../../tools/n8n/workflow.mts';
import { projectFolder } from '../../../tools/support/folders.mts';
import { testEnvironment } from './environment.mts';
import type { TestImburse } from './imburse.mts';

/** An example that a person has imported, with the credential chosen. */
export interface ImportedExample {
	id: string;
	workflow: Workflow;
	/** Runs it as the editor's button on a trigger does, and expects success. */
	press(trigger?: string): Promise<Execution>;
	/** Its button has made the data tables; in n8n 1.x the import has. */
	makeTables(): Promise<void>;
	/** Imports a changed copy of it, which has the same data tables. */
	copy(change: (workflow: Workflow) => Workflow): Promise<ImportedExample>;
	/** The rows of one of its data tables. */
	rows(table: string): Promise<Record<string, unknown>[]>;
}

/**
 * Imports an example into an n8n without its data tables. In n8n 1.x a person makes them by hand, and
 * this does; in n8n 2.x the example's own button does.
 *
 * @param name of its file, without the ending
 */
export async function importExample(
	api: N8nApi,
	name: string,
	{ credential }: TestImburse,
): Promise<ImportedExample> {
	const file = join(projectFolder, 'examples', `${name}.json`);
	const workflow = withCredential(await readWorkflow(file), credential);
	await removeTables(api, workflow);
	if (!(await isN8n1())) return importWorkflowOf(api, workflow);
	return importWorkflowOf(api, withTables(workflow, await provideTables(api, workflow)));
}

/** Whether the tests run on n8n's first generation. */
export const isN8n1 = async (): Promise<boolean> =>
	(await testEnvironment()).version.startsWith('1.');

async function importWorkflowOf(api: N8nApi, workflow: Workflow): Promise<ImportedExample> {
	const id = await importWorkflow(api, workflow);
	const press = (trigger = manualTrigger(workflow)) => pressButton(api, id, trigger);
	return {
		id,
		workflow,
		press,
		makeTables: async () => {
			if (!(await isN8n1())) await press();
		},
		copy: (change) => importWorkflowOf(api, change(workflow)),
		rows: async (table) => rowsOf(api, (await provideTables(api, workflow))[table] ?? ''),
	};
}

async function pressButton(api: N8nApi, id: string, trigger: string): Promise<Execution> {
	const run = await runManually(api, id, trigger);
	expect(run.error ?? run.status).toBe('success');
	return run;
}

function manualTrigger({ nodes }: Workflow): string {
	const [trigger] = nodes.filter(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (trigger === undefined) throw new Error('The example has no button.');
	return trigger.name;
}

/** Other parameters of a node, as a person changes them in its form. */
export const withParameters = (
	workflow: Workflow,
	name: string,
	parameters: Record<string, unknown>,
): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.name === name ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
	),
});

interface SetParameters {
	assignments: { assignments: { name: string; value: unknown }[] };
}

/** Other values of the fields that an Edit Fields node sets. */
export function withAssignments(
	workflow: Workflow,
	name: string,
	values: Record<string, unknown>,
): Workflow {
	const node = workflow.nodes.find((each) => each.name === name);
	if (node === undefined) throw new Error(`The example has no node "${name}".`);
	const { assignments } = (node.parameters as unknown as SetParameters).assignments;
	const changed = assignments.map((field) => ({
		...field,
		value: values[field.name] ?? field.value,
	}));
	return withParameters(workflow, name, { assignments: { assignments: changed } });
}

/** The same workflow with these items in the place of what a trigger would put out. */
export const withPinned = (
	workflow: Workflow,
	trigger: string,
	items: Record<string, unknown>[],
): Workflow => ({ ...workflow, pinData: { [trigger]: items.map((json) => ({ json })) } });
