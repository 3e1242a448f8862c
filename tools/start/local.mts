import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { startSandbox, type LifeCycleStep, type RunningSandbox } from '../../sandbox/index.mts';
import { installPackage } from '../n8n/communityPackage.mts';
import { sandboxCredential } from '../n8n/credential.mts';
import { startInstance, type N8nInstance } from '../n8n/instance.mts';
import { storedOwner } from '../n8n/owner.mts';
import { signIn, type Owner } from '../n8n/rest.mts';
import { readWorkflow } from '../n8n/workflow.mts';
import { lastLines } from '../n8n/process.mts';
import { localFolder } from '../support/folders.mts';
import type { Cleanup } from '../support/cleanup.mts';
import { acquireLock } from '../support/lock.mts';
import { preferredPort } from '../support/ports.mts';
import { sendEventsTo, SHARED_SECRET } from './events.mts';
import { eventFile, exampleFiles, isSafeToActivate, orderFile } from './examples.mts';
import { prepare } from './prepare.mts';
import { provision } from './provision.mts';

const N8N_PORT = 5678;
const SANDBOX_PORT = 4010;

/** Slow enough that a person sees both statuses. */
const LIFE_CYCLE: LifeCycleStep[] = [
	{ status: 'PROCESSING', afterMs: 2000 },
	{ status: 'SETTLED', afterMs: 3000 },
];

/** Longer than the lock of a killed start stays. */
const LOCK_TIMEOUT_MS = 12_000;

/** This checkout's own n8n: account, credentials, workflows and executions outlive a stop. */
const userFolder = join(localFolder, 'n8n');
const addressFile = join(userFolder, 'address.txt');

/** Starts the sandbox and n8n with the credential and the examples, and runs until it is stopped. */
export async function startLocal(cleanup: Cleanup): Promise<void> {
	await lockInstance(cleanup);
	const { installed, tarball } = await prepare();
	const sandbox = await startSandbox({
		port: await preferredPort(SANDBOX_PORT),
		lifeCycle: LIFE_CYCLE,
	});
	cleanup.add(() => sandbox.stop());
	logOtherPort('The sandbox', sandbox.url, SANDBOX_PORT);

	await installPackage(tarball, userFolder);
	console.log(`Starting n8n ${installed.release.version} ...`);
	const port = await preferredPort(N8N_PORT);
	const n8n = await startInstance(installed, { userFolder, port }, cleanup);
	logOtherPort('n8n', n8n.url, N8N_PORT);
	await writeFile(addressFile, n8n.url);

	const owner = await storedOwner(join(userFolder, 'owner.json'));
	const api = await signIn(n8n.url, owner);
	const ids = await provision(api, {
		credential: sandboxCredential(sandbox.url, sandbox.options, SHARED_SECRET),
		files: exampleFiles,
		recordFile: join(userFolder, 'provided.json'),
	});
	const active = (await Promise.all(exampleFiles.map(readWorkflow))).filter(isSafeToActivate);
	for (const example of active) await sendEventsTo(example, n8n.url, sandbox);
	console.log(welcome({ n8n, sandbox, owner, ids }));
	await runUntilStopped(n8n, cleanup);
}

/** One n8n per user folder: two of them would write into the same database. */
async function lockInstance(cleanup: Cleanup): Promise<void> {
	await mkdir(userFolder, { recursive: true });
	const release = await acquireLock(join(localFolder, 'n8n.lock'), LOCK_TIMEOUT_MS);
	if (release === undefined) {
		const address = await readFile(addressFile, 'utf8').catch(() => 'its address is not known yet');
		throw new Error(
			`The n8n of this folder is running already (${address}). Stop it with Ctrl-C in its terminal first.`,
		);
	}
	cleanup.add(release);
}

function logOtherPort(label: string, url: string, port: number): void {
	if (!url.endsWith(`:${port}`)) console.log(`Port ${port} is taken: ${label} is at ${url}.`);
}

interface Started {
	n8n: N8nInstance;
	sandbox: RunningSandbox;
	owner: Owner;
	/** The examples' IDs, by the names of their files. */
	ids: Record<string, string>;
}

function welcome({ n8n, sandbox, owner, ids }: Started): string {
	const [order, event] = [basename(orderFile), basename(eventFile)];
	return `
n8n is ready:        ${n8n.url}
  sign in with       ${owner.email}
  password           ${owner.password}
The order goes out:  ${n8n.url}/workflow/${ids[order]}
  from               examples/${order}
  press              "Execute workflow" at the bottom
The event comes back: ${n8n.url}/workflow/${ids[event]}/executions
  from               examples/${event}
  some seconds later the payment is settled, and this workflow has run with it
All ${exampleFiles.length} examples:      ${n8n.url}/home/workflows
  what only Imburse's events start is active; a schedule or a form waits until you publish it
What Imburse has:    ${sandbox.url}/_sandbox/orders
  (the sandbox on this machine: no money moves, and a stop empties it)
n8n keeps its data in ${userFolder}; its log is n8n.log there.

Ctrl-C stops n8n and the sandbox.`;
}

async function runUntilStopped(n8n: N8nInstance, cleanup: Cleanup): Promise<void> {
	await n8n.ended;
	if (cleanup.hasBegun) return cleanup.finish();
	throw new Error(`n8n has ended by itself. The end of its log:\n${await lastLines(n8n.logFile)}`);
}
