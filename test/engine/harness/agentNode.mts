import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

export const AGENT_TYPE = '@n8n/n8n-nodes-langchain.agent';
export const AGENT_NAME = 'Agent';

/** What a tool gave back to the model for one call: the `json` of its items. */
export type ToolAnswer = IDataObject[];

const DESCRIPTION: INodeTypeDescription = {
	displayName: 'Agent',
	name: AGENT_TYPE,
	group: ['transform'],
	version: 1,
	description: 'Calls a tool',
	defaults: { name: AGENT_NAME },
	inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
};

/**
 * An AI agent without a model: it calls the tool once for each of the given inputs, through the
 * engine as n8n's own agent does, and hands over what the model would have read.
 */
export function createAgent(
	toolName: string,
	calls: IDataObject[],
	onAnswers: (answers: ToolAnswer[]) => void,
): INodeType {
	return {
		description: DESCRIPTION,
		async execute(response?: EngineResponse) {
			if (!response?.actionResponses.length) {
				const actions = calls.map((input, index) => ({
					actionType: 'ExecutionNodeAction' as const,
					nodeName: toolName,
					type: NodeConnectionTypes.AiTool,
					id: `call-${index}`,
					input,
					metadata: { itemIndex: 0 },
				}));
				return { actions, metadata: {} };
			}
			onAnswers(
				response.actionResponses.map(({ data }) =>
					(data.data?.[NodeConnectionTypes.AiTool]?.[0] ?? []).map(({ json }) => json),
				),
			);
			return [[{ json: {} }]];
		},
	};
}

interface InvokableTool {
	invoke: (input: IDataObject) => Promise<string>;
}

/** As `createAgent`, but it calls the tool by itself, as version 2 of n8n's agent does. */
export function createDirectCaller(
	calls: IDataObject[],
	onAnswers: (answers: ToolAnswer[]) => void,
): INodeType {
	return {
		description: DESCRIPTION,
		async execute(this: IExecuteFunctions) {
			const tools = await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
			const [tool] = tools as [InvokableTool];
			const answers: ToolAnswer[] = [];
			for (const input of calls) answers.push(JSON.parse(await tool.invoke(input)) as ToolAnswer);
			onAnswers(answers);
			return [[{ json: {} }]];
		},
	};
}
