import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { runManually } from '../n8n/execution.mts';
import { mainRelease } from '../n8n/releases.mts';
import { importWorkflow, type WorkflowNode } from '../n8n/workflow.mts';
import { Cleanup } from '../support/cleanup.mts';
import { formatTable } from '../support/format.mts';
import { median, serveStub, startRealN8n, type RealN8n } from './realN8n.mts';

const PAYMENTS = 1_000;
const ROUNDS = 3;
const LATENCIES_MS = [0, 50];
const SCHEME_ID = 'D0000000000000000000000000000002';
const RUN_LIMIT_MS = 180_000;

/**
 * n8n's request helper in a loop, as many calls at once as the node makes at most: the least that a
 * node can take. With a form, its values are read for each item as a node reads them.
 */
const BARE_LOOP = `
class BareLoop {
	constructor() {
		this.description = {
			displayName: 'Bare Loop', name: 'bareLoop', group: ['output'], version: 1,
			description: 'Creates orders', defaults: { name: 'Bare Loop' }, inputs: ['main'], outputs: ['main'],
			properties: [
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
				{ displayName: 'Read Back', name: 'readBack', type: 'boolean', default: false },
				{ displayName: 'Values', name: 'values', type: 'fixedCollection', typeOptions: { multipleValues: true }, default: {},
					options: [{ displayName: 'Value', name: 'value', values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					] }] },
			],
		};
	}
	async execute() {
		const items = this.getInputData();
		const url = this.getNodeParameter('url', 0);
		const readBack = this.getNodeParameter('readBack', 0);
		const bodies = items.map(({ json }, index) => {
			const { value = [] } = this.getNodeParameter('values', index);
			const row = value.length > 0 ? Object.fromEntries(value.map((one) => [one.name, one.value])) : json;
			const { orderRef, claim, policy, cause, ...payment } = row;
			return { orderRef, metadata: { claim, policy, cause }, instructions: [payment] };
		});
		const headers = { authorization: 'Bearer token' };
		const output = [];
		let next = 0;
		const lane = async () => {
			while (next < bodies.length) {
				const item = next++;
				const body = bodies[item];
				await this.helpers.httpRequest({ method: 'POST', url, body, json: true, headers });
				const read = url + '/' + body.orderRef + '/instruction/' + body.instructions[0].instructionRef;
				if (readBack) await this.helpers.httpRequest({ url: read, json: true, headers });
				output[item] = { json: { orderRef: body.orderRef }, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: 50 }, lane));
		return [output];
	}
}
exports.BareLoop = BareLoop;
`;

interface Contender {
	name: string;
	node: Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;
}

/** What a sheet gives for one payment. */
function rows() {
	return Array.from({ length: PAYMENTS }, (_, index) => ({
		orderRef: `CLAIM-${index}`,
		instructionRef: `CLAIM-${index}-1`,
		customerRef: `CUST-${index}`,
		direction: 'CREDIT',
		amount: `${100 + index}.10`,
		currency: 'EUR',
		country: 'DE',
		schemeId: SCHEME_ID,
		claim: `C-${index}`,
		policy: `P-${index}`,
		cause: 'Storm',
	}));
}

const METADATA = ['claim', 'policy', 'cause'];
const PAYMENT = ['instructionRef', 'customerRef', 'direction', 'amount', 'currency', 'country'];
/** A form of ten expressions is what people map for a payment with three keys of metadata. */
const EXPRESSIONS = ['orderRef', ...PAYMENT, ...METADATA];
const expression = (name: string) => `={{ $json.${name} }}`;

/** Creates of a real n8n: the ways to fill in the form beside what people would use in its place. */
export async function formSpeed(): Promise<string> {
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	try {
		const imburse = new EchoingImburse();
		const stub = await serveStub(cleanup, imburse.listener);
		const extensions = { 'BareLoop.node.js': BARE_LOOP };
		const n8n = await startRealN8n(cleanup, { extensions, stub });
		const tables: string[] = [];
		for (const latency of LATENCIES_MS) {
			imburse.latencyMs = latency;
			tables.push(await contest(n8n, imburse, contendersFor(n8n, stub)));
		}
		return tables.join('\n\n');
	} finally {
		await cleanup.finish();
	}
}

