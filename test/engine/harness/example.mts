import { afterEach } from '@jest/globals';
import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import type { Generation } from './credentialsHelper.mts';
import type { StoredCredential } from './credentialStore.mts';
import { createEngine, type EngineSettings } from './engine.mts';
import { startLocalServer, type LocalServer, type Respond } from './localServer.mts';
import type { Webhook } from './webhook.mts';
import type { TestNode } from './workflow.mts';

// A node and a credential type with nothing of Imburse in them: what the harness's own tests run.

export const EXAMPLE_NODE_TYPE = 'n8n-nodes-example.example';
export const EXAMPLE_TOOL_TYPE = `${EXAMPLE_NODE_TYPE}Tool`;
export const EXAMPLE_CREDENTIAL_TYPE = 'exampleApi';

/**
 * A node with the text parameters `ref` (default `none`) and `url`, and the example credential.
 */
export function createExampleNode(
	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
): INodeType {
	return {
		description: {
			displayName: 'Example',
			name: 'example',
			group: ['output'],
			version: 1,
			description: 'Does what the test says',
			defaults: { name: 'Example' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			usableAsTool: true,
			credentials: [{ name: EXAMPLE_CREDENTIAL_TYPE, required: true }],
			properties: [
				{ displayName: 'Reference', name: 'ref', type: 'string', default: 'none' },
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			],
		},
		execute,
	};
}

export const EXAMPLE_TRIGGER_TYPE = 'n8n-nodes-example.exampleTrigger';

/** A trigger with the webhook `POST .../events`. */
export function createExampleTrigger(
	webhook: (this: IWebhookFunctions) => Promise<IWebhookResponseData>,
	webhookMethods?: INodeType['webhookMethods'],
): INodeType {
	return {
		description: {
			displayName: 'Example Trigger',
			name: 'exampleTrigger',
			group: ['trigger'],
			version: 1,
			description: 'Receives what the test sends',
			defaults: { name: 'Example Trigger' },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			webhooks: [
				{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'events' },
			],
			credentials: [{ name: EXAMPLE_CREDENTIAL_TYPE, required: true }],
			properties: [],
		},
		webhook,
		webhookMethods,
	};
}

/** Sends a request with the example credential. */
export async function callExampleApi(
	node: IExecuteFunctions,
	options: IHttpRequestOptions,
): Promise<unknown> {
	return node.helpers.httpRequestWithAuthentication.call(node, EXAMPLE_CREDENTIAL_TYPE, {
		json: true,
		...options,
	}) as Promise<unknown>;
}

/** What a token call brings: the fields to save. */
type FetchToken = (
	this: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
) => Promise<{ token?: string; baseUrl?: string }>;

/** Puts the token into the Authorization header. */
const sendToken: IAuthenticate = async (credentials, requestOptions) => ({
	...requestOptions,
	headers: { ...requestOptions.headers, Authorization: `Bearer ${credentials.token as string}` },
});

/**
 * A credential type with `baseUrl`, `key` (default `default key`) and a hidden, expirable `token`
 * that by default comes from `POST {baseUrl}/token`. Its test is `GET {baseUrl}/me`.
 */
export function createExampleCredential({
	fetchToken = fetchFromServer,
	authenticate = sendToken,
}: { fetchToken?: FetchToken; authenticate?: IAuthenticate } = {}): ICredentialType {
	return {
		name: EXAMPLE_CREDENTIAL_TYPE,
		displayName: 'Example API',
		properties: [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'Key', name: 'key', type: 'string', default: 'default key' },
			{
				displayName: 'Token',
				name: 'token',
				type: 'hidden',
				typeOptions: { expirable: true, password: true },
				default: '',
			},
		],
		preAuthentication: fetchToken,
		authenticate,
		test: {
			request: { baseURL: '={{ $credentials.baseUrl }}', url: '/me' },
			rules: [
				{ type: 'responseCode', properties: { value: 403, message: 'The key has no rights' } },
			],
		},
	};
}

