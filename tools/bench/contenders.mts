import { randomUUID } from 'node:crypto';
import { runManually } from '../n8n/execution.mts';
import { importWorkflow, type WorkflowNode } from '../n8n/workflow.mts';
import { Cleanup } from '../support/cleanup.mts';
import { BARE_LOOP } from './bareLoop.mts';
import { EchoingImburse, SCHEME_ID } from './echoingImburse.mts';
import { serveStub, startRealN8n, type RealN8n } from './realN8n.mts';

const RUN_LIMIT_MS = 180_000;

/** A node that creates payments. */
export interface Contender {
	name: string;
	node: Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;
}

/** What a sheet gives for one payment. */
function rows(count: number) {
	return Array.from({ length: count }, (_, index) => ({
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

/** A fresh n8n with all contenders. */
export interface Contest {
	n8n: RealN8n;
	imburse: EchoingImburse;
	contenders: Contender[];
}

/** Starts an n8n that lives as long as it is used. */
export async function withContenders<T>(use: (contest: Contest) => Promise<T>): Promise<T> {
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	try {
		const imburse = new EchoingImburse();
		const stub = await serveStub(cleanup, imburse.listener);
		const extensions = { 'BareLoop.node.js': BARE_LOOP };
		const n8n = await startRealN8n(cleanup, { extensions, stub });
		return await use({ n8n, imburse, contenders: contendersFor(n8n, stub) });
	} finally {
		await cleanup.finish();
	}
}

/** What the rounds of one contender came to. */
export interface ContenderRuns {
	name: string;
	/** Of one run. */
	calls: number;
	/** Milliseconds of each round: by the clock, and of the processor for the whole execution. */
	times: number[];
	processor: number[];
}

/** All contenders in turns, so that the machine is the same for all of them; the first runs do not count. */
export async function runInTurns(
	{ n8n, imburse, contenders }: Contest,
	count: number,
	rounds: number,
): Promise<ContenderRuns[]> {
	const entries = [];
	for (const contender of contenders) {
		const workflow = await importContender(n8n, contender, count);
		const before = imburse.calls;
		await timed(n8n, contender, workflow, count);
		const calls = imburse.calls - before;
		const runs: ContenderRuns = { name: contender.name, calls, times: [], processor: [] };
		entries.push({ contender, workflow, runs });
	}
	for (let round = 0; round < rounds; round++) {
		for (const { contender, workflow, runs } of entries) {
			const begun = await n8n.processorTime();
			runs.times.push(await timed(n8n, contender, workflow, count));
			runs.processor.push((await n8n.processorTime()) - begun);
		}
	}
	return entries.map(({ runs }) => runs);
}

/** One run of a contender alone. */
export async function runOnce(
	{ n8n }: Contest,
	contender: Contender,
	count: number,
): Promise<void> {
	await timed(n8n, contender, await importContender(n8n, contender, count), count);
}

/** Resolves to the milliseconds that the node took. */
async function timed(
	{ api }: RealN8n,
	{ name }: Contender,
	workflow: string,
	count: number,
): Promise<number> {
	const execution = await runManually(api, workflow, 'Start', RUN_LIMIT_MS);
	const made = execution.output('Contender').length;
	if (execution.status !== 'success' || made !== count) {
		throw new Error(
			`${name}: ${execution.status}, ${made} items. ${execution.error?.slice(0, 300) ?? ''}`,
		);
	}
	return execution.milliseconds('Contender');
}

/** A workflow that hands so many payments to it. */
async function importContender(
	{ api }: RealN8n,
	{ name, node }: Contender,
	count: number,
): Promise<string> {
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
		pinData: { Start: rows(count).map((json) => ({ json })) },
	});
}

/** The first four are what the others are measured by. */
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
		bareLoop('Safe loop, no form', url, { isSafe: true }, credentials),
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

function bareLoop(
	name: string,
	url: string,
	parameters: object,
	credentials?: WorkflowNode['credentials'],
): Contender {
	const node = { type: 'CUSTOM.bareLoop', typeVersion: 1, parameters: { url, ...parameters } };
	return { name, node: { ...node, credentials } };
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
