import { createServer, type IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { N8nApi } from '../../../tools/n8n/rest.mts';
import { recordSecrets } from './secrets.mts';
import type { TestNode } from './workflow.mts';

/** The request to a chat model, in the format of OpenAI's chat completions. */
interface Conversation {
	messages: { role: string; content: unknown }[];
	tools?: { function: { name: string } }[];
}

/** A chat model on loopback that follows a script. */
export interface ScriptedModel {
	/** The base URL for n8n's OpenAI credential. */
	url: string;
	/**
	 * From now on the model calls its tool once with each of these inputs, one after another, and then
	 * ends.
	 */
	setScript(inputs: Record<string, unknown>[]): void;
	/** The result of each tool call, as the model received it. */
	readonly toolResults: string[];
	stop(): Promise<void>;
}

/** The model's message at the end. */
export const LAST_MESSAGE = 'That is all.';

/** Answers `POST /chat/completions` as OpenAI does; see "Chat Completions" in OpenAI's documentation. */
export async function startModel(): Promise<ScriptedModel> {
	let inputs: Record<string, unknown>[] = [];
	let toolResults: string[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const conversation = JSON.parse(await textOf(request)) as Conversation;
			toolResults = toolResultsIn(conversation);
			const message = nextMessage(conversation, inputs[toolResults.length], toolResults.length);
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(completion(message)));
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		setScript: (script) => {
			inputs = script;
			toolResults = [];
		},
		get toolResults() {
			return toolResults;
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** n8n's credential for the model. */
export interface ModelCredential {
	id: string;
	name: string;
}

export async function storeModelCredential(
	api: N8nApi,
	{ url }: ScriptedModel,
): Promise<ModelCredential> {
	const name = 'A model on this machine';
	const data = { apiKey: randomUUID(), url };
	const { id } = await api.post<{ id: string }>('/credentials', { name, type: 'openAiApi', data });
	await recordSecrets([{ what: 'key of the model', value: data.apiKey }]);
	return { id, name };
}

/** The sub-node through which an agent asks the model. */
export function modelNode(credential: ModelCredential): TestNode {
	return {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
		credentials: { openAiApi: credential },
	};
}

/** An agent that is the tool of another node, which asks it this. */
export function agentTool(name: string, text: string): TestNode {
	return {
		name,
		type: '@n8n/n8n-nodes-langchain.agentTool',
		typeVersion: 2.2,
		parameters: { toolDescription: 'Pays', text, options: {} },
	};
}

function toolResultsIn({ messages }: Conversation): string[] {
	return messages
		.filter(({ role }) => role === 'tool')
		.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
}

function nextMessage({ tools = [] }: Conversation, input: unknown, calls: number) {
	const name = tools[0]?.function.name;
	if (input === undefined || name === undefined) return { content: LAST_MESSAGE };
	const call = { name, arguments: JSON.stringify(input) };
	return { content: null, tool_calls: [{ id: `call_${calls}`, type: 'function', function: call }] };
}

function completion(message: object) {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model: 'scripted',
		choices: [
			{
				index: 0,
				message: { role: 'assistant', ...message },
				finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
