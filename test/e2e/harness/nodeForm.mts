import axios from 'axios';
import type { TestN8n } from './sharedN8n.mts';

/** A field of a node, as n8n describes it to its editor. */
interface FormField {
	name: string;
	displayOptions?: { show?: { resource?: string[] } };
	options?: { name: string; value: string }[];
}

/** The operations that n8n offers of the Imburse node, by resource. */
export async function offeredOperations(n8n: TestN8n): Promise<Record<string, string[]>> {
	const { data: nodeTypes } = await axios.get<{ name: string; properties: FormField[] }[]>(
		`${n8n.url}/types/nodes.json`,
		{ headers: { cookie: n8n.cookie }, proxy: false },
	);
	const imburse = nodeTypes.find(({ name }) => name === 'n8n-nodes-imburse.imburse');
	const lists = (imburse?.properties ?? []).filter(({ name }) => name === 'operation');
	return Object.fromEntries(
		lists.map(({ displayOptions, options = [] }) => [
			displayOptions?.show?.resource?.join() ?? '',
			options.map(({ value }) => value),
		]),
	);
}
