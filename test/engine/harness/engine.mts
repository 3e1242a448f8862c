import { WorkflowExecute } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeCredentialTestResult,
	INodeType,
	IVersionedNodeType,
	IWorkflowBase,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { AGENT_TYPE, createAgent, createDirectCaller, type ToolAnswer } from './agentNode.mts';
import { createAdditionalData } from './additionalData.mts';
import { prepareContainer } from './container.mts';
import { ModelCredentialsHelper, type Generation } from './credentialsHelper.mts';
import { CredentialStore, type StoredCredential } from './credentialStore.mts';
import { testCredential } from './credentialTester.mts';
import { createLegacyHttpRequest, LEGACY_HTTP_REQUEST_TYPE } from './legacyHttpRequest.mts';
import { ObservedNodeTypes } from './nodeTypes.mts';
import { recordRun } from './runResult.mts';
import type { NodeResult, RowResult, Running, WorkflowResult } from './runResult.mts';
import { SecretWatch } from './secretWatch.mts';
import { createStartNode, START_NODE_NAME, START_NODE_TYPE } from './startNode.mts';
import {
	connectInARow,
	createRow,
	createToolWorkflow,
	createWorkflow,
	DEFAULT_NODE_NAME,
	toNode,
	type TestNode,
} from './workflow.mts';
import { Webhook } from './webhook.mts';

export interface EngineSettings {
	/** Node types by their full name, e.g. `{ 'n8n-nodes-imburse.imburse': new Imburse() }`. */
	nodeTypes?: Record<string, INodeType | IVersionedNodeType>;
	credentialTypes?: ICredentialType[];
	/** The stored credentials by their ID. */
	credentials?: Record<string, StoredCredential>;
	/** Whose way of saving a token and a trigger's static data is modelled; default `2`. */
	generation?: Generation;
	/** Time zone of the workflow; default `UTC`. */
	timezone?: string;
	/**
	 * Secrets that stand in no credential, asked for after every run. Neither these nor anything that
	 * was ever stored in a password field may stand in what a run leaves behind.
	 */
	secrets?: () => Iterable<string>;
}

interface RunInput {
	/** The `json` of the items that enter the first node; default one empty item. */
	items?: IDataObject[];
	/** `manual` (default) is a click on "Execute workflow", `trigger` a run in production. */
	mode?: WorkflowExecuteMode;
	/** Whether the run is told to put this secret out. */
	isAskedFor?: (secret: string) => boolean;
}

export interface NodeRunInput extends RunInput {
	node: TestNode;
}

export interface RowRunInput extends RunInput {
	/** The nodes, connected in a row by their first outputs; give each a name. */
	nodes: TestNode[];
}

export interface ToolRunInput {
	/** The node; its type is the action node's full name with `Tool` at the end. */
	node: TestNode;
	/** What the model fills in at each call, to be read with `$fromAI('...')`. */
	calls: IDataObject[];
	/** What the agent is given; one empty item as long as nothing is said. */
	items?: IDataObject[];
	/** The type of a node that calls the tool by itself, in the place of an agent that has n8n run it. */
	caller?: string;
}

export interface WebhookInput {
	/** The trigger node. */
	node: TestNode;
	/** A node behind it; give it a name of its own. */
	next?: TestNode;
	isTest?: boolean;
}

/** Result of a run in which an agent called the node: see `answers` for what the model reads. */
export type ToolRunResult = NodeResult & WorkflowResult & { answers: ToolAnswer[] };

/** Result of a run with one node: what the node did, and what the run left behind. */
export type RunResult = NodeResult & WorkflowResult;

/**
 * Runs nodes in n8n-core's own `WorkflowExecute`, with the credential types' own code and real HTTP.
 *
 * Only what surrounds the engine in an n8n instance is modelled: the credentials helper with its
 * store, and the start of a run.
 */
export class Engine {
	/** The stored credentials: read counts, save counts, raw data. */
	readonly credentials: CredentialStore;

	private readonly credentialTypes: ICredentialType[];
	private readonly credentialsHelper: ModelCredentialsHelper;
	private readonly nodeTypes: Record<string, INodeType | IVersionedNodeType>;
	private readonly timezone: string;
	private readonly generation: Generation;
	private readonly secrets: SecretWatch;

	constructor(settings: EngineSettings) {
		const { credentialTypes = [], credentials = {}, generation = '2' } = settings;
		prepareContainer();
		this.credentialTypes = credentialTypes;
		this.generation = generation;
		this.secrets = new SecretWatch(credentialTypes, settings.secrets ?? (() => []));
		this.credentials = new CredentialStore(credentials, this.secrets);
		this.credentialsHelper = new ModelCredentialsHelper(
			credentialTypes,
			this.credentials,
			generation,
		);
		this.nodeTypes = {
			[LEGACY_HTTP_REQUEST_TYPE]: createLegacyHttpRequest(credentialTypes.map(({ name }) => name)),
			...settings.nodeTypes,
		};
		this.timezone = settings.timezone ?? 'UTC';
	}

