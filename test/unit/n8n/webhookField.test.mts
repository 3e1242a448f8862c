import { describe, expect, it } from '@jest/globals';
import { Workflow, type INode, type INodeParameters, type IWebhookDescription } from 'n8n-workflow';
import { resolveWebhookDescriptionField } from 'n8n-workflow';
import { ImburseTrigger } from '../../../nodes/Imburse/ImburseTrigger.node.ts';
import { responseModeFrom } from '../../../nodes/Imburse/n8n/webhookField.ts';
import type { INodeTypes } from 'n8n-workflow';

const DESCRIPTION: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	path: 'webhook',
	...responseModeFrom('options', 'respond', 'onReceived'),
};

const nodeWith = (parameters: INodeParameters): INode => ({
	id: 'id',
	name: 'Trigger',
	type: 'trigger',
	typeVersion: 1.1,
	position: [0, 0],
	parameters,
});

/** What n8n's expression engine makes of the template. */
function evaluated(parameters: INodeParameters): unknown {
	const type = { description: new ImburseTrigger().description };
	const nodeTypes = { getByNameAndVersion: () => type } as unknown as INodeTypes;
	const workflow = new Workflow({
		nodes: [nodeWith(parameters)],
		connections: {},
		active: false,
		nodeTypes,
	});
	const [node] = Object.values(workflow.nodes);
	return workflow.expression.getSimpleParameterValue(
		node!,
		DESCRIPTION.responseMode,
		'internal',
		{},
	);
}

describe('the response mode of a webhook', () => {
	it.each([
		[{ options: { respond: 'lastNode' } }, 'lastNode'],
		[{ options: { respond: 'onReceived' } }, 'onReceived'],
		[{ options: { respond: '' } }, 'onReceived'],
		[{ options: { maxBodyKb: 3 } }, 'onReceived'],
		[{ options: {} }, 'onReceived'],
	])('of %j is %s, whether n8n evaluates it or not', (parameters, mode) => {
		const resolved = resolveWebhookDescriptionField(
			nodeWith(parameters),
			DESCRIPTION,
			'responseMode',
		);
		expect(resolved).toEqual({ resolved: true, value: mode });
		expect(evaluated(parameters)).toBe(mode);
	});

	it('is evaluated where a parameter of the node is an expression', () => {
		const node = nodeWith({ options: { respond: '={{ "lastNode" }}' } });
		expect(resolveWebhookDescriptionField(node, DESCRIPTION, 'responseMode').resolved).toBe(false);
	});
});
