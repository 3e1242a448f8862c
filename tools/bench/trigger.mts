import { randomUUID } from 'node:crypto';
import { Agent, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { StoredCredential } from '../n8n/credential.mts';
import { mainRelease } from '../n8n/releases.mts';
import type { N8nApi } from '../n8n/rest.mts';
import { activateWorkflow, importWorkflow, type WorkflowNode } from '../n8n/workflow.mts';
import { Cleanup } from '../support/cleanup.mts';
import { formatTable } from '../support/format.mts';
import { median } from './median.mts';
import { serveStub, startRealN8n } from './realN8n.mts';

const SENDERS = 8;
const DELIVERIES = 48;
const ROUNDS = 7;
const SETTLEMENT = 500;
/** Calls that the sender has open at the same time on a settlement day. */
const OPEN_CALLS = 50;
const SECRET = 'a-long-shared-secret-of-the-benchmark';
/** The benchmark sends more a minute than is looked up by default. */
const UNLIMITED = { maxLookups: 1_000_000 };
const READY_LIMIT_MS = 30_000;

/**
 * A trigger as small as one can be, in its current form: what n8n itself takes for a delivery. A safe
 * one reads a secret from its credential, and has n8n store that it has seen the event. An asking one
 * makes two calls, as many as it takes to confirm an event.
 */
const BARE_TRIGGER = `
async function beSafe(context) {
	await context.getCredentials('imburseApi');
	const { workflow } = context;
	workflow.overrideStaticData({ ...workflow.staticData });
	const stored = context.getWorkflowStaticData('node');
	stored.seen = { ...stored.seen, [Math.random()]: Date.now() };
}

class Bare {
	constructor() {
		this.description = {
			displayName: 'Bare Trigger', name: 'bareTrigger', group: ['trigger'], version: 1,
			description: 'Starts the workflow with what it is sent', defaults: { name: 'Bare Trigger' },
			inputs: [], outputs: ['main'], credentials: [{ name: 'imburseApi', required: false }],
			properties: [
				{ displayName: 'Is Safe', name: 'isSafe', type: 'boolean', default: false },
				{ displayName: 'Asks', name: 'asks', type: 'string', default: '' },
			],
			webhooks: [{ name: 'default', httpMethod: 'POST', path: 'webhook', responseMode: 'onReceived', responseData: 'noData' }],
		};
		this.webhookMethods = { default: {
			async checkExists() { return true; }, async create() { return true; }, async delete() { return true; },
		} };
	}
	async webhook() {
		if (this.getNodeParameter('isSafe')) await beSafe(this);
		const url = this.getNodeParameter('asks');
		for (let calls = 0; url && calls < 2; calls++) await this.helpers.httpRequest({ url });
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}
exports.BareTrigger = Bare;
`;

interface Contender {
	name: string;
	node: Omit<WorkflowNode, 'name'>;
	headers?: Record<string, string>;
	query?: string;
	/** Behind `/webhook/<id>`. */
	path?: string;
}

/** Deliveries a second of a real n8n: this trigger beside what people would use in its place. */
export async function triggerSpeed(): Promise<string> {
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	try {
		const { api, url, credential, header, stub } = await startContest(cleanup);
		const contenders = contendersFor(credential, header, stub);
		const targets: Array<{ contender: Contender; address: string; rates: number[] }> = [];
		for (const contender of contenders) {
			const address = await activate(api, url, contender);
			await flood(address, contender, SENDERS);
			targets.push({ contender, address, rates: [] });
		}
		for (let round = 0; round < ROUNDS; round++) {
			for (const { address, contender, rates } of targets) {
				rates.push(DELIVERIES / (await flood(address, contender, DELIVERIES)));
			}
		}
		const bare = median(targets[0]?.rates ?? []);
		const rows = targets.map(({ contender, rates }) => [
			contender.name,
			median(rates).toFixed(1),
			(median(rates) / bare).toFixed(2),
		]);
		const title = `Deliveries a second, ${SENDERS} senders, n8n ${mainRelease.version} (median of ${ROUNDS} rounds in turns)`;
		console.log(formatTable(title, ['', 'a second', 'against a bare trigger'], rows));
		return await settlementDay(api, url, credential);
	} finally {
		await cleanup.finish();
	}
}

/** Many payments settle at once: one call for each, all options at their defaults. */
async function settlementDay(
	api: N8nApi,
	url: string,
	credential: StoredCredential,
): Promise<string> {
	const contender = imburse('settlement day', credential, {});
	const address = await activate(api, url, contender);
	const started = performance.now();
	const statuses: number[] = [];
	let next = 0;
	const send = async () => {
		while (next < SETTLEMENT) statuses.push(await post(address, contender, next++));
	};
	await Promise.all(Array.from({ length: OPEN_CALLS }, send));
	const seconds = (performance.now() - started) / 1000;
	const taken = statuses.filter((status) => status === 200).length;
	const title = `Settlement day: ${SETTLEMENT} events at once, every option at its default`;
	const row = [String(taken), String(SETTLEMENT - taken), `${seconds.toFixed(1)} s`];
	return formatTable(title, ['taken and confirmed', 'refused', 'time'], [row]);
}

async function startContest(cleanup: Cleanup) {
	const stub = await serveStub(cleanup, settledImburse);
	const extensions = { 'BareTrigger.node.js': BARE_TRIGGER };
	const n8n = await startRealN8n(cleanup, { extensions, stub, webhookSecret: SECRET });
	const { id } = await n8n.api.post<{ id: string }>('/credentials', {
		name: 'Header',
		type: 'httpHeaderAuth',
		data: { name: 'X-Webhook-Secret', value: SECRET },
	});
	return { ...n8n, stub, header: { id, name: 'Header' } };
}

/** An Imburse that has settled every instruction, and answers at once. */
function settledImburse(incoming: IncomingMessage, response: ServerResponse): void {
	const [, orderRef, instructionRef] =
		/order-management\/([^/]+)(?:\/instruction\/([^/]+))?$/.exec(incoming.url ?? '') ?? [];
	const expires = new Date(Date.now() + 3_600_000).toISOString();
	const body = instructionRef
		? { orderRef, instructionRef, status: 'SETTLED', amount: '210.10', currency: 'EUR' }
		: orderRef
			? { orderRef, metadata: { claim: orderRef } }
			: { accessToken: 'token', expires };
	response
		.writeHead(orderRef ? 200 : 201, { 'content-type': 'application/json' })
		.end(JSON.stringify(body));
}

function contendersFor(
	credential: StoredCredential,
	header: { id: string; name: string },
	stub: string,
): Contender[] {
	const unconfirmed = { confirm: false };
	const inHeader = { verification: 'secretInHeader' };
	return [
		bare('a bare trigger', {}),
		bare('a safe one: reads a credential, stores each event', { isSafe: true }, credential),
		bare('an asking one: makes two calls', { asks: `${stub}/order-management/CLAIM-1` }),
		builtIn('n8n’s Webhook node', {}),
		{
			...builtIn('n8n’s Webhook node, header authentication', { authentication: 'headerAuth' }),
			headers: { 'X-Webhook-Secret': SECRET },
		},
		imburse('Imburse Trigger, secret in a header, Confirm off', credential, {
			...inHeader,
			...unconfirmed,
		}),
		imburse('Imburse Trigger, secret in the URL, Confirm off', credential, unconfirmed),
		imburse('Imburse Trigger, Confirm on', credential, { options: UNLIMITED }),
		imburse('the same, version 1', credential, { options: UNLIMITED }, 1),
	].map((contender) =>
		contender.node.parameters.authentication === 'headerAuth'
			? { ...contender, node: { ...contender.node, credentials: { httpHeaderAuth: header } } }
			: contender,
	);
}

function bare(
	name: string,
	parameters: Record<string, unknown>,
	credential?: StoredCredential,
): Contender {
	const credentials = credential && { imburseApi: { id: credential.id, name: credential.name } };
	return { name, node: { type: 'CUSTOM.bareTrigger', typeVersion: 1, parameters, credentials } };
}

function builtIn(name: string, parameters: Record<string, unknown>): Contender {
	const path = randomUUID();
	const node = {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, ...parameters },
	};
	return { name, node, path };
}