	/** Runs one node on the items. Resolves also when the node fails: see `error` and `thrown`. */
	async run(input: NodeRunInput): Promise<RunResult> {
		return this.start(input).result;
	}

	/** Runs several nodes in a row. */
	async runRow(input: RowRunInput): Promise<RowResult> {
		return this.startRow(input).result;
	}

	/** As `run`, for a test that stops the run in flight. */
	start({ node, ...input }: NodeRunInput): Running<RunResult> {
		const { stop, result } = this.startRow({ nodes: [node], ...input });
		return { stop, result: result.then((row) => this.flatten(row, node)) };
	}

	/** As `runRow`, for a test that stops the run in flight. */
	startRow({ nodes, items = [{}], mode = 'manual', isAskedFor }: RowRunInput): Running<RowResult> {
		const nodeTypes = new ObservedNodeTypes({
			...this.nodeTypes,
			[START_NODE_TYPE]: createStartNode(items),
		});
		const workflow = createRow(nodes, nodeTypes, this.timezone);
		return this.execute(workflow, nodeTypes, mode, isAskedFor);
	}

	/** Lets an AI agent call the node, once per entry of `calls`, within one execution. */
	async runTool({ node, calls, items = [{}], caller }: ToolRunInput): Promise<ToolRunResult> {
		let answers: ToolAnswer[] = [];
		const onAnswers = (all: ToolAnswer[]) => (answers = all);
		const agent = caller
			? createDirectCaller(calls, onAnswers)
			: createAgent(node.name ?? DEFAULT_NODE_NAME, calls, onAnswers);
		const type = caller ?? AGENT_TYPE;
		const nodeTypes = new ObservedNodeTypes({
			...this.nodeTypes,
			[START_NODE_TYPE]: createStartNode(items),
			[type]: agent,
		});
		const workflow = createToolWorkflow(node, type, nodeTypes, this.timezone);
		const result = await this.execute(workflow, nodeTypes, 'manual').result;
		return { ...this.flatten(result, node), answers };
	}

	/**
	 * Puts a trigger node behind a real HTTP server; call its `url`, and `close` it in the end.
	 * `isTest` is "Listen for test event" in the editor, of which n8n keeps no static data.
	 */
	async openWebhook({ node, next, isTest = false }: WebhookInput): Promise<Webhook> {
		const nodeTypes = new ObservedNodeTypes(this.nodeTypes);
		const trigger = { ...toNode(node, 0, nodeTypes), webhookId: 'harness' };
		const row = [trigger, ...(next ? [toNode(next, 1, nodeTypes)] : [])];
		const webhook = new Webhook({
			workflow: createWorkflow(row, connectInARow(row), this.timezone),
			node: trigger,
			nodeTypes,
			credentialsHelper: this.credentialsHelper,
			secrets: this.secrets,
			generation: this.generation,
			isTest,
		});
		await webhook.open();
		return webhook;
	}

	/**
	 * What the credential dialog shows when it tests the credential, with the fields that the user
	 * changed in the dialog, if any.
	 */
	async testCredential(
		id: string,
		changed: ICredentialDataDecryptedObject = {},
	): Promise<INodeCredentialTestResult> {
		const type = this.credentialTypes.find(({ name }) => name === this.credentials.typeOf(id));
		if (!type) throw new Error(`The engine was not given the type of credential "${id}"`);
		const data = { ...this.credentials.peek(id), ...changed };
		this.secrets.learn(type.name, data);
		const result = await testCredential({ type, id, data }, this.credentialsHelper);
		this.secrets.assertHidden({ 'result of the test': JSON.stringify(result) });
		return result;
	}

	private execute(
		stored: IWorkflowBase,
		nodeTypes: ObservedNodeTypes,
		mode: WorkflowExecuteMode,
		isAskedFor?: (secret: string) => boolean,
	): Running<RowResult> {
		const additionalData = createAdditionalData(this.credentialsHelper, stored, mode);
		const workflow = new Workflow({ ...stored, nodeTypes });
		const startNode = workflow.nodes[START_NODE_NAME];
		return recordRun(
			additionalData,
			nodeTypes,
			() => new WorkflowExecute(additionalData, mode).run({ workflow, startNode }),
			(traces) => this.secrets.assertHidden(traces, isAskedFor),
		);
	}

	private flatten({ node, ...rest }: RowResult, { name = DEFAULT_NODE_NAME }: TestNode): RunResult {
		return { ...rest, ...node(name) };
	}
}

/** An engine of its own, with its own store of credentials. */
export function createEngine(settings: EngineSettings): Engine {
	return new Engine(settings);
}
