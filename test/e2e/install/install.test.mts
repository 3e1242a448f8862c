import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { installPackage } from '../../../tools/n8n/communityPackage.mts';
import { testCredential } from '../../../tools/n8n/credential.mts';
import { environment } from '../../../tools/n8n/environment.mts';
import { executionsOf, runManually, type Execution } from '../../../tools/n8n/execution.mts';
import { startInstance, type N8nInstance } from '../../../tools/n8n/instance.mts';
import { createOwner } from '../../../tools/n8n/owner.mts';
import { createApi, signIn, type N8nApi } from '../../../tools/n8n/rest.mts';
import { activateWorkflow, importWorkflow, type Workflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import { filesBelow } from '../../support/installation/files.mts';
import { startRegistry } from '../../support/installation/registry.mts';
import {
	chain,
	imburseNode,
	imburseTrigger,
	installedN8n,
	nodeTypes,
	payout,
	testEnvironment,
	receiver,
	START,
	startImburse,
	waitUntil,
	workflowOf,
	type TestImburse,
} from '../harness/index.mts';
import { npmFrom } from './support/npm.mts';
import { OLDER_NAME, OLDER_VERSION, packOlderBuild } from './support/olderBuild.mts';

const NAME = 'n8n-nodes-imburse';
const CLAIM = 'CLAIM-2026-0001';
const PAYMENT = `${CLAIM}-1`;
const KEY = randomUUID();

/** In each part n8n starts anew, once or twice, and may take five minutes for it. */
const LIMIT_MS = 660_000;

const cleanup = new Cleanup();
let tarball: string;
let version: string;
let userFolder: string;
let npm: Record<string, string>;
let n8n: N8nInstance;
let api: N8nApi;
let imburse: TestImburse;
/** The workflows that are saved with the older build. */
let payments: string;
let events: string;
const webhookId = randomUUID();

/** n8n's own installer, with an npm that gets the package from a registry on this machine. */
beforeAll(async () => {
	const { dataFolder, ...premise } = await testEnvironment();
	tarball = premise.tarball;
	version = /-([^-]+)\.tgz$/.exec(tarball)?.[1] ?? '';
	userFolder = join(dataFolder, 'install');
	await mkdir(userFolder, { recursive: true });
	const folder = await mkdtemp(join(tmpdir(), `${NAME}-registry-`));
	cleanup.add(() => rm(folder, { recursive: true, force: true }));
	const older = await packOlderBuild(tarball, join(folder, 'older'));
	const registry = await startRegistry([older, tarball], cleanup);
	const { PATH = '' } = environment(await installedN8n(), { userFolder, port: 0, brokerPort: 0 });
	npm = await npmFrom(registry, join(folder, 'npm'), PATH);
	await startN8n();
	api = await signIn(n8n.url, createOwner());
}, LIMIT_MS);

afterAll(async () => {
	await imburse?.stop();
	await cleanup.finish();
}, 60_000);

/** A process of its own each time, under the same address, with what is stored in the user folder. */
async function startN8n(): Promise<void> {
	const port = n8n === undefined ? undefined : Number(new URL(n8n.url).port);
	const env = { ...npm, N8N_LOG_LEVEL: 'debug' };
	n8n = await startInstance(await installedN8n(), { userFolder, port, env }, cleanup);
}

async function restartN8n(): Promise<void> {
	await n8n.stop();
	await startN8n();
	api = createApi(n8n.url, api.cookie);
}

/** n8n knows the credential's type only when the package is installed. */
async function saveAll(): Promise<void> {
	imburse = await startImburse(api, {}, { webhookVerificationKey: KEY });
	// Sent again when told to: n8n answers by itself what comes while it starts (docs/trigger.md).
	const url = addressOf(webhookId);
	imburse.sandbox.webhooks.addDestination({ url, verificationKey: KEY, redelivery: [] });
	payments = await importWorkflow(api, paymentWorkflow());
	events = await importWorkflow(api, eventsWorkflow());
	await activateWorkflow(api, events);
}

const addressOf = (id: string): string => `${n8n.url}/webhook/${id}/webhook`;

const PRESENT = { imburse: 'Imburse', imburseTrigger: 'Imburse Trigger' };
const OLDER = { ...PRESENT, imburse: OLDER_NAME };
const NONE = {};

/**
 * The editor is told of these nodes of the package: their types and names. That n8n makes a tool for
 * AI agents of one is left out.
 */
async function expectNodes(expected: Record<string, string>): Promise<void> {
	await waitUntil(`n8n shows ${JSON.stringify(expected)}`, async () => {
		// n8n 1.x writes this file anew while it hands it out.
		const all = await nodeTypes({ url: n8n.url, cookie: api.cookie }).catch(() => []);
		const names = all
			.filter(({ name }) => name.startsWith(`${NAME}.`) && !name.endsWith('Tool'))
			.map(({ name, displayName }) => [name.split('.')[1], displayName]);
		return all.length > 0 && isDeepStrictEqual(Object.fromEntries(names), expected);
	});
}

/** What n8n lists under Settings > Community nodes. */
interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	updateAvailable?: string;
	installedNodes: { type: string }[];
}

const installedPackages = (): Promise<InstalledPackage[]> => api.get('/community-packages');

