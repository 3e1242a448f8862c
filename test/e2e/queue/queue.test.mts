import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { createOwner } from '../../../tools/n8n/owner.mts';
import { signIn, type N8nApi } from '../../../tools/n8n/rest.mts';
import { activateWorkflow, importWorkflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import {
	installedN8n,
	premises,
	startImburse,
	until,
	type TestImburse,
} from '../harness/index.mts';
import { claimsOf, CLAIMS_IN_A_BATCH, PATH, payClaims, submit } from './support/claims.mts';
import { Cluster } from './support/cluster.mts';
import { executionsOf, untilAllEnded } from './support/executions.mts';

/** Long enough that a worker is in the middle of its orders when it is killed. */
const SLOW = { kind: 'delay', at: 'afterWrite', ms: 1_500, route: 'createOrder' } as const;

/** The batches that each part of the story hands in: 500 claims in all. */
const BEFORE_A_WORKER_DIES = [1, 2, 3, 4, 5];
const BEFORE_RESTARTS = [6, 7, 8];
const BEFORE_A_MACHINE_DIES = [9, 10];
const ALL = [...BEFORE_A_WORKER_DIES, ...BEFORE_RESTARTS, ...BEFORE_A_MACHINE_DIES];

const cleanup = new Cleanup();
let cluster: Cluster;
let imburse: TestImburse;
let api: N8nApi;
let workflowId: string;

beforeAll(async () => {
	const { tarball, dataFolder } = await premises();
	const options = { installed: await installedN8n(), tarball, folder: join(dataFolder, 'queue') };
	cluster = await Cluster.start(options, cleanup);
	await Promise.all([
		cluster.startWebhook(),
		cluster.startWorker('worker-1'),
		cluster.startWorker('worker-2'),
	]);
	api = await signIn(cluster.url, createOwner());
	imburse = await startImburse(api);
	const { schemeIds } = imburse.sandbox.options;
	workflowId = await importWorkflow(api, payClaims(imburse.credential, schemeIds.payout));
	await activateWorkflow(api, workflowId);
	const webhooks = `select 1 from webhook_entity where "webhookPath" = '${PATH}'`;
	await until('the webhook is registered', async () => (await cluster.postgres.query(webhooks))[0]);
	imburse.sandbox.misbehave([SLOW]);
}, 600_000);

afterAll(async () => {
	await imburse?.stop();
	await cleanup.finish();
}, 120_000);

/** Hands in batches that n8n has not had before, and waits until some of their orders are made. */
async function handInAndWaitForTheMiddle(batches: number[]): Promise<void> {
	const before = imburse.sandbox.counts.orders;
	for (const batch of batches) await submit(cluster.webhookUrl, batch);
	const some = before + CLAIMS_IN_A_BATCH;
	await until(`${some} orders`, () => imburse.sandbox.counts.orders >= some || undefined, 60_000);
}

/** What Imburse must have after these batches: each claim once, with its one payment. */
function expectEachPaidOnce(batches: number[]): void {
	const { sandbox } = imburse;
	const claims = batches.flatMap((batch) => claimsOf(batch).map(({ claimNumber }) => claimNumber));
	const orders = sandbox.store.orders;
	expect(orders.map(({ orderRef }) => orderRef).sort()).toEqual([...claims].sort());
	expect(orders.filter(({ instructions }) => instructions.length !== 1)).toEqual([]);
	const made = sandbox.requests.filter(
		({ name, ownStatus }) => name === 'createOrder' && ownStatus !== null && ownStatus < 300,
	);
	expect(made).toHaveLength(claims.length);
}

/** What was ordered once more than needed, and found to be there. */
const repeated = (): number =>
	(imburse.sandbox.counts.byRoute.createOrder ?? 0) - imburse.sandbox.counts.orders;

describe('Queue mode', () => {
	it('pays each claim once when a worker is killed and the same claims are handed in again', async () => {
		await handInAndWaitForTheMiddle(BEFORE_A_WORKER_DIES);
		await cluster.kill('worker-1');
		await cluster.startWorker('worker-3');
		await untilAllEnded(cluster.postgres, workflowId, BEFORE_A_WORKER_DIES.length);
		for (const batch of BEFORE_A_WORKER_DIES) await submit(cluster.webhookUrl, batch);
		const runs = await untilAllEnded(cluster.postgres, workflowId, 2 * BEFORE_A_WORKER_DIES.length);

		const again = runs.slice(-BEFORE_A_WORKER_DIES.length);
		expect(again.map(({ status }) => status)).toEqual(again.map(() => 'success'));
		expect(repeated()).toBeGreaterThan(0);
		expectEachPaidOnce(BEFORE_A_WORKER_DIES);
	}, 300_000);

	it('sends nothing when an execution that lost its worker is retried in n8n', async () => {
		const lost = (await executionsOf(cluster.postgres, workflowId)).filter(
			({ status }) => status === 'error',
		);
		const sent = imburse.sandbox.counts.posts;
		for (const { id } of lost) await api.post(`/executions/${id}/retry`, { loadWorkflow: false });

		expect(imburse.sandbox.counts.posts).toBe(sent);
		expectEachPaidOnce(BEFORE_A_WORKER_DIES);
	}, 60_000);

	it('goes on when Redis and main are restarted in the middle', async () => {
		const before = (await executionsOf(cluster.postgres, workflowId)).length;
		await handInAndWaitForTheMiddle(BEFORE_RESTARTS);
		await cluster.redis.restart();
		await cluster.restartMain();
		const runs = await untilAllEnded(cluster.postgres, workflowId, before + BEFORE_RESTARTS.length);

		const during = runs.slice(-BEFORE_RESTARTS.length);
		expect(during.map(({ status }) => status)).toEqual(during.map(() => 'success'));
		expectEachPaidOnce([...BEFORE_A_WORKER_DIES, ...BEFORE_RESTARTS]);
	}, 300_000);

	it('pays each claim once when a whole machine is lost and the executions are retried in n8n', async () => {
		const before = (await executionsOf(cluster.postgres, workflowId)).length;
		const repeatedBefore = repeated();
		await handInAndWaitForTheMiddle(BEFORE_A_MACHINE_DIES);
		await Promise.all(['webhook', 'worker-2', 'worker-3'].map((name) => cluster.kill(name)));
		await Promise.all([cluster.startWebhook(), cluster.startWorker('worker-4')]);
		await until(
			'n8n knows that the workers are gone',
			async () => (await cluster.redis.activeJobs()) === 0 || undefined,
			60_000,
		);
		await cluster.restartMain();
		const runs = await untilAllEnded(
			cluster.postgres,
			workflowId,
			before + BEFORE_A_MACHINE_DIES.length,
		);
		const crashed = runs.filter(({ status }) => status === 'crashed');
		for (const { id } of crashed)
			await api.post(`/executions/${id}/retry`, { loadWorkflow: false });

		expect(crashed).toHaveLength(BEFORE_A_MACHINE_DIES.length);
		expect(repeated()).toBeGreaterThan(repeatedBefore);
		expectEachPaidOnce(ALL);
	}, 300_000);
});