interface Run {
	contender: Contender;
	workflow: string;
	calls: number;
	/** Milliseconds of each round: by the clock, and of the processor for the whole execution. */
	times: number[];
	processor: number[];
}

/** All contenders in turns, so that the machine is the same for all of them. */
async function contest(
	n8n: RealN8n,
	imburse: EchoingImburse,
	contenders: Contender[],
): Promise<string> {
	const runs: Run[] = [];
	for (const contender of contenders) {
		const workflow = await importContender(n8n, contender);
		const before = imburse.calls;
		await timed(n8n, contender, workflow);
		runs.push({ contender, workflow, calls: imburse.calls - before, times: [], processor: [] });
	}
	for (let round = 0; round < ROUNDS; round++) {
		for (const { contender, workflow, times, processor } of runs) {
			const begun = await n8n.processorTime();
			times.push(await timed(n8n, contender, workflow));
			processor.push((await n8n.processorTime()) - begun);
		}
	}
	const [request, loop, loopReadingBack] = runs.map(({ times }) => median(times));
	const lines = runs.map(({ contender, calls, times, processor }) => [
		contender.name,
		String(calls),
		`${median(times).toFixed(0)} ms`,
		`${Math.min(...times).toFixed(0)} ms`,
		(request! / median(times)).toFixed(2),
		(median(times) / loop!).toFixed(2),
		(median(times) / loopReadingBack!).toFixed(2),
		`${median(processor).toFixed(0)} ms`,
		(median(runs[0]!.processor) / median(processor)).toFixed(2),
	]);
	const title = `${PAYMENTS} creates, answered after ${imburse.latencyMs} ms, n8n ${mainRelease.version} (median of ${ROUNDS} rounds in turns)`;
	const head = [
		'',
		'calls',
		'time',
		'least',
		'as fast as HTTP Request',
		'time over the bare loop',
		'over the loop that reads back',
		'processor',
		'HTTP Request’s over it',
	];
	return formatTable(title, head, lines);
}

/** Resolves to the milliseconds that the node took. */
async function timed({ api }: RealN8n, { name }: Contender, workflow: string): Promise<number> {
	const execution = await runManually(api, workflow, 'Start', RUN_LIMIT_MS);
	const made = execution.output('Contender').length;
	if (execution.status !== 'success' || made !== PAYMENTS) {
		throw new Error(
			`${name}: ${execution.status}, ${made} items. ${execution.error?.slice(0, 300) ?? ''}`,
		);
	}
	return execution.milliseconds('Contender');
}

async function importContender({ api }: RealN8n, { name, node }: Contender): Promise<string> {
	return importWorkflow(api, {
		name,
		nodes: [
			{
				id: randomUUID(),
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				parameters: {},
				position: [0, 0],
			},
			{ id: randomUUID(), name: 'Contender', position: [220, 0], ...node },
		],
		connections: { Start: { main: [[{ node: 'Contender', type: 'main', index: 0 }]] } },
		pinData: { Start: rows().map((json) => ({ json })) },
	});
}

/** The first three are what the others are measured by. */
function contendersFor({ credential }: RealN8n, stub: string): Contender[] {
	const url = `${stub}/v1/order-management`;
	const credentials = { imburseApi: { id: credential.id, name: credential.name } };
	const imburse = (name: string, parameters: object, options: object = {}): Contender => {
		const form = { resource: 'paymentOrder', operation: 'create', ...parameters, options };
		return {
			name,
			node: {
				type: 'n8n-nodes-imburse.imburse',
				typeVersion: 1,
				parameters: form,
				credentials,
			},
		};
	};
	const unread = { waitUntilCreated: false };
	return [
		{ name: 'HTTP Request, 10 expressions', node: { ...httpRequest(url), credentials } },
		bareLoop('Bare loop, no form', url, {}),
		bareLoop('Bare loop, no form, reading back', url, { readBack: true }),
		bareLoop('Bare loop, 10 expressions', url, { values: VALUES }),
		imburse('Imburse, 10 expressions, Wait Until Created', fieldsForm()),
		imburse('Imburse, 10 expressions', fieldsForm(), unread),
		imburse('Imburse, columns, Wait Until Created', columnsForm()),
		imburse('Imburse, columns', columnsForm(), unread),
		imburse('Imburse, JSON and metadata of the item', jsonForm(), unread),
		imburse('Imburse, 10 expressions, Validate Only', fieldsForm(), { validateOnly: true }),
	];
}

