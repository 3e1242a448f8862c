import axios from 'axios';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../../sandbox/index.mts';
import { installPackage } from '../n8n/communityPackage.mts';
import {
	sandboxCredential,
	storeCredential,
	testCredential,
	type StoredCredential,
} from '../n8n/credential.mts';
import { provideTables } from '../n8n/dataTables.mts';
import { executionsOf, runManually } from '../n8n/execution.mts';
import { startInstance } from '../n8n/instance.mts';
import { createOwner } from '../n8n/owner.mts';
import { signIn, type N8nApi } from '../n8n/rest.mts';
import { activateWorkflow, importWorkflow, withCredential } from '../n8n/workflow.mts';
import type { Cleanup } from '../support/cleanup.mts';
import type { Checklist } from './checklist.mts';
import { sendEventsTo, SHARED_SECRET } from './events.mts';
import { readEventExample, readOrderExample } from './examples.mts';
import { prepare } from './prepare.mts';
import { eventNodes, exampleNodes, expectedOrder, type ExpectedOrder } from './examples.mts';

/**
 * Runs the two examples of the start once in a new n8n with a new sandbox: compares the orders of the sandbox with the
 * expected one, lets the sandbox settle the payment, and checks what the event's workflow did.
 */
export async function check(checklist: Checklist, cleanup: Cleanup): Promise<void> {
	const { installed, tarball } = await prepare();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-imburse-check-'));
	cleanup.add(() => rm(userFolder, { recursive: true, force: true, maxRetries: 3 }));

	await installPackage(tarball, userFolder);
	const sandbox = await startSandbox();
	cleanup.add(() => sandbox.stop());
	console.log(`Starting n8n ${installed.release.version} with the package from its tarball ...`);
	const n8n = await startInstance(installed, { userFolder }, cleanup);
	const api = await signIn(n8n.url, createOwner());

	const credential = await storeCredential(
		api,
		sandboxCredential(sandbox.url, sandbox.options, SHARED_SECRET),
	);
	await checkCredentialTest(api, credential, checklist);
	const eventWorkflowId = await listen(api, credential, n8n.url, sandbox);
	const expected = await checkOrder(api, credential, sandbox.url, checklist);
	// Waits first: an event that arrives after the settlement counts as the same event as SETTLED.
	await sandbox.webhooks.whenIdle();
	sandbox.advance('SETTLED');
	await sandbox.webhooks.whenIdle();
	await checkEvents(api, eventWorkflowId, sandbox, expected, checklist);
	await checkLog(n8n.logFile, checklist);
}

async function checkCredentialTest(
	api: N8nApi,
	credential: StoredCredential,
	checklist: Checklist,
): Promise<void> {
	const correct = await testCredential(api, credential);
	checklist.isTrue(
		'the credential test is green with the right keys',
		correct.status === 'OK',
		correct.message,
	);

	const otherKey = Buffer.alloc(32, 7).toString('base64');
	const wrong = await testCredential(
		api,
		await storeCredential(api, {
			name: 'Wrong key',
			type: credential.type,
			data: { ...credential.data, privateKey: otherKey },
		}),
	);
	checklist.equal('the credential test is red with a wrong key', wrong.status, 'Error');
	checklist.isTrue(
		'its message names the field to mend',
		wrong.message.includes('Private Key'),
		JSON.stringify(wrong.message),
	);
	console.log(`          it reads: ${wrong.message}`);
}

/** Activates the event's workflow and sends it the sandbox's events. Resolves to its ID. */
async function listen(
	api: N8nApi,
	credential: StoredCredential,
	n8nUrl: string,
	sandbox: RunningSandbox,
): Promise<string> {
	const example = await readEventExample();
	await provideTables(api, example);
	const workflowId = await importWorkflow(api, withCredential(example, credential));
	await activateWorkflow(api, workflowId);
	await sendEventsTo(example, n8nUrl, sandbox);
	return workflowId;
}

async function checkEvents(
	api: N8nApi,
	workflowId: string,
	sandbox: RunningSandbox,
	expected: ExpectedOrder,
	checklist: Checklist,
): Promise<void> {
	checklist.equal('every event was taken', sandbox.webhooks.unacknowledged, []);
	const runs = await executionsOf(api, workflowId, sandbox.webhooks.events.length);
	const settled = runs.flatMap((run) => run.output(eventNodes.paid));
	checklist.equal('the settled payment started the workflow once', settled.length, 1);
	const [paid] = settled;
	checklist.equal('with the claim’s number', paid?.claimNumber, expected.metadata.claimNumber);
	checklist.equal('the amount', paid?.paid, '210.00 EUR');
	checklist.equal('and Imburse’s confirmation', paid?.confirmed, true);
	console.log(`The event's workflow says: ${JSON.stringify(paid)}`);
}

/** A person who looks into it for the first time should find no failure that is none. */
async function checkLog(file: string, checklist: Checklist): Promise<void> {
	const lines = (await readFile(file, 'utf8')).split('\n');
	const refused = lines.filter((line) => line.includes('refused a call'));
	checklist.equal('and n8n’s log tells of no call that was refused', refused, []);
}

async function checkOrder(
	api: N8nApi,
	credential: StoredCredential,
	sandboxUrl: string,
	checklist: Checklist,
): Promise<ExpectedOrder> {
	const example = await readOrderExample();
	const expected = expectedOrder(example);
	const workflowId = await importWorkflow(api, withCredential(example, credential));

	const execution = await runManually(api, workflowId, exampleNodes.trigger);
	checklist.equal('the example runs to its end', execution.error ?? execution.status, 'success');
	const [created] = execution.output(exampleNodes.create);
	checklist.equal('"Create Payment Order" says that it was created', created?.result, 'created');
	const [read] = execution.output(exampleNodes.get);
	checklist.equal('"Get Payment Order" reads its metadata', read?.metadata, expected.metadata);

	const orders = await ordersAt(sandboxUrl);
	checklist.equal('the sandbox holds one order', orders.length, 1);
	checklist.equal(
		'with the claim’s number as its reference',
		orders[0]?.orderRef,
		expected.orderRef,
	);
	checklist.equal('and the metadata that was asked for', orders[0]?.metadata, expected.metadata);
	console.log(`The sandbox holds: ${JSON.stringify(orders, null, 2)}`);
	return expected;
}

async function ordersAt(sandboxUrl: string): Promise<ExpectedOrder[]> {
	const response = await axios.get<ExpectedOrder[]>(`${sandboxUrl}/_sandbox/orders`, {
		proxy: false,
	});
	return response.data;
}