/** Asks the server of the credential for a token, with the key. */
export async function fetchFromServer(
	this: IHttpRequestHelper,
	{ baseUrl, key }: ICredentialDataDecryptedObject,
): Promise<{ token: string }> {
	return this.helpers.httpRequest({
		method: 'POST',
		url: `${baseUrl as string}/token`,
		body: { key },
	}) as Promise<{ token: string }>;
}

const servers: LocalServer[] = [];

afterEach(async () => {
	await Promise.all(servers.splice(0).map(async (server) => server.close()));
});

/** A local server that is closed after the test. */
export async function serve(respond: Respond): Promise<LocalServer> {
	const server = await startLocalServer(respond);
	servers.push(server);
	return server;
}

/** Answers the token call with the tokens `T1`, `T2`, ... and everything else as given. */
export async function serveApi(respond: Respond = () => ({ body: {} })): Promise<LocalServer> {
	let tokens = 0;
	return serve((request) =>
		request.path === '/token' ? { body: { token: `T${++tokens}` } } : respond(request),
	);
}

/** An engine with the example credential under the ID `main`. */
export function createExampleEngine({
	node = echo,
	credential = { baseUrl: 'http://unused.test' },
	...settings
}: { node?: INodeType; credential?: StoredCredential['data'] } & EngineSettings) {
	return createEngine({
		nodeTypes: { [EXAMPLE_NODE_TYPE]: node },
		credentialTypes: [createExampleCredential()],
		credentials: { main: { type: EXAMPLE_CREDENTIAL_TYPE, data: credential } },
		...settings,
	});
}

/** The example node in a workflow. */
export const example = (settings: Partial<TestNode> = {}): TestNode => ({
	type: EXAMPLE_NODE_TYPE,
	credentials: { [EXAMPLE_CREDENTIAL_TYPE]: 'main' },
	...settings,
});

/** Gives back the reference of every item. */
export const echo = createExampleNode(async function () {
	const items = this.getInputData();
	return [
		items.map((_item, item) => ({
			json: { ref: this.getNodeParameter('ref', item) as string },
			pairedItem: { item },
		})),
	];
});

/** Posts every item's reference to the URL, one after the other, and gives back the answers. */
export const post = createExampleNode(async function () {
	const output: INodeExecutionData[] = [];
	for (let item = 0; item < this.getInputData().length; item++) {
		const answer = await callExampleApi(this, {
			method: 'POST',
			url: this.getNodeParameter('url', item) as string,
			body: { ref: this.getNodeParameter('ref', item) as string },
		});
		output.push({ json: answer as IDataObject, pairedItem: { item } });
	}
	return [output];
});

/** The `json` of the items. */
export const json = (items: INodeExecutionData[]) => items.map((item) => item.json);
/** The Authorization headers of the requests to a path. */
export const authorizations = ({ requests }: LocalServer, path: string) =>
	requests.filter((request) => request.path === path).map(({ headers }) => headers.authorization);

const webhooks: Webhook[] = [];

afterEach(async () => {
	await Promise.all(webhooks.splice(0).map(async (webhook) => webhook.close()));
});

/** The trigger behind a server that is closed after the test. */
export async function listen(
	trigger: INodeType,
	{ isTest, generation }: { isTest?: boolean; generation?: Generation } = {},
): Promise<Webhook> {
	const nodeTypes = { [EXAMPLE_TRIGGER_TYPE]: trigger };
	const engine = createExampleEngine({ nodeTypes, generation });
	const webhook = await engine.openWebhook({
		node: example({ type: EXAMPLE_TRIGGER_TYPE }),
		isTest,
	});
	webhooks.push(webhook);
	return webhook;
}

/** Posts a body as JSON, byte for byte as given. */
export const deliver = async (url: string, body: string): Promise<Response> =>
	fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
