import { describe, expect, it } from '@jest/globals';
import { Workflow, type IDataObject, type INodeTypes, type IWebhookFunctions } from 'n8n-workflow';
import { changedStaticData } from '../../../nodes/Imburse/n8n/changedStaticData.ts';

const NODE = {
	id: 'T',
	name: 'Trigger',
	type: 'none',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

/** Of no node type: none is needed for static data. */
const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;

/** As n8n builds it for a call, over what it has loaded. */
const build = (staticData: IDataObject) =>
	new Workflow({ nodes: [NODE], connections: {}, active: true, nodeTypes, staticData });

const contextOf = (workflow: Workflow, hidden = {}) =>
	({
		getWorkflowStaticData: (type: string) => workflow.getStaticData(type, NODE),
		...hidden,
	}) as unknown as IWebhookFunctions;

const LOADED = JSON.stringify({
	'node:Trigger': { events: { old: 1 }, registration: { url: 'kept' } },
	'node:Other': { count: 7 },
});

describe('changed static data', () => {
	it.each([['{}'], [LOADED]])('are stored although n8n builds the workflow again: %s', (loaded) => {
		const raw = JSON.parse(loaded) as IDataObject;
		const workflow = build(raw);
		changedStaticData(contextOf(workflow, { workflow })).events = { new: 2 };
		build(raw);
		expect(workflow.staticData.__dataChanged).toBe(true);
		const before = JSON.parse(loaded) as Record<string, IDataObject>;
		expect(JSON.parse(JSON.stringify(workflow.staticData))).toEqual({
			...before,
			'node:Trigger': { ...before['node:Trigger'], events: { new: 2 } },
		});
	});

	it('are the node’s own where the context does not show its workflow', () => {
		const workflow = build(JSON.parse(LOADED) as IDataObject);
		changedStaticData(contextOf(workflow)).events = { new: 2 };
		expect(workflow.staticData.__dataChanged).toBe(true);
		expect(workflow.getStaticData('node', NODE).events).toEqual({ new: 2 });
	});
});
