import { jest } from '@jest/globals';
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { ImburseApi } from '../../../credentials/ImburseApi.credentials.ts';
import { Imburse } from '../../../nodes/Imburse/Imburse.node.ts';
import { ImburseTrigger } from '../../../nodes/Imburse/ImburseTrigger.node.ts';
import {
	startSandbox,
	type DestinationSettings,
	type RunningSandbox,
	type SandboxOptions,
} from '../../../sandbox/index.mts';
import { listenToLog } from '../harness/log.mts';
import {
	createEngine,
	type Engine,
	type Generation,
	type TestNode,
	type Webhook,
} from '../harness/index.mts';
import { CREDENTIAL_ID, credentialFor, NODE_TYPE } from './imburse.mts';

export const TRIGGER_TYPE = 'n8n-nodes-imburse.imburseTrigger';
export const SHARED_SECRET = 'a-long-shared-secret-of-our-own';
export const VERIFICATION_KEY = 'the-verification-key-of-the-portal';
const FAILING_TYPE = 'harness.failing';

export interface TriggerSettings {
	parameters?: INodeParameters;
	credential?: IDataObject;
	sandbox?: Partial<SandboxOptions>;
	isTest?: boolean;
	/** Which n8n is modelled; default `2`. */
	generation?: Generation;
	/** Called in each run by the node behind the trigger: whether that node fails. */
	fails?: () => Promise<boolean>;
	/** Whether the workflow is activated before the test begins; it is by default. */
	isActive?: boolean;
}

/** The trigger in n8n's engine, with a sandbox that can call it, and the action node beside it. */
export interface TriggerOnEngine {
	sandbox: RunningSandbox;
	engine: Engine;
	webhook: Webhook;
	/** Warnings in n8n's log since the trigger was started. */
	log: () => string[];
	/** The trigger's URL with the shared secret. */
	url: string;
	/** The items that started the workflow, for each run. */
	runs: () => IDataObject[][];
	/** Posts a body as it is, by default to the URL with the secret. */
	post: (
		body: unknown,
		settings?: { url?: string; headers?: Record<string, string> },
	) => Promise<Response>;
	/** Makes the sandbox send its events here. */
	listen: (settings?: Partial<DestinationSettings>) => void;
	/** Creates an order with instructions through the action node. */
	createOrder: (
		orderRef: string,
		instructionRefs?: string[],
		metadata?: IDataObject,
	) => Promise<void>;
	/** From now on the trigger runs as in a new process. */
	restart: () => void;
	stop: () => Promise<void>;
}

export async function startTrigger(settings: TriggerSettings = {}): Promise<TriggerOnEngine> {
	const sandbox = await startSandbox(settings.sandbox);
	let currentTrigger = new ImburseTrigger();
	const engine = createEngine({
		generation: settings.generation,
		nodeTypes: {
			[TRIGGER_TYPE]: delegatingTrigger(() => currentTrigger),
			[NODE_TYPE]: new Imburse(),
			[FAILING_TYPE]: failingNode(settings.fails ?? (async () => false)),
		},
		credentialTypes: [new ImburseApi()],
		credentials: {
			[CREDENTIAL_ID]: {
				type: 'imburseApi',
				data: {
					...credentialFor(sandbox),
					webhookSharedSecret: SHARED_SECRET,
					webhookVerificationKey: VERIFICATION_KEY,
					...settings.credential,
				},
			},
		},
	});
	const webhook = await engine.openWebhook({
		node: {
			type: TRIGGER_TYPE,
			name: `Trigger ${uniqueName()}`,
			credentials: { imburseApi: CREDENTIAL_ID },
			parameters: settings.parameters,
		},
		next: { type: FAILING_TYPE, name: 'Next' },
		isTest: settings.isTest,
	});
	if (settings.isActive !== false) await webhook.activate();
	const logLines = listenToLog();
	const url = `${webhook.url}?secret=${SHARED_SECRET}`;
	return {
		sandbox,
		engine,
		webhook,
		url,
		log: () => logLines().filter((line) => line.startsWith('warn')),
		runs: () =>
			webhook.deliveries.flatMap(({ items, run }) => (items && run ? [jsonOf(items)] : [])),
		post: async (body, { url: target = url, headers = {} } = {}) =>
			await fetch(target, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: typeof body === 'string' ? body : JSON.stringify(body),
			}),
		listen: (destination = {}) => {
			sandbox.webhooks.addDestination({ url, redelivery: [], ...destination });
		},
		createOrder: async (orderRef, instructionRefs = ['I-1'], metadata = {}) =>
			await createOrder(engine, sandbox, orderRef, instructionRefs, metadata),
		restart: () => (currentTrigger = freshTrigger()),
		stop: async () => {
			await webhook.close();
			await sandbox.stop();
		},
	};
}

function delegatingTrigger(current: () => ImburseTrigger): INodeType {
	const { description, webhookMethods } = current();
	return {
		description,
		webhookMethods,
		async webhook() {
			return await current().webhook.call(this);
		},
	};
}

/** The modules hold the state of a process, so another process is another copy of the modules. */
function freshTrigger(): ImburseTrigger {
	let fresh: ImburseTrigger | undefined;
	jest.isolateModules(() => {
		const path = '../../../nodes/Imburse/ImburseTrigger.node.ts';
		const module = jest.requireActual<{ ImburseTrigger: typeof ImburseTrigger }>(path);
		fresh = new module.ImburseTrigger();
	});
	return fresh!;
}

/** A process keeps its state by the trigger, so each trigger needs a name of its own. */
let triggers = 0;
const uniqueName = () => String(++triggers);

const jsonOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json);

async function createOrder(
	engine: Engine,
	sandbox: RunningSandbox,
	orderRef: string,
	instructionRefs: string[],
	metadata: IDataObject,
): Promise<void> {
	const node: TestNode = {
		type: NODE_TYPE,
		credentials: { imburseApi: CREDENTIAL_ID },
		parameters: {
			resource: 'paymentOrder',
			operation: 'create',
			orderRef,
			metadataInputMode: 'json',
			metadataJson: JSON.stringify(metadata),
			instructionsInputMode: 'json',
			instructionsJson: JSON.stringify(
				instructionRefs.map((instructionRef) => ({
					instructionRef,
					customerRef: 'C-1',
					direction: 'CREDIT',
					amount: '210.10',
					currency: 'EUR',
					country: 'IE',
					schemeId: sandbox.options.schemeIds.payout,
					metadata: { claimNumber: `${orderRef}/${instructionRef}` },
				})),
			),
		},
	};
	const run = await engine.run({ node });
	if (run.status !== 'success') throw new Error(run.error?.message);
}

function failingNode(fails: () => Promise<boolean>) {
	return {
		description: {
			displayName: 'Next',
			name: FAILING_TYPE,
			group: ['transform' as const],
			version: 1,
			description: 'Fails when it is told to',
			defaults: { name: 'Next' },
			inputs: ['main' as const],
			outputs: ['main' as const],
			properties: [],
		},
		async execute() {
			if (await fails()) throw new Error('Told to fail');
			return [[{ json: {} }]];
		},
	};
}
