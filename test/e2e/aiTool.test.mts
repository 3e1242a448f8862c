import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Workflow } from '../../tools/n8n/workflow.mts';
import {
	agentTool,
	LAST_MESSAGE,
	modelNode,
	startModel,
	storeModelCredential,
	type ModelCredential,
	type ScriptedModel,
} from './harness/chatModel.mts';
import {
	chain,
	imburseNode,
	payout,
	runOnce,
	sharedN8n,
	startImburse,
	type TestImburse,
	type TestN8n,
	type TestNode,
} from './harness/index.mts';

type Parameters = Record<string, unknown>;

/** Two generations of the agent: the first runs a tool by itself, the second has n8n run it. */
const AGENT_VERSIONS = [2.2, 3];

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

const CLAIMS = [{ claim: 'CLAIM-1' }];

/** An agent that is asked to deal with claims, and has the Imburse node as its only tool. */
function agentWith(tool: Parameters, typeVersion: number, claims: Parameters[]): Workflow {
	const agent: TestNode = {
		name: 'Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion,
		parameters: { promptType: 'define', text: 'Deal with claim {{ $json.claim }}.', options: {} },
	};
	const parts: TestNode[] = [
		modelNode(modelCredential),
		{
			...imburseNode('Imburse', imburse.credential, tool),
			type: 'n8n-nodes-imburse.imburseTool',
		},
	];
	const workflow = chain(claims, agent);
	const placed = parts.map((part) => ({
		...part,
		id: randomUUID(),
		position: [0, 220] as [number, number],
	}));
	const into = (type: string) => ({ [type]: [[{ node: 'Agent', type, index: 0 }]] });
	return {
		...workflow,
		nodes: [...workflow.nodes, ...placed],
		connections: {
			...workflow.connections,
			Model: into('ai_languageModel'),
			Imburse: into('ai_tool'),
		},
	};
}

/** The workflow with a trigger that another workflow calls in the place of its own. */
function calledBy(name: string, { nodes, connections, ...workflow }: Workflow): Workflow {
	const [trigger, ...others] = nodes;
	const called = {
		...trigger!,
		name,
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		parameters: { inputSource: 'passthrough' },
	};
	const { [trigger!.name]: first, ...rest } = connections;
	return { ...workflow, nodes: [called, ...others], connections: { ...rest, [name]: first! } };
}

/** The workflow with an agent between the agent and its tool. */
function throughAgentTool({ nodes, connections, ...workflow }: Workflow): Workflow {
	const position: [number, number] = [220, 220];
	const inner = { ...agentTool('Inner', byAgent('Prompt')), id: randomUUID(), position };
	const into = (node: string, type: string) => ({ node, type, index: 0 });
	return {
		...workflow,
		nodes: [...nodes, inner],
		connections: {
			...connections,
			Imburse: { ai_tool: [[into('Inner', 'ai_tool')]] },
			Inner: { ai_tool: [[into('Agent', 'ai_tool')]] },
			Model: {
				ai_languageModel: [[into('Agent', 'ai_languageModel'), into('Inner', 'ai_languageModel')]],
			},
		},
	};
}

/**
 * Lets the agent call the tool with each of these inputs, for each claim. Resolves to what the model
 * read about the last one.
 */
async function letAgentCall(
	tool: Parameters,
	inputs: Parameters[],
	typeVersion: number,
	claims = CLAIMS,
): Promise<unknown[]> {
	model.setScript(inputs);
	const run = await runOnce(n8n.api, agentWith(tool, typeVersion, claims));
	expect(run.error ?? run.status).toBe('success');
	expect(run.output('Agent')).toEqual(claims.map(() => ({ output: LAST_MESSAGE })));
	expect(model.toolResults).toHaveLength(inputs.length);
	return model.toolResults.map((toolResult): unknown => JSON.parse(toolResult));
}

interface ToolError {
	outcome: string;
	message: string;
	description: string;
	correlationId: string | null;
}

/** The error that the model read in place of a result. */
function errorIn(toolResult: unknown): ToolError {
	const [item] = toolResult as [{ error: ToolError }];
	return item.error;
}

const byAgent = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;

const CLAIM = "$('Start').first().json.claim";

/** A payout for a claim that the workflow's author names; the agent chooses its amount. */
function payoutTool(options: Parameters, fields: Parameters = {}): Parameters {
	const parameters = payout(imburse) as { instructions: { instruction: [Parameters] } };
	const [instruction] = parameters.instructions.instruction;
	const ofAgent = { instructionRef: `={{ ${CLAIM} }}-1`, amount: byAgent('amount') };
	return {
		...parameters,
		orderRef: `={{ ${CLAIM} }}`,
		instructions: { instruction: [{ ...instruction, ...ofAgent }] },
		options,
		...fields,
	};
}

const ALLOWED = {
	allowToolPayments: true,
	maxPayments: 2,
	maxTotals: { total: [{ amount: '300.00', currency: 'EUR' }] },
};

