import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { RunningSandbox } from '../../sandbox/index.mts';
import {
	startModel,
	type ModelCredential,
	type ScriptedModel,
} from '../../test/e2e/harness/chatModel.mts';
import type { StoredCredential } from '../n8n/credential.mts';
import { provideTables, removeTables } from '../n8n/dataTables.mts';
import { executionsOf, runManually, startManually, waitForEnd } from '../n8n/execution.mts';
import type { N8nApi } from '../n8n/rest.mts';
import {
	activateWorkflow,
	deactivateWorkflow,
	importWorkflow,
	readWorkflow,
	withCredential,
	type Workflow,
} from '../n8n/workflow.mts';
import { sendEventsTo } from '../start/events.mts';
import { projectFolder } from '../support/folders.mts';
import { CLAIMS_FILE } from './claimsFile.mts';

const BUTTON = 'When clicking ‘Execute workflow’';
const LIMIT_MS = 60_000;
const POLL_MS = 200;

/** Of order and payment, in `payment-order.json`. */
const REFERENCE = 'CLAIM-2026-000417';

/** A run of an example that has ended. */
export interface ExampleRun {
	workflow: Workflow;
	/** Where n8n's editor shows it. */
	path: string;
}

/** What the examples run on. */
export interface Stage {
	api: N8nApi;
	n8nUrl: string;
	sandbox: RunningSandbox;
	credential: StoredCredential;
	/** For the forms. */
	page: Page;
}

/** Runs an example for real, so that a picture can show it. */
export type RunExample = (stage: Stage) => Promise<ExampleRun>;

/** What is shown, by the names of the examples' files. */
export const exampleRuns: Record<string, RunExample> = {
	'payment-event': paymentEvent,
	'payments-without-webhooks': paymentsWithoutWebhooks,
	premiums,
	'pay-and-wait': payAndWait,
	'failed-payment': failedPayment,
	'claims-from-spreadsheet': claimsFromSpreadsheet,
	'several-payees': severalPayees,
	'cancel-payment': cancelPayment,
	'agent-prepares': agentPrepares,
};

interface Imported {
	id: string;
	workflow: Workflow;
}

/** A payment of the other example is read every hour: it has failed. */
async function paymentsWithoutWebhooks(stage: Stage): Promise<ExampleRun> {
	await payClaim(stage);
	const example = await importExample(stage, 'payments-without-webhooks');
	await press(stage, example, BUTTON);
	stage.sandbox.advance('FAILED', {}, { errorCode: 'E-1', reason: 'The account is closed' });
	return press(stage, example, 'Every Hour');
}

/** Two claims with three payees are paid. */
async function severalPayees(stage: Stage): Promise<ExampleRun> {
	return press(stage, await importExample(stage, 'several-payees'), BUTTON);
}

/** Two premiums of the sample policies are collected. */
async function premiums(stage: Stage): Promise<ExampleRun> {
	const example = await importExample(stage, 'premiums');
	await press(stage, example, BUTTON);
	return press(stage, example, 'First of the Month');
}

/** The payment settles while the workflow waits: for seconds here, not for hours. */
async function payAndWait(stage: Stage): Promise<ExampleRun> {
	const { api, sandbox } = stage;
	const example = await importExample(stage, 'pay-and-wait', withShortWait);
	const execution = await startManually(api, example.id, BUTTON);
	await until(async () => sandbox.store.orders.length > 0);
	sandbox.advance('SETTLED');
	return ended(example, await waitForEnd(api, execution));
}

const withShortWait = (workflow: Workflow): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-base.wait'
			? { ...node, parameters: { ...node.parameters, amount: 3, unit: 'seconds' } }
			: node,
	),
});

/** The event that a payment has settled. */
function paymentEvent(stage: Stage): Promise<ExampleRun> {
	return runByEvent(stage, 'payment-event', 'SETTLED');
}

/** The event that a payment has failed. */
function failedPayment(stage: Stage): Promise<ExampleRun> {
	return runByEvent(stage, 'failed-payment', 'FAILED');
}

/** A payment that has not begun is shown, confirmed and cancelled. */
async function cancelPayment(stage: Stage): Promise<ExampleRun> {
	await payClaim(stage);
	const example = await importExample(stage, 'cancel-payment');
	return whileActive(stage, example, async (page) => {
		await openForm(stage, example.workflow);
		await page.getByLabel('Order reference').fill(REFERENCE);
		await page.getByLabel('Payment reference').fill(REFERENCE);
		await page.getByLabel('Reason').fill('Claim withdrawn by the customer');
		await page.getByRole('button', { name: 'Show the payment' }).click();
		await page.getByLabel('Decision').selectOption('Cancel this payment');
		await page.getByRole('button', { name: 'Send decision' }).click();
		await page.getByText('The payment is cancelled').waitFor();
	});
}

/** A file is brought, approved and paid. */
async function claimsFromSpreadsheet(stage: Stage): Promise<ExampleRun> {
	const example = await importExample(stage, 'claims-from-spreadsheet');
	return whileActive(stage, example, async (page) => {
		await bringClaims(stage, example.workflow);
		await page.getByRole('button', { name: 'Ask for approval' }).click();
		await page.getByLabel('Decision').selectOption('Pay all of these');
		await page.getByLabel('Approved by').fill('Bert');
		await page.getByRole('button', { name: 'Send decision' }).click();
		await page.getByText('payments made').waitFor();
	});
}

