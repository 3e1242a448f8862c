import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions, ITaskDataConnectionsSource } from 'n8n-workflow';

import { toolCaller } from '../../../nodes/Imburse/n8n/toolRun.ts';

const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const TOOL = { name: 'Imburse', type: 'n8n-nodes-imburse.imburseTool' };

/** What n8n says of the run: the node that it runs as a step, and where the step came from. */
function callerOf(node: { name: string; type: string }, source: ITaskDataConnectionsSource | null) {
	const context = { getNode: () => TOOL, getExecuteData: () => ({ node, source, data: {} }) };
	return toolCaller(context as unknown as IExecuteFunctions);
}

const ofLangchain = (type: string) => ({ name: 'Caller', type: `${LANGCHAIN}.${type}` });
const from = (previousNode: string) => ({ main: [{ previousNode }] });

describe('who calls a tool', () => {
	it.each([
		['an agent that calls it by itself', ofLangchain('agent'), from('Start')],
		['an agent that a person runs alone', ofLangchain('agent'), null],
		['a person who runs the tool in the editor', ofLangchain('toolExecutor'), from('Start')],
		['an agent that has n8n run it, or a review that let it through', TOOL, from('Agent')],
		['an agent that is the tool of another one', ofLangchain('agentTool'), from('Agent')],
	])('is an agent: %s', (_, node, source) => {
		expect(callerOf(node, source)).toEqual({ kind: 'agent' });
	});

	it('is the MCP Server Trigger, also of an agent that is its tool', () => {
		expect(callerOf(ofLangchain('mcpTrigger'), null)).toEqual({ kind: 'mcpTrigger' });
	});

	it.each([
		['the tool, which a worker runs for the MCP Server Trigger', TOOL, null],
		['an agent as a tool, which a worker runs for it', ofLangchain('agentTool'), null],
		['a step without a source', TOOL, {}],
		['a step whose source is unknown', TOOL, { main: [null] }],
	])('is unknown: %s', (_, node, source) => {
		expect(callerOf(node, source)).toEqual({ kind: 'unknown' });
	});

	it.each(['openAi', 'code', 'mcpTriggerTool'])('is another node: %s', (type) => {
		const other = { kind: 'other', type: `${LANGCHAIN}.${type}` };
		expect(callerOf(ofLangchain(type), from('Start'))).toEqual(other);
	});
});
