import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { environment } from '../../../tools/n8n/environment.mts';
import { runManually } from '../../../tools/n8n/execution.mts';
import { startInstance, type N8nInstance } from '../../../tools/n8n/instance.mts';
import { createOwner } from '../../../tools/n8n/owner.mts';
import { createApi, signIn, type N8nApi } from '../../../tools/n8n/rest.mts';
import { importWorkflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import { containerIn, type Container } from '../../support/installation/container.mts';
import { installationPage } from '../../support/installation/page.mts';
import { startRegistry } from '../../support/installation/registry.mts';
import { packStandIn } from '../../support/installation/standIn.mts';
import {
	chain,
	imburseNode,
	installedN8n,
	payout,
	START,
	startImburse,
	testEnvironment,
	type TestImburse,
} from '../harness/index.mts';

const NAME = 'n8n-nodes-imburse';

/** n8n starts in each part, and may take five minutes for it. */
const LIMIT_MS = 660_000;

const cleanup = new Cleanup();
const page = installationPage();
let folder: string;
let tarball: string;
let version: string;
let container: Container;
let n8n: N8nInstance;
let api: N8nApi;
let imburse: TestImburse;

/** An n8n that keeps everything in the folder which stands for the container's home. */
beforeAll(async () => {
	const { dataFolder, ...premise } = await testEnvironment();
	tarball = premise.tarball;
	version = /-([^-]+)\.tgz$/.exec(tarball)?.[1] ?? '';
	folder = await mkdtemp(join(tmpdir(), `${NAME}-page-`));
	cleanup.add(() => rm(folder, { recursive: true, force: true }));
	const registry = await startRegistry([await packStandIn(folder), tarball], cleanup);
	const installed = await installedN8n();
	const { PATH } = environment(installed, { userFolder: '', port: 0, brokerPort: 0 });
	container = await containerIn(join(dataFolder, 'page'), registry, PATH);
	await startN8n();
	api = await signIn(n8n.url, createOwner());
}, LIMIT_MS);

afterAll(async () => {
	await imburse?.stop();
	await cleanup.finish();
}, 60_000);

async function startN8n(): Promise<void> {
	const port = n8n === undefined ? undefined : Number(new URL(n8n.url).port);
	n8n = await startInstance(await installedN8n(), { userFolder: container.home, port }, cleanup);
}

async function restartN8n(): Promise<void> {
	await n8n.stop();
	await startN8n();
	api = createApi(n8n.url, api.cookie);
}

async function succeed(commands: string, cwd?: string): Promise<void> {
	const { code, output } = await container.run(commands, cwd);
	expect(`${code} ${code === 0 ? '' : output}`).toBe('0 ');
}

/** As if nothing had been installed. */
async function removeNodes(): Promise<void> {
	await rm(join(container.home, '.n8n', 'nodes'), { recursive: true });
}

/** n8n pays with the node after it has started anew. */
async function expectToPay(claim: string): Promise<void> {
	await restartN8n();
	// n8n knows the credential's type only when the package is installed.
	imburse ??= await startImburse(api);
	const workflow = chain([{ claim }], imburseNode('Pay', imburse.credential, payout(imburse)));
	const run = await runManually(api, await importWorkflow(api, workflow), START);
	expect(run.error ?? run.status).toBe('success');
	expect(run.output('Pay')).toMatchObject([{ orderRef: claim, result: 'created' }]);
}

describe('n8n pays with the package that the commands of docs/installation.md install', () => {
	it(
		'into a container, which is then restarted',
		async () => {
			await succeed(page.intoContainer);
			expect(await container.dockerCalls()).toEqual(['restart n8n']);
			await expectToPay('CLAIM-CONTAINER');
		},
		LIMIT_MS,
	);

	it(
		'into an image',
		async () => {
			await removeNodes();
			const steps = page.dockerfile.filter(({ instruction }) => instruction === 'RUN');
			for (const { argument } of steps) await succeed(argument);
			await expectToPay('CLAIM-IMAGE');
		},
		LIMIT_MS,
	);

	it(
		'from a tarball, without Docker',
		async () => {
			await removeNodes();
			const where = await mkdtemp(join(folder, 'downloads-'));
			await copyFile(tarball, join(where, basename(tarball)));
			await succeed(page.tarball.replace('<version>', version), where);
			await expectToPay('CLAIM-TARBALL');
		},
		LIMIT_MS,
	);
});
