import axios from 'axios';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/index.mts';
import { layDown } from '../n8n/communityPackage.mts';
import {
	sandboxCredential,
	storeCredential,
	testCredential,
	type StoredCredential,
} from '../n8n/credential.mts';
import { runManually } from '../n8n/execution.mts';
import { startInstance } from '../n8n/instance.mts';
import { createOwner } from '../n8n/owner.mts';
import { signIn, type N8nApi } from '../n8n/rest.mts';
import { importWorkflow, withCredential } from '../n8n/workflow.mts';
import type { Cleanup } from '../support/cleanup.mts';
import type { Checklist } from './checklist.mts';
import { readExample } from './example.mts';
import { prepare } from './prepare.mts';
import { exampleNodes, wantedOrder, type WantedOrder } from './wantedOrder.mts';

/**
 * Runs the example once through a real n8n against the sandbox, both of them new, and compares what
 * the sandbox then holds with what the example asks for.
 */
export async function check(checklist: Checklist, cleanup: Cleanup): Promise<void> {
	const { installed, tarball } = await prepare();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-imburse-check-'));
	cleanup.add(() => rm(userFolder, { recursive: true, force: true, maxRetries: 3 }));

	await layDown(tarball, userFolder);
	const sandbox = await startSandbox();
	cleanup.add(() => sandbox.stop());
	console.log(`Starting n8n ${installed.release.version} with the package from its tarball ...`);
	const n8n = await startInstance(installed, { userFolder }, cleanup);
	const api = await signIn(n8n.url, createOwner());

	const credential = await storeCredential(api, sandboxCredential(sandbox.url, sandbox.options));
	await checkCredentialTest(api, credential, checklist);
	await checkExample(api, credential, sandbox.url, checklist);
}

async function checkCredentialTest(
	api: N8nApi,
	credential: StoredCredential,
	checklist: Checklist,
): Promise<void> {
	const right = await testCredential(api, credential);
	checklist.holds(
		'the credential test is green with the right keys',
		right.status === 'OK',
		right.message,
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
	checklist.holds(
		'its message names the field to mend',
		wrong.message.includes('Private Key'),
		JSON.stringify(wrong.message),
	);
	console.log(`          it reads: ${wrong.message}`);
}

async function checkExample(
	api: N8nApi,
	credential: StoredCredential,
	sandboxUrl: string,
	checklist: Checklist,
): Promise<void> {
	const example = await readExample();
	const wanted = wantedOrder(example);
	const workflowId = await importWorkflow(api, withCredential(example, credential));

	const execution = await runManually(api, workflowId, exampleNodes.trigger);
	checklist.equal('the example runs to its end', execution.error ?? execution.status, 'success');
	const [created] = execution.output(exampleNodes.create);
	checklist.equal('"Create Payment Order" says that it was created', created?.result, 'created');
	const [read] = execution.output(exampleNodes.get);
	checklist.equal('"Get Payment Order" reads its metadata', read?.metadata, wanted.metadata);

	const orders = await ordersAt(sandboxUrl);
	checklist.equal('the sandbox holds one order', orders.length, 1);
	checklist.equal('with the claim’s number as its reference', orders[0]?.orderRef, wanted.orderRef);
	checklist.equal('and the metadata that was asked for', orders[0]?.metadata, wanted.metadata);
	console.log(`The sandbox holds: ${JSON.stringify(orders, null, 2)}`);
}

async function ordersAt(sandboxUrl: string): Promise<WantedOrder[]> {
	const answer = await axios.get<WantedOrder[]>(`${sandboxUrl}/_sandbox/orders`, { proxy: false });
	return answer.data;
}