function imburse(
	name: string,
	{ id, name: credential }: StoredCredential,
	parameters: Record<string, unknown>,
	typeVersion = 1.1,
): Contender {
	const node = {
		type: 'n8n-nodes-imburse.imburseTrigger',
		typeVersion,
		parameters,
		credentials: { imburseApi: { id, name: credential } },
	};
	const headers = { 'X-Webhook-Secret': SECRET };
	return { name, node, headers, query: `?secret=${SECRET}` };
}

/** Resolves to the address, when n8n lets deliveries in. */
async function activate(api: N8nApi, url: string, contender: Contender): Promise<string> {
	const webhookId = contender.path ?? randomUUID();
	const id = await importWorkflow(api, {
		name: contender.name,
		nodes: [
			{ id: randomUUID(), name: 'Trigger', position: [0, 0], webhookId, ...contender.node },
			{
				id: randomUUID(),
				name: 'Next',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				parameters: {},
				position: [220, 0],
			},
		],
		connections: { Trigger: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
	});
	await activateWorkflow(api, id);
	const path = contender.path ?? `${webhookId}/webhook`;
	const address = `${url}/webhook/${path}${contender.query ?? ''}`;
	const deadline = Date.now() + READY_LIMIT_MS;
	while ((await post(address, contender, 0)) !== 200) {
		if (Date.now() > deadline) throw new Error(`${contender.name}: n8n lets no delivery in.`);
	}
	return address;
}

/** Sends so many deliveries by all senders. Resolves to the seconds that it took. */
async function flood(address: string, contender: Contender, count: number): Promise<number> {
	let next = 0;
	const started = performance.now();
	const send = async () => {
		while (next < count) {
			const status = await post(address, contender, next++);
			if (status !== 200) throw new Error(`${contender.name}: answered ${status}`);
		}
	};
	await Promise.all(Array.from({ length: SENDERS }, send));
	return (performance.now() - started) / 1000;
}

/** A new connection for each call: n8n could close a kept one just when it is used again. */
const agent = new Agent({ keepAlive: false });

/** Resolves to the status of one delivery about an instruction that nobody has heard of before. */
async function post(address: string, { headers }: Contender, index: number): Promise<number> {
	const body = JSON.stringify({
		eventType: 'INSTRUCTION_SETTLED',
		orderRef: `CLAIM-${randomUUID()}`,
		instructionRef: `I-${index}`,
		status: 'SETTLED',
	});
	return await new Promise((resolve, reject) => {
		const options = {
			method: 'POST',
			agent,
			headers: { 'content-type': 'application/json', ...headers },
		};
		request(address, options, (response) => {
			response.resume();
			response.once('end', () => resolve(response.statusCode ?? 0));
		})
			.once('error', reject)
			.end(body);
	});
}
