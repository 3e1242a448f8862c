import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeProperties, INodeType, INodeTypes } from 'n8n-workflow';

/** The type that n8n gives to the node it makes up for a credential, and by which it knows it. */
export const NO_OP_TYPE = 'n8n-nodes-base.noOp';

/** A node that does nothing, with the given fields. */
export function createNoOp(
	properties: INodeProperties[] = [],
	credentials: string[] = [],
): INodeType {
	return {
		description: {
			displayName: 'No Operation, do nothing',
			name: NO_OP_TYPE,
			group: ['organization'],
			version: 1,
			description: 'No Operation',
			defaults: { name: 'No Operation, do nothing' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: credentials.map((name) => ({ name, required: true })),
			properties,
		},
	};
}

/** Node types of a workflow that consists of nothing but the given no-op. */
export function noOpNodeTypes(noOp: INodeType = createNoOp()): INodeTypes {
	return {
		getByName: () => noOp,
		getByNameAndVersion: () => noOp,
		getKnownTypes: () => ({}),
	};
}