/** A payment, saved as a workflow with its claim. */
const paymentWorkflow = (): Workflow =>
	chain([{ claim: CLAIM }], imburseNode('Pay', imburse.credential, payout(imburse)));

const eventsWorkflow = (): Workflow =>
	workflowOf([imburseTrigger(imburse.credential, webhookId), receiver('Event')]);

const pay = (): Promise<Execution> => runManually(api, payments, START);

/** Imburse tells of it. */
const move = (status: string): void => imburse.sandbox.setInstructionStatus(CLAIM, PAYMENT, status);

/** Sends the last delivery once more, and resolves to n8n's answer. */
async function sendAgain(): Promise<number | null | undefined> {
	const { webhooks } = imburse.sandbox;
	await webhooks.whenIdle();
	const again = webhooks.replay(webhooks.deliveries.at(-1)?.deliveryId ?? 0);
	await webhooks.whenIdle();
	return again.attempts.at(-1)?.status;
}

/** The saved workflow runs with what Imburse told last, as soon as it is active. */
async function expectEvent(status: string): Promise<void> {
	await waitUntil(`n8n takes the event of ${status}`, async () => (await sendAgain()) === 200);
	await waitUntil(`the event of ${status} has come`, async () => {
		const runs = await executionsOf(api, events, 1);
		return runs.flatMap((run) => run.output('Event')).some((event) => event.status === status);
	});
}

/** What was saved before goes on: the same workflow, and the same credential. */
async function expectSavedToWork(result: string): Promise<void> {
	const run = await pay();
	expect(run.error ?? run.status).toBe('success');
	expect(run.output('Pay')).toMatchObject([{ orderRef: CLAIM, result }]);
	expect(imburse.sandbox.store.orders).toHaveLength(1);
	expect(await testCredential(api, imburse.credential)).toMatchObject({ status: 'OK' });
}

describe('n8n’s own installer', () => {
	it(
		'installs the package, and its nodes are there in a fresh process too',
		async () => {
			await api.post('/community-packages', { name: NAME, version: OLDER_VERSION });
			await expectNodes(OLDER);

			await restartN8n();
			await expectNodes(OLDER);
			expect(await installedPackages()).toMatchObject([
				{ packageName: NAME, installedVersion: OLDER_VERSION, updateAvailable: version },
			]);

			await saveAll();
			await expectSavedToWork('created');
			move('PROCESSING');
			await expectEvent('PROCESSING');
		},
		LIMIT_MS,
	);

	it(
		'updates it, and what was saved with the older build works as before',
		async () => {
			await api.patch('/community-packages', { name: NAME, version });
			await expectNodes(PRESENT);
			await expectSavedToWork('alreadyExisted');

			await restartN8n();
			const listed = await installedPackages();
			expect(listed).toMatchObject([{ packageName: NAME, installedVersion: version }]);
			expect(listed[0]?.updateAvailable).toBeUndefined();
			await expectNodes(PRESENT);
			await expectSavedToWork('alreadyExisted');
			move('SETTLING');
			await expectEvent('SETTLING');
		},
		LIMIT_MS,
	);

	it('lays it down as the other tests have it laid down', async () => {
		const folder = await mkdtemp(join(tmpdir(), `${NAME}-laid-down-`));
		cleanup.add(() => rm(folder, { recursive: true, force: true }));
		await installPackage(tarball, folder);
		const nodesOf = (user: string) => filesBelow(join(user, '.n8n', 'nodes'));
		expect(await nodesOf(folder)).toEqual(await nodesOf(userFolder));
	});

	it('removes it, and n8n goes on', async () => {
		await api.delete(`/community-packages?name=${NAME}`);
		await expectNodes(NONE);
		await expectOthersToWork();

		move('SETTLED');
		await expectEventRefused();
		await expectOthersToWork();
	});

	it(
		'leaves an n8n that starts without it, says what is missing, and keeps what was saved',
		async () => {
			await restartN8n();
			await expectNodes(NONE);
			expect(await installedPackages()).toEqual([]);
			await expectOthersToWork();
			await expectEventRefused();

			await expect(pay()).rejects.toThrow(`Unrecognized node type: ${NAME}.imburse`);
			const { nodes: saved } = await api.get<Workflow>(`/workflows/${payments}`);
			expect(saved.map(({ type }) => type)).toContain(`${NAME}.imburse`);
			const credentials = await api.get<{ id: string }[]>('/credentials');
			expect(credentials.map(({ id }) => id)).toContain(imburse.credential.id);
			await expectOthersToWork();
		},
		LIMIT_MS,
	);

	it(
		'installs it again: what was saved works again, and what Imburse told meanwhile comes through',
		async () => {
			await api.post('/community-packages', { name: NAME, version });
			await expectSavedToWork('alreadyExisted');

			await restartN8n();
			await expectSavedToWork('alreadyExisted');
			await expectEvent('SETTLED');
		},
		LIMIT_MS,
	);
});

/** A workflow without the package's nodes runs. */
async function expectOthersToWork(): Promise<void> {
	const workflow = chain([{ isWell: true }], receiver('End'));
	const run = await runManually(api, await importWorkflow(api, workflow), START);
	expect(run.output('End')).toEqual([{ isWell: true }]);
}

/** n8n answers what Imburse told last, and not so that Imburse takes it for delivered. */
async function expectEventRefused(): Promise<void> {
	expect(await sendAgain()).toBeGreaterThanOrEqual(400);
}
