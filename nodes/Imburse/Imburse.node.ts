import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runItems } from './execution/run';
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
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
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
		const resource = this.getNodeParameter('resource', 0);
		const value = this.getNodeParameter('operation', 0);
		const operation = operationNamed(resource, value);
		if (!operation) {
			throw new NodeOperationError(
				this.getNode(),
				`There is no operation "${value}" of "${resource}"`,
				{
					description: 'Choose the Resource and the Operation again.',
				},
			);
		}
		return await runItems(this, operation);
	}
}