describe.each(AGENT_VERSIONS)('as the tool of an AI agent (version %s)', (version) => {
	it('refuses to pay, and says why and who can allow it', async () => {
		const [toolResult] = await letAgentCall(payoutTool({}), [{ amount: '210.00' }], version);
		const { outcome, message, description } = errorIn(toolResult);
		expect(outcome).toBe('invalid');
		expect(message).toContain(
			'Allow Payments When Used as a Tool: an AI agent may not move money with this node',
		);
		expect(description).toContain('Nothing was sent for this item.');
		expect(description).toContain('A person can switch the option on, and set limits beside it.');
		expect(imburse.sandbox.requests).toEqual([]);
	});

	it('pays once where a person has allowed it, under the reference that the person chose', async () => {
		const inputs = [{ amount: '210.00' }, { amount: '210.00' }];
		const answers = await letAgentCall(payoutTool(ALLOWED), inputs, version);
		expect(answers).toMatchObject([
			[{ orderRef: 'CLAIM-1', result: 'created' }],
			[{ orderRef: 'CLAIM-1', result: 'alreadyExisted' }],
		]);
		const instructions = [{ instructionRef: 'CLAIM-1-1', amount: '210.00' }];
		expect(imburse.sandbox.store.orders).toMatchObject([{ orderRef: 'CLAIM-1', instructions }]);
	});

	it('keeps to the limits that the person set, counted over all its calls', async () => {
		const inputs = [{ amount: '210.00' }, { amount: '90.01' }];
		const [first, second] = await letAgentCall(payoutTool(ALLOWED), inputs, version);
		expect(first).toMatchObject([{ result: 'created' }]);
		expect(errorIn(second).message).toContain('would come to 300.01 EUR, and 300.00 are allowed');
		expect(imburse.sandbox.requests.filter(({ body }) => body.includes('90.01'))).toEqual([]);
	});

	it('refuses a reference that the agent makes up', async () => {
		const tool = payoutTool(ALLOWED, { orderRef: byAgent('reference') });
		const inputs = [{ amount: '210.00', reference: 'MADE-UP' }];
		const [toolResult] = await letAgentCall(tool, inputs, version);
		expect(errorIn(toolResult).message).toContain(
			'Order Reference: the expression contains "$fromAI"',
		);
		expect(imburse.sandbox.requests).toEqual([]);
	});

	it('pays under the reference of the person, whatever else the model sends', async () => {
		const inputs = [{ amount: '210.00', claim: 'MADE-UP', max: '1000000' }];
		const [toolResult] = await letAgentCall(payoutTool(ALLOWED), inputs, version);
		expect(toolResult).toMatchObject([{ orderRef: 'CLAIM-1', result: 'created' }]);
		expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['CLAIM-1']);
	});

	it.each<[string, Parameters, string]>([
		['a reference', { orderRef: '={{ $json.claim }}' }, 'Order Reference: the expression contains'],
		[
			'a limit',
			{ options: { ...ALLOWED, maxPayments: byAgent('max') } },
			'Max Payments per Execution: it is an expression',
		],
	])('refuses to pay where the model has a word in %s', async (_, fields, reason) => {
		const inputs = [{ amount: '210.00', claim: 'MADE-UP', max: '9' }];
		const [toolResult] = await letAgentCall(payoutTool(ALLOWED, fields), inputs, version);
		expect(errorIn(toolResult).message).toContain(reason);
		expect(imburse.sandbox.requests).toEqual([]);
	});

	it('refuses to pay for several items, of which n8n gives it the first one each time', async () => {
		const claims = [{ claim: 'CLAIM-1' }, { claim: 'CLAIM-2' }];
		const inputs = [{ amount: '210.00' }];
		const [toolResult] = await letAgentCall(payoutTool(ALLOWED), inputs, version, claims);
		expect(errorIn(toolResult).message).toContain('has not one item');
		expect(imburse.sandbox.requests).toEqual([]);
	});

	it('pays each of several claims once in a sub-workflow that is called for each', async () => {
		const of = "$('Called').first().json.claim";
		const { instructions, ...rest } = payoutTool(ALLOWED, { orderRef: `={{ ${of} }}` });
		const [first] = (instructions as { instruction: [Parameters] }).instruction;
		const instruction = [{ ...first, instructionRef: `={{ ${of} }}-1` }];
		const inner = agentWith({ ...rest, instructions: { instruction } }, version, CLAIMS);
		const caller: TestNode = {
			name: 'Call',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.2,
			parameters: {
				source: 'parameter',
				workflowJson: JSON.stringify(calledBy('Called', inner)),
				mode: 'each',
			},
		};
		model.setScript([{ amount: '210.00', claim: 'MADE-UP' }]);
		const claims = [{ claim: 'CLAIM-1' }, { claim: 'CLAIM-2' }];
		const run = await runOnce(n8n.api, chain(claims, caller));
		expect(run.error ?? run.status).toBe('success');
		const { orders } = imburse.sandbox.store;
		expect(orders.map(({ orderRef }) => orderRef)).toEqual(['CLAIM-1', 'CLAIM-2']);
	});

	it('pays once for an agent that is the tool of another one', async () => {
		model.setScript([{ amount: '210.00', Prompt: 'Pay.' }]);
		const outer = agentWith(payoutTool(ALLOWED), version, CLAIMS);
		const run = await runOnce(n8n.api, throughAgentTool(outer));
		expect(run.error ?? run.status).toBe('success');
		const instructions = [{ instructionRef: 'CLAIM-1-1', amount: '210.00' }];
		expect(imburse.sandbox.store.orders).toMatchObject([{ orderRef: 'CLAIM-1', instructions }]);
	});

	it('reads without being allowed to pay', async () => {
		const get = { resource: 'paymentOrder', operation: 'get', orderRef: byAgent('reference') };
		const inputs = [{ reference: 'CLAIM-9' }];
		const [toolResult] = await letAgentCall(get, inputs, version);
		const { outcome, message, correlationId } = errorIn(toolResult);
		expect([outcome, message]).toEqual([
			'rejected',
			'Imburse has no Payment Order "CLAIM-9" (item 1)',
		]);
		expect(correlationId).toBe(imburse.sandbox.requests.at(-1)?.correlationId);
	});
});