const VALUES = { value: EXPRESSIONS.map((name) => ({ name, value: expression(name) })) };

function bareLoop(name: string, url: string, parameters: object): Contender {
	const node = { type: 'CUSTOM.bareLoop', typeVersion: 1, parameters: { url, ...parameters } };
	return { name, node };
}

function httpRequest(url: string): Contender['node'] {
	const written = (names: string[]) =>
		names.map((name) => `"${name}": "{{ $json.${name} }}"`).join(', ');
	const payment = `${written(PAYMENT)}, "schemeId": "${SCHEME_ID}"`;
	const jsonBody = `={ ${written(['orderRef'])}, "metadata": { ${written(METADATA)} }, "instructions": [{ ${payment} }] }`;
	const parameters = {
		method: 'POST',
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'imburseApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody,
		options: {},
	};
	return { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters };
}

function fieldsForm() {
	const payment = PAYMENT.map((name) => [name, expression(name)]);
	const schemeId = { __rl: true, mode: 'id', value: SCHEME_ID };
	return {
		inputMode: 'fields',
		orderRef: expression('orderRef'),
		instructions: { instruction: [{ ...Object.fromEntries(payment), schemeId }] },
		metadata: { entry: METADATA.map((key) => ({ key, value: expression(key) })) },
	};
}

function columnsForm() {
	return {
		inputMode: 'columns',
		columns: {
			orderRef: 'orderRef',
			instructionRef: 'instructionRef',
			customerRef: 'customerRef',
			amount: 'amount',
		},
		sameForAllRows: {
			direction: 'CREDIT',
			currency: 'EUR',
			country: 'DE',
			schemeId: { __rl: true, mode: 'id', value: SCHEME_ID },
		},
		metadataColumns: METADATA.join(', '),
	};
}

function jsonForm() {
	const keys = [...PAYMENT, 'schemeId'].map((name) => `${name}: $json.${name}`).join(', ');
	return {
		inputMode: 'fields',
		orderRef: expression('orderRef'),
		instructionsInputMode: 'json',
		instructionsJson: `={{ [{ ${keys} }] }}`,
		metadataInputMode: 'item',
		metadataItemFields: METADATA.join(', '),
	};
}

/** An Imburse that makes everything at once, and shows what it was told to make. */
class EchoingImburse {
	latencyMs = 0;
	calls = 0;
	private readonly orders = new Map<string, SentOrder>();

	readonly listener = (incoming: IncomingMessage, response: ServerResponse): void => {
		void this.answer(incoming, response);
	};

	private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method, url = '' } = incoming;
		const sent = await text(incoming);
		const isOrder = url.includes('/order-management');
		if (isOrder) this.calls++;
		if (isOrder && this.latencyMs > 0) await delay(this.latencyMs);
		if (isOrder && method === 'POST') {
			const order = JSON.parse(sent) as SentOrder;
			this.orders.set(order.orderRef, order);
			response.writeHead(202).end();
			return;
		}
		const expires = new Date(Date.now() + 3_600_000).toISOString();
		const body = isOrder ? this.shown(url) : { accessToken: 'token', expires };
		response
			.writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
			.end(JSON.stringify(body));
	}

	private shown(url: string): object | undefined {
		const [, orderRef = '', instructionRef] =
			/order-management\/([^/]+)(?:\/instruction\/([^/]+))?$/.exec(url) ?? [];
		const order = this.orders.get(orderRef);
		if (instructionRef === undefined || !order) return order;
		const instruction = order.instructions.find((one) => one.instructionRef === instructionRef);
		if (!instruction) return undefined;
		const scheme = { schemeId: SCHEME_ID, source: 'MANUALLY_SET' };
		return { orderRef, status: 'PROCESSING', ...instruction, scheme };
	}
}

interface SentOrder {
	orderRef: string;
	instructions: { instructionRef: string }[];
}
