import type { N8nApi } from './rest.mts';
import type { Workflow, WorkflowNode } from './workflow.mts';

const NODE_TYPE = 'n8n-nodes-base.dataTable';

/** A data table of n8n's. */
export interface DataTable {
	name: string;
	columns: { name: string; type: string }[];
}

interface CreateParameters {
	tableName: string;
	columns: { column: DataTable['columns'] };
}

interface TableLocator {
	mode: string;
	value: string;
}

/** Where the owner's data tables are. */
async function tablesPath(api: N8nApi): Promise<string> {
	const { id } = await api.get<{ id: string }>('/projects/personal');
	return `/projects/${id}/data-tables`;
}

/** The tables that a workflow's own nodes of *Table: Create* make. */
export const tablesOf = ({ nodes }: Workflow): DataTable[] =>
	nodes.filter(isCreateNode).map(({ parameters }) => {
		const { tableName, columns } = parameters as unknown as CreateParameters;
		return { name: tableName, columns: columns.column };
	});

const isCreateNode = ({ type, parameters }: WorkflowNode): boolean =>
	type === NODE_TYPE && parameters.resource === 'table' && parameters.operation === 'create';

/**
 * Makes the tables of a workflow that are not there yet, as a person does in n8n's *Data tables*.
 *
 * @returns the IDs of its tables, by their names
 */
export async function provideTables(
	api: N8nApi,
	workflow: Workflow,
): Promise<Record<string, string>> {
	const path = await tablesPath(api);
	const ids = await existingTables(api);
	for (const table of tablesOf(workflow)) {
		ids[table.name] ??= (await api.post<{ id: string }>(path, table)).id;
	}
	return ids;
}

/** Removes the tables of a workflow with their rows. */
export async function removeTables(api: N8nApi, workflow: Workflow): Promise<void> {
	const path = await tablesPath(api);
	const ids = await existingTables(api);
	for (const { name } of tablesOf(workflow)) {
		if (ids[name] !== undefined) await api.delete(`${path}/${ids[name]}`);
	}
}

async function existingTables(api: N8nApi): Promise<Record<string, string>> {
	const path = await tablesPath(api);
	const { data } = await api.get<{ data: { id: string; name: string }[] }>(`${path}?take=100`);
	return Object.fromEntries(data.map(({ id, name }) => [name, id]));
}

/**
 * The same workflow with these tables chosen by their IDs, as a person does it in n8n 1.x, which knows
 * none by name.
 */
export function withTables(workflow: Workflow, ids: Record<string, string>): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const locator = node.parameters.dataTableId as TableLocator | undefined;
		if (node.type !== NODE_TYPE || locator?.mode !== 'name') return node;
		const dataTableId = { ...locator, mode: 'id', value: ids[locator.value] ?? '' };
		return { ...node, parameters: { ...node.parameters, dataTableId } };
	});
	return { ...workflow, nodes };
}

/** All rows of a table, the oldest first. */
export async function rowsOf(api: N8nApi, id: string): Promise<Record<string, unknown>[]> {
	const { data } = await api.get<{ data: Record<string, unknown>[] }>(
		`${await tablesPath(api)}/${id}/rows?take=100`,
	);
	return data.sort((one, other) => Number(one.id) - Number(other.id));
}