/** A model on this machine chooses two claims, as it is told here, and a person approves them. */
async function agentPrepares(stage: Stage): Promise<ExampleRun> {
	const model = await startModel();
	try {
		const credential = await storeModelCredential(stage.api, model);
		const chosen = ['CLM-2026-0417', 'CLM-2026-0419'].map((claim) => ({
			claim,
			reason: 'Survey and invoice are there',
		}));
		model.setScript([{ output: { chosen } }]);
		const example = await importExample(stage, 'agent-prepares', (workflow) =>
			withModel(workflow, credential),
		);
		return await whileActive(stage, example, async (page) => {
			await openForm(stage, example.workflow);
			await page.getByLabel('Request').fill('All that have a survey and an invoice');
			await page.getByRole('button', { name: 'Ask the agent' }).click();
			await page.getByLabel('Decision').selectOption('Pay these');
			await page.getByRole('button', { name: 'Send decision' }).click();
			await page.getByText('What became of the payments').waitFor();
		});
	} finally {
		await model.stop();
	}
}

async function storeModelCredential(api: N8nApi, { url }: ScriptedModel): Promise<ModelCredential> {
	const name = 'A model on this machine';
	const data = { apiKey: randomUUID(), url };
	const { id } = await api.post<{ id: string }>('/credentials', { name, type: 'openAiApi', data });
	return { id, name };
}

const withModel = (workflow: Workflow, openAiApi: ModelCredential): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.name === 'Model' ? { ...node, credentials: { openAiApi } } : node,
	),
});

/** The page that says what a file holds, before anybody has approved it. Resolves to its address. */
export async function checkedClaims(stage: Stage): Promise<string> {
	const example = await importExample(stage, 'claims-from-spreadsheet');
	await activateWorkflow(stage.api, example.id);
	await bringClaims(stage, example.workflow);
	return (await stage.page.getByRole('link').getAttribute('href')) ?? '';
}

async function bringClaims(stage: Stage, workflow: Workflow): Promise<void> {
	const { page } = stage;
	await openForm(stage, workflow);
	await page.locator('input[type=file]').setInputFiles(CLAIMS_FILE);
	await page.getByLabel('Your name').fill('Ann');
	await page.getByRole('button', { name: 'Check the file' }).click();
	await page.getByText('Not to be paid: ').waitFor();
}

/** Opens the form of an active workflow, once n8n has registered it. */
async function openForm({ n8nUrl, page }: Stage, { nodes }: Workflow): Promise<void> {
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const url = `${n8nUrl}/form/${trigger?.webhookId}`;
	await until(async () => (await page.goto(url))?.status() === 200);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + LIMIT_MS;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error('An example does not go on.');
		await delay(POLL_MS);
	}
}

async function importExample(
	{ api, credential }: Stage,
	name: string,
	change = (workflow: Workflow) => workflow,
): Promise<Imported> {
	const file = join(projectFolder, 'examples', `${name}.json`);
	const workflow = change(withCredential(await readWorkflow(file), credential));
	await removeTables(api, workflow);
	await provideTables(api, workflow);
	return { id: await importWorkflow(api, workflow), workflow };
}

/** Makes the payment that the first example makes. */
async function payClaim(stage: Stage): Promise<void> {
	await press(stage, await importExample(stage, 'payment-order'), BUTTON);
}

async function press({ api }: Stage, example: Imported, trigger: string): Promise<ExampleRun> {
	return ended(example, await runManually(api, example.id, trigger));
}

/** The run that the event of the payment's last status has started. */
async function runByEvent(stage: Stage, name: string, status: string): Promise<ExampleRun> {
	const { api, n8nUrl, sandbox } = stage;
	const { webhooks } = sandbox;
	const example = await importExample(stage, name);
	return whileActive(stage, example, async () => {
		await sendEventsTo(example.workflow, n8nUrl, sandbox);
		await payClaim(stage);
		// An event that arrives after the payment has ended counts as one with that of its end.
		await webhooks.whenIdle();
		sandbox.advance(status);
		await webhooks.whenIdle();
		await executionsOf(api, example.id, webhooks.events.length);
	});
}

/** Does what starts the example's newest run, and waits for the end of that. */
async function whileActive(
	{ api, page }: Stage,
	example: Imported,
	start: (page: Page) => Promise<void>,
): Promise<ExampleRun> {
	await activateWorkflow(api, example.id);
	await start(page);
	const [newest] = await executionsOf(api, example.id, 1);
	await deactivateWorkflow(api, example.id);
	if (newest === undefined) throw new Error(`${example.workflow.name} has not run.`);
	return ended(example, newest);
}

function ended(
	{ id, workflow }: Imported,
	run: { id: string; status: string; error: string | undefined },
): ExampleRun {
	if (run.status !== 'success') {
		throw new Error(`${workflow.name}: ${run.error ?? run.status}`);
	}
	return { workflow, path: `/workflow/${id}/executions/${run.id}` };
}
