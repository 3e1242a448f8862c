import { HookContext, WebhookContext, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WebhookSetupMethodNames,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type express from 'express';
import { createAdditionalData } from './additionalData.mts';
import type { Generation, ModelCredentialsHelper } from './credentialsHelper.mts';
import type { ObservedNodeTypes } from './nodeTypes.mts';
import { recordRun, type RowResult } from './runResult.mts';
import type { SecretWatch } from './secretWatch.mts';
import { startWebhookServer } from './webhookServer.mts';

/** What one call of the webhook led to. */
export interface Delivery {
	/** What the node returned; absent when it threw. */
	returned?: IWebhookResponseData;
	/** What the node threw. */
	thrown?: Error;
	/** The items with which the workflow was started; absent when it was not started. */
	items?: INodeExecutionData[];
	/** The run that the call started. */
	run?: Promise<RowResult>;
}

interface WebhookSettings {
	/** The workflow, which begins with the trigger. */
	workflow: IWorkflowBase;
	node: INode;
	nodeTypes: ObservedNodeTypes;
	credentialsHelper: ModelCredentialsHelper;
	secrets: SecretWatch;
	/** Whose way of building the workflow and of storing its static data is modelled. */
	generation: Generation;
	/** A test run of the editor ("Listen for test event") in place of an active workflow. */
	isTest: boolean;
}

/**
 * A trigger node behind a real HTTP server, in the hands of n8n-core's own `WebhookContext` and
 * `HookContext`. Modelled is what n8n does around them: routing, body parsing, the answer to the
 * caller, starting the workflow, and keeping the static data.
 */
export class Webhook {
	/** The calls so far, in the order in which the node had dealt with them. */
	readonly deliveries: Delivery[] = [];

	/** So many more workflows cannot be started, as when the queue or the database is gone. */
	startFailures = 0;

	private baseUrl = '';
	private stopListening = async () => {};
	/** As JSON, as in n8n's database: null until something is stored. */
	private savedStaticData = 'null';

	constructor(private readonly settings: WebhookSettings) {}

	/** The URL to call, as `getNodeWebhookUrl('default')` gives it to the node. */
	get url(): string {
		const webhook = this.webhooks(this.createRun()).find(
			({ webhookDescription }) => webhookDescription.name === 'default',
		);
		if (!webhook) throw new Error('The trigger describes no webhook with the name "default"');
		return `${this.baseUrl}${this.prefix}/${webhook.path}`;
	}

	/** What n8n has stored of `getWorkflowStaticData('node')`; a copy. */
	get staticData(): IDataObject {
		const stored = this.loadStaticData() as Record<string, IDataObject | undefined> | null;
		return stored?.[`node:${this.settings.node.name}`] ?? {};
	}

	/** Starts the server. */
	async open(): Promise<void> {
		const { url, close } = await startWebhookServer(async (...call) => this.receive(...call));
		this.baseUrl = url;
		this.stopListening = close;
	}

	/** Stops the server, when all runs have come to their end. */
	async close(): Promise<void> {
		await Promise.all(this.deliveries.map(async ({ run }) => run));
		await this.stopListening();
	}

	/** What n8n does when the workflow is activated: `checkExists`, and `create` when it answers no. */
	async activate(): Promise<void> {
		const run = this.createRun();
		for (const webhook of this.webhooks(run)) {
			const exists = await this.callMethod('checkExists', webhook, run);
			if (!exists) await this.callMethod('create', webhook, run);
		}
		this.saveStaticData(run.workflow);
	}

	/** What n8n does when the workflow is deactivated: `delete`. */
	async deactivate(): Promise<void> {
		const run = this.createRun();
		for (const webhook of this.webhooks(run)) {
			await this.callMethod('delete', webhook, run);
		}
		this.saveStaticData(run.workflow);
	}

	private get mode(): WorkflowExecuteMode {
		return this.settings.isTest ? 'manual' : 'webhook';
	}

	private get prefix(): string {
		return this.settings.isTest ? '/webhook-test' : '/webhook';
	}

	/** The workflow and its surroundings, loaded anew as n8n does for every call. */
	private createRun() {
		const { workflow: stored, credentialsHelper } = this.settings;
		const staticData = this.loadStaticData();
		const additionalData: IWorkflowExecuteAdditionalData = {
			...createAdditionalData(credentialsHelper, stored, this.mode),
			webhookBaseUrl: `${this.baseUrl}/webhook`,
			webhookTestBaseUrl: `${this.baseUrl}/webhook-test`,
		};
		return { workflow: this.build(staticData), staticData, additionalData };
	}

	private loadStaticData(): IDataObject | null {
		return JSON.parse(this.savedStaticData) as IDataObject | null;
	}

	private build(staticData: IDataObject | null): Workflow {
		const { workflow: stored, nodeTypes } = this.settings;
		return new Workflow({ ...stored, nodeTypes, staticData: staticData ?? undefined });
	}

	/** The webhooks that the node describes. */
	private webhooks({ workflow, additionalData }: Run): IWebhookData[] {
		const { node, nodeTypes, isTest } = this.settings;
		const { webhooks = [] } = nodeTypes.getByNameAndVersion(
			node.type,
			node.typeVersion,
		).description;
		const evaluate = (value: string | boolean | undefined) =>
			workflow.expression.getSimpleParameterValue(node, value, this.mode, {});
		return webhooks.map((description) => ({
			httpMethod: evaluate(description.httpMethod) as IWebhookData['httpMethod'],
			node: node.name,
			path: NodeHelpers.getNodeWebhookPath(
				workflow.id,
				node,
				evaluate(description.path) as string,
				evaluate(description.isFullPath) === true,
			),
			webhookDescription: description,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
			isTest,
		}));
	}

	private async callMethod(
		method: WebhookSetupMethodNames,
		webhook: IWebhookData,
		{ workflow, additionalData }: Run,
	): Promise<boolean | undefined> {
		const { node, nodeTypes, isTest } = this.settings;
		const type = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const [mode, activation] = setupModes(method, isTest);
		const context = new HookContext(workflow, node, additionalData, mode, activation, webhook);
		return type.webhookMethods?.[webhook.webhookDescription.name as 'default']?.[method]?.call(
			context,
		);
	}

	/**
	 * Deals with one call: the node first, then the workflow, then the answer. n8n 1 answers before it
	 * starts a workflow whose end nobody waits for.
	 */
	private async receive(request: express.Request, response: express.Response): Promise<void> {
		const run = this.createRun();
		Object.assign(run.additionalData, { httpRequest: request, httpResponse: response });
		request.params = {};
		const webhook = this.webhooks(run).find(
			({ httpMethod, path }) =>
				httpMethod === request.method && request.path === `${this.prefix}/${path}`,
		);
		if (!webhook) {
			response.status(404).json({ message: 'The requested webhook is not registered.' });
			return;
		}

		const delivery = await this.runWebhook(webhook, run);
		this.deliveries.push(delivery);
		if (delivery.thrown) {
			throw new Error('Workflow Webhook Error: Workflow could not be started!');
		}
		const waitsForEnd = this.waitsForEnd(webhook);
		const answersFirst = this.settings.generation === '1' && !waitsForEnd;
		if (!answersFirst) this.start(delivery, run);
		const hasFailed = waitsForEnd && (await delivery.run)?.status === 'error';
		this.saveStaticData(run.workflow);
		if (hasFailed) response.status(500).json({ message: 'Error in workflow' });
		else answer(response, webhook, delivery);
		if (answersFirst) this.start(delivery, run);
	}

	private start(delivery: Delivery, run: Run): void {
		if (!delivery.items) return;
		// n8n 2 builds a workflow over the loaded static data to set up the context of the run, and so
		// marks the data as unchanged before it stores them.
		if (this.settings.generation === '2') this.build(run.staticData);
		if (this.startFailures > 0) {
			this.startFailures--;
			throw new Error('There was a problem executing the workflow');
		}
		delivery.run = this.startWorkflow(delivery, run);
	}

	private waitsForEnd({ webhookDescription }: IWebhookData): boolean {
		const { workflow } = this.createRun();
		const { node } = this.settings;
		const { responseMode } = webhookDescription;
		const mode = workflow.expression.getSimpleParameterValue(node, responseMode, this.mode, {});
		return mode === 'lastNode';
	}

	private async runWebhook(
		webhook: IWebhookData,
		{ workflow, additionalData }: Run,
	): Promise<Delivery> {
		const { node, nodeTypes } = this.settings;
		const type = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		if (!type.webhook) throw new Error(`The node "${node.name}" has no webhook`);
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			this.mode,
			webhook,
			[],
			null,
		);
		try {
			const returned = await type.webhook.call(context);
			return { returned, items: returned.workflowData?.[0] };
		} catch (error) {
			return { thrown: error as Error };
		}
	}

	private async startWorkflow({ items = [] }: Delivery, { additionalData }: Run) {
		// Both load the static data anew for the run.
		const workflow = this.build(this.loadStaticData());
		const { node, nodeTypes } = this.settings;
		const nodeExecutionStack = [{ node, data: { main: [items] }, source: null }];
		const data = createRunExecutionData({ executionData: { nodeExecutionStack } });
		const result = await recordRun(
			additionalData,
			nodeTypes,
			() => new WorkflowExecute(additionalData, this.mode, data).processRunExecutionData(workflow),
			(traces) => this.settings.secrets.assertHidden(traces),
		).result;
		this.saveStaticData(workflow);
		return result;
	}

	/** Of test runs n8n keeps none. */
	private saveStaticData({ staticData }: Workflow) {
		if (this.settings.isTest) return;
		if (staticData.__dataChanged === true) this.savedStaticData = JSON.stringify(staticData);
	}
}

interface Run {
	workflow: Workflow;
	/** What the workflow was built over. */
	staticData: IDataObject | null;
	additionalData: IWorkflowExecuteAdditionalData;
}

/** The modes in which n8n calls a webhook method. */
function setupModes(
	method: WebhookSetupMethodNames,
	isTest: boolean,
): [WorkflowExecuteMode, WorkflowActivateMode] {
	if (method === 'delete') return ['internal', 'update'];
	return isTest ? ['manual', 'manual'] : ['trigger', 'activate'];
}

/** Answers the caller, unless the node said that it does so itself. */
function answer(
	response: express.Response,
	{ webhookDescription }: IWebhookData,
	{ returned = {}, items }: Delivery,
): void {
	if (returned.noWebhookResponse === true) return;
	const status = Number(webhookDescription.responseCode ?? 200);
	if (items && webhookDescription.responseData === 'noData') {
		response.status(status).end();
		return;
	}
	const message = items ? 'Workflow was started' : 'Webhook call received';
	const body: unknown = returned.webhookResponse ?? { message };
	response.status(status);
	if (typeof body === 'string') response.send(body);
	else response.json(body);
}
