import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runNode } from './execution/run';
import { LIST_SEARCH } from './listSearch';
import { nodeProperties } from './properties';
import { operationNamed, RESOURCES } from './resources';

/** The action node: a table of contents and one call. */
export class Imburse implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Imburse',
		name: 'imburse',
		icon: { light: 'file:../../icons/imburse.svg', dark: 'file:../../icons/imburse.dark.svg' },
		group: ['output'],
		version: 1,
		// As words: "create: payment order".
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description: 'Create and read Payment Orders: pay insurance claims, collect premiums',
		defaults: { name: 'Imburse' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'imburseApi', required: true }],
		properties: nodeProperties(RESOURCES),
	};

	methods = { listSearch: LIST_SEARCH };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, operationNamed);
	}
}
