import type { TestN8n } from './sharedN8n.mts';

/** The value of the operation that n8n adds to those of a node. */
export const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

/** A node, as n8n describes it to its editor. */
interface NodeType {
	/** Behind the name of its package. */
	name: string;
	displayName: string;
	properties: {
		name: string;
		displayOptions?: { show?: { resource?: string[] } };
		options?: { name: string; value: string }[];
	}[];
}

/** Every node that n8n shows in its editor. Rejects what is only a part of the list. */
export async function nodeTypes({
	url,
	cookie,
}: Pick<TestN8n, 'url' | 'cookie'>): Promise<NodeType[]> {
	const response = await fetch(`${url}/types/nodes.json`, { headers: { cookie } });
	return (await response.json()) as NodeType[];
}

/** The operations that n8n offers of the Imburse node, by resource. */
export async function offeredOperations(n8n: TestN8n): Promise<Record<string, string[]>> {
	const all = await nodeTypes(n8n);
	const imburse = all.find(({ name }) => name === 'n8n-nodes-imburse.imburse');
	const lists = (imburse?.properties ?? []).filter(({ name }) => name === 'operation');
	return Object.fromEntries(
		lists.map(({ displayOptions, options = [] }) => [
			displayOptions?.show?.resource?.join() ?? '',
			options.map(({ value }) => value),
		]),
	);
}
