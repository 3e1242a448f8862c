import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
	activateWorkflow,
	deactivateWorkflow,
	importWorkflow,
	type Workflow,
} from '../../tools/n8n/workflow.mts';
import {
	agentTool,
	LAST_MESSAGE,
	modelNode,
	startModel,
	storeModelCredential,
	type ModelCredential,
	type ScriptedModel,
} from './harness/chatModel.mts';
import { openMcpSession, type McpClient } from './harness/mcpClient.mts';
import {
	imburseNode,
	payout,
	sharedN8n,
	startImburse,
	waitUntil,
	workflowOf,
	type TestImburse,
	type TestN8n,
	type TestNode,
} from './harness/index.mts';

type Parameters = Record<string, unknown>;

interface Tools {
	nodes: TestNode[];
	connections: Workflow['connections'];
}

let n8n: TestN8n;
let imburse: TestImburse;
let model: ScriptedModel;
let modelCredential: ModelCredential;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
	model = await startModel();
	modelCredential = await storeModelCredential(n8n.api, model);
});

afterAll(async () => {
	await model.stop();
	await imburse.stop();
});

beforeEach(() => imburse.sandbox.reset());

const as = (type: string, node: string) => ({ [type]: [[{ node, type, index: 0 }]] });

/** The Imburse node as the tool of the trigger, or of what stands between. */
function toolOf(node: string, parameters: Parameters): Tools {
	const tool = imburseNode('Imburse', imburse.credential, parameters);
	const nodes = [{ ...tool, type: 'n8n-nodes-imburse.imburseTool' }];
	return { nodes, connections: { Imburse: as('ai_tool', node) } };
}

/** Lets a client use the tools of an MCP Server Trigger with the name "MCP". */
async function withTools(tools: Tools, use: (client: McpClient) => Promise<void>) {
	const path = randomUUID();
	const trigger: TestNode = {
		name: 'MCP',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		parameters: { path },
		webhookId: path,
	};
	const { connections } = tools;
	const workflow = { ...workflowOf([trigger, ...tools.nodes]), connections };
	const id = await importWorkflow(n8n.api, workflow);
	await activateWorkflow(n8n.api, id);
	try {
		await use(await waitUntil('a session', () => openMcpSession(`${n8n.url}/mcp/${path}`)));
	} finally {
		await deactivateWorkflow(n8n.api, id);
	}
}

const byClient = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;

/** A payout under a reference that the client makes up, as far as a person can allow that. */
function payoutTool(): Parameters {
	const parameters = payout(imburse) as { instructions: { instruction: [Parameters] } };
	const [instruction] = parameters.instructions.instruction;
	const ofClient = { instructionRef: byClient('claim'), amount: '10.00' };
	return {
		...parameters,
		orderRef: byClient('claim'),
		instructions: { instruction: [{ ...instruction, ...ofClient }] },
		options: {
			allowToolPayments: true,
			allowChangingReferences: true,
			maxPayments: 1,
			maxTotals: { total: [{ amount: '10.00', currency: 'EUR' }] },
		},
	};
}

describe('as a tool of the MCP Server Trigger, where each call is an execution', () => {
	it('does not pay, however often it is called, and says why and what is safe', async () => {
		await withTools(toolOf('MCP', payoutTool()), async (client) => {
			for (const claim of ['CLAIM-1', 'CLAIM-2', 'CLAIM-3', 'CLAIM-4']) {
				const answer = await client.call('Imburse', { claim });
				expect(answer).toContain(
					'under the MCP Server Trigger each call is an execution of its own, so no limit would hold',
				);
				expect(answer).toContain('a workflow be called in which a person approves the payment');
			}
		});
		expect(imburse.sandbox.store.orders).toEqual([]);
		expect(imburse.sandbox.requests).toEqual([]);
	});

	it('does not pay for an agent that the client calls', async () => {
		model.setScript([{ claim: 'CLAIM-1' }]);
		const { nodes, connections } = toolOf('Inner', payoutTool());
		const tools = {
			nodes: [...nodes, agentTool('Inner', byClient('prompt')), modelNode(modelCredential)],
			connections: {
				...connections,
				Inner: as('ai_tool', 'MCP'),
				Model: as('ai_languageModel', 'Inner'),
			},
		};
		await withTools(tools, async (client) => {
			expect(await client.call('Inner', { prompt: 'Pay.' })).toContain(LAST_MESSAGE);
		});
		expect(model.toolResults[0]).toContain(
			'under the MCP Server Trigger each call is an execution',
		);
		expect(imburse.sandbox.requests).toEqual([]);
	});

	it('reads', async () => {
		const get = { resource: 'paymentOrder', operation: 'get', orderRef: byClient('claim') };
		await withTools(toolOf('MCP', get), async (client) => {
			expect(await client.call('Imburse', { claim: 'CLAIM-9' })).toContain(
				'Imburse has no Payment Order \\"CLAIM-9\\"',
			);
		});
	});
});
