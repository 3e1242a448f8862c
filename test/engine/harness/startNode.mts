import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, INodeType } from 'n8n-workflow';

export const START_NODE_TYPE = 'harness.start';
export const START_NODE_NAME = 'Start';

/** A manual trigger that emits the given objects, one item each. */
export function createStartNode(items: IDataObject[]): INodeType {
	return {
		description: {
			displayName: 'Start',
			name: START_NODE_TYPE,
			group: ['trigger'],
			version: 1,
			description: 'Emits the items of the test',
			defaults: { name: START_NODE_NAME },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [items.map((json) => ({ json: structuredClone(json) }))];
		},
	};
}
