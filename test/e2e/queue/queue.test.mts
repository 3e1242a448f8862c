import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	isPending,
	type Delivery,
	type DeliveryAttempt,
	type WebhookEvent,
} from '../../../sandbox/index.mts';
import { createOwner } from '../../../tools/n8n/owner.mts';
import { signIn, type N8nApi } from '../../../tools/n8n/rest.mts';
import { activateWorkflow, importWorkflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import {
	installedN8n,
	recordSecrets,
	testEnvironment,
	startImburse,
	waitUntil,
	type TestImburse,
} from '../harness/index.mts';
import { claimsOf, PATH, payClaims, submit } from './support/claims.mts';
import { Cluster } from './support/cluster.mts';
import { bookEvents, EVENTS_PATH } from './support/events.mts';
import { executionsOf, isRunning, waitUntilAllEnded } from './support/executions.mts';
import { startLedger, type Ledger } from './support/ledger.mts';

/** Long enough that a worker is in the middle of its orders when it is killed. */
const SLOW = { kind: 'delay', at: 'afterWrite', ms: 1_500, route: 'createOrder' } as const;

/** Most events in one delivery, and most deliveries that are under way at once. */
const EVENTS_IN_A_DELIVERY = 10;
const DELIVERIES_AT_ONCE = 8;

/** The batches that each part of the story hands in: 500 claims in all. */
const BEFORE_A_WORKER_DIES = [1, 2, 3, 4, 5];
const BEFORE_RESTARTS = [6, 7, 8];
const BEFORE_A_MACHINE_DIES = [9, 10];
const ALL = [...BEFORE_A_WORKER_DIES, ...BEFORE_RESTARTS, ...BEFORE_A_MACHINE_DIES];

const verificationKey = randomBytes(32).toString('base64');
const cleanup = new Cleanup();
let folder: string;
let cluster: Cluster;
let imburse: TestImburse;
let ledger: Ledger;
let api: N8nApi;
let payments: string;
let events: string;
let version: string;

/**
 * It hands what a lost worker had to another one, and sometimes never answers a call whose workflow
 * has ended (docs/queue-mode.md).
 */
const isN8n1 = (): boolean => version.startsWith('1.');

/** When something was killed or restarted while events may have been on their way. */
const breaks: { from: number; to: number }[] = [];

/** Payments that were told to settle. */
let settled = 0;

beforeAll(async () => {
	const { tarball, dataFolder, ...premise } = await testEnvironment();
	version = premise.version;
	folder = join(dataFolder, 'queue');
	cluster = await Cluster.start({ installed: await installedN8n(), tarball, folder }, cleanup);
	await Promise.all([
		cluster.startWebhook(),
		cluster.startWorker('worker-1'),
		cluster.startWorker('worker-2'),
	]);
	api = await signIn(cluster.url, createOwner());
	await recordSecrets([{ what: 'verification key', value: verificationKey }]);
	imburse = await startImburse(api, {}, { webhookVerificationKey: verificationKey });
	ledger = await startLedger(cleanup);
	await setUpWorkflows();
	imburse.sandbox.setFaults([SLOW]);
}, 600_000);

afterAll(async () => {
	await imburse?.stop();
	await cleanup.finish();
}, 120_000);

async function setUpWorkflows(): Promise<void> {
	const { sandbox, credential } = imburse;
	payments = await importWorkflow(api, payClaims(credential, sandbox.options.schemeIds.payout));
	events = await importWorkflow(api, bookEvents(credential, ledger.url));
	for (const workflow of [payments, events]) await activateWorkflow(api, workflow);
	const paths = `select 1 from webhook_entity where "webhookPath" in ('${PATH}', '${EVENTS_PATH}')`;
	await waitUntil('both webhooks are registered', async () => {
		return (await cluster.postgres.query(paths)).length === 2 || undefined;
	});
	// Bursts of deliveries, each twice at the same moment, and again until n8n has taken it.
	sandbox.webhooks.addDestination({
		url: `${cluster.webhookUrl}/${EVENTS_PATH}`,
		verificationKey,
		maximumBatchSize: EVENTS_IN_A_DELIVERY,
		maximumBatchDelayMs: 300,
		copies: 2,
		concurrency: DELIVERIES_AT_ONCE,
		redelivery: Array.from({ length: 60 }, () => 2_000),
		timeoutMs: 30_000,
	});
}

/** Hands in batches that n8n has not had before, and waits until it has begun with each. */
async function handInAndWaitForEach(batches: number[]): Promise<void> {
	for (const batch of batches) await submit(cluster.webhookUrl, batch);
	await waitUntil('each batch has begun', () => batches.every(hasBegun), 60_000);
}

function hasBegun(batch: number): boolean {
	const refs = refsOf([batch]);
	return imburse.sandbox.store.orders.some(({ orderRef }) => refs.includes(orderRef));
}

/** Lets all payments settle, and waits until n8n has taken every event. */
async function settleAll(): Promise<void> {
	const { sandbox } = imburse;
	await waitUntilAllAccepted(sandbox.counts.instructions + settled);
	sandbox.advance('SETTLED');
	settled = sandbox.counts.instructions;
	await waitUntilAllAccepted(2 * settled);
}

async function waitUntilAllAccepted(count: number): Promise<void> {
	const { webhooks } = imburse.sandbox;
	const hasTakenAll = (): boolean => webhooks.events.length === count && openEvents().length === 0;
	await waitUntil(`n8n has taken ${count} events`, hasTakenAll, 200_000).catch((error: unknown) => {
		throw new Error(`${(error as Error).message} ${howDeliveriesStand()}`);
	});
}

/**
 * The events that n8n has not taken yet, or that are on their way once more. Where n8n 1.x owes the
 * answer, what is booked counts as taken.
 */
function openEvents(): WebhookEvent[] {
	const { deliveries, events: sent, unacknowledged } = imburse.sandbox.webhooks;
	const open = new Set([
		...unacknowledged.map(({ eventId }) => eventId),
		...idsOf(deliveries.filter(isPending)),
	]);
	const brokenOff = idsOf(deliveries.filter(({ attempts }) => attempts.some(hasBrokenOff)));
	const owed = new Set(isN8n1() ? brokenOff : []);
	const booked = new Set(ledger.bookings.map(keyOf));
	return sent.filter(
		(event) => open.has(event.eventId) && !(owed.has(event.eventId) && booked.has(keyOf(event))),
	);
}

const idsOf = (deliveries: readonly Delivery[]): string[] =>
	deliveries.flatMap(({ eventIds }) => eventIds);

/** An event as it is booked: each status of an order once. */
const keyOf = ({ orderRef, status }: { orderRef?: string; status?: string }): string =>
	`${orderRef} ${status}`;

/** Whether the caller got no response. */
const hasBrokenOff = ({ error }: DeliveryAttempt): boolean => error !== null;

/** Whether the caller got no response, or one that says that the workflow failed; 503 asks for a retry later. */
const hasFailed = (attempt: DeliveryAttempt): boolean =>
	hasBrokenOff(attempt) || attempt.status === 500;

/** Whether it was under way during a break: n8n 1.x may have begun its workflow anew then. */
const hasSeenABreak = ({ startedAt, endedAt }: DeliveryAttempt): boolean =>
	breaks.some(({ from, to }) => startedAt <= to && from <= (endedAt ?? Infinity));

/** The events that may be booked twice, as they are booked. */
function brokenOnTheWay(): Set<string> {
	const { deliveries, events: sent } = imburse.sandbox.webhooks;
	const isBroken = (attempt: DeliveryAttempt) =>
		hasFailed(attempt) || (isN8n1() && hasSeenABreak(attempt));
	const ids = new Set(idsOf(deliveries.filter(({ attempts }) => attempts.some(isBroken))));
	return new Set(sent.filter(({ eventId }) => ids.has(eventId)).map(keyOf));
}

/** How many deliveries are where, with their last answer, such as `waiting after 503: 12`. */
function howDeliveriesStand(): string {
	const counts: Record<string, number> = {};
	for (const { state, attempts } of imburse.sandbox.webhooks.deliveries) {
		const last = attempts.filter(({ endedAt }) => endedAt !== null).at(-1);
		const course = `${state} after ${last?.status ?? last?.error}`;
		counts[course] = (counts[course] ?? 0) + 1;
	}
	return `${openEvents().length} are open. Deliveries: ${JSON.stringify(counts)}`;
}

const refsOf = (batches: number[]): string[] =>
	batches.flatMap((batch) => claimsOf(batch).map(({ claimNumber }) => claimNumber));

/** What Imburse must have after these batches: each claim once, with its one payment. */
function expectEachPaidOnce(batches: number[]): void {
	const { sandbox } = imburse;
	const orders = sandbox.store.orders;
	expect(orders.map(({ orderRef }) => orderRef).sort()).toEqual(refsOf(batches).sort());
	expect(orders.filter(({ instructions }) => instructions.length !== 1)).toEqual([]);
	const made = sandbox.requests.filter(
		({ name, ownStatus }) => name === 'createOrder' && ownStatus !== null && ownStatus < 300,
	);
	expect(made).toHaveLength(refsOf(batches).length);
}

/** What was ordered once more than needed, and found to be there. */
const repeated = (): number =>
	(imburse.sandbox.counts.byRoute.createOrder ?? 0) - imburse.sandbox.counts.orders;

const bookedAs = (status: string): string[] =>
	ledger.bookings.filter((booking) => booking.status === status).map(({ orderRef }) => orderRef);

async function retry(executions: { id: string }[]): Promise<void> {
	for (const { id } of executions) {
		await api.post(`/executions/${id}/retry`, { loadWorkflow: false });
	}
}

const statusesOf = (executions: { status: string }[]): string[] =>
	executions.map(({ status }) => status);

/** Breaks something while events may be on their way. */
async function disturb(what: () => Promise<void>): Promise<void> {
	const from = Date.now();
	await what();
	breaks.push({ from, to: Date.now() });
}

/** Kills a worker that is in the middle of its claims. */
async function killABusyWorker(): Promise<void> {
	const busy = await waitUntil('a worker has claims', async () => {
		const runs = await executionsOf(cluster.postgres, payments);
		const workers = runs.filter(isRunning).map(({ id }) => cluster.workerOf(id));
		return (await Promise.all(workers)).find((name) => name !== undefined);
	});
	await disturb(() => cluster.kill(busy));
}

describe('Queue mode', () => {
	it('pays each claim once when a worker is killed and the same claims are handed in again', async () => {
		await handInAndWaitForEach(BEFORE_A_WORKER_DIES);
		await killABusyWorker();
		await cluster.startWorker('worker-3');
		const count = BEFORE_A_WORKER_DIES.length;
		const first = await waitUntilAllEnded(cluster.postgres, payments, count);
		// n8n 1.x hands what the worker had to another one, and n8n 2.x ends it as an error.
		if (isN8n1()) {
			expect(statusesOf(first)).toEqual(first.map(() => 'success'));
			expect(repeated()).toBeGreaterThan(0);
		} else expect(statusesOf(first)).toContain('error');

		const repeatedBefore = repeated();
		for (const batch of BEFORE_A_WORKER_DIES) await submit(cluster.webhookUrl, batch);
		const again = (await waitUntilAllEnded(cluster.postgres, payments, 2 * count)).slice(-count);
		expect(statusesOf(again)).toEqual(again.map(() => 'success'));
		expect(repeated()).toBeGreaterThan(repeatedBefore);
		expectEachPaidOnce(BEFORE_A_WORKER_DIES);
	}, 300_000);

	it('sends nothing when n8n 2.x is told to retry what lost its worker; n8n 1.x leaves nothing to retry', async () => {
		const runs = await executionsOf(cluster.postgres, payments);
		const lost = runs.filter(({ status }) => status === 'error');
		const sent = imburse.sandbox.counts.byRoute.createOrder;
		await retry(lost);
		const after = await waitUntilAllEnded(cluster.postgres, payments, runs.length + lost.length);

		expect(lost.length > 0).toBe(!isN8n1());
		expect(statusesOf(after.slice(runs.length))).toEqual(lost.map(() => 'error'));
		expect(imburse.sandbox.counts.byRoute.createOrder).toBe(sent);
		expectEachPaidOnce(BEFORE_A_WORKER_DIES);
	}, 60_000);

	it('goes on with one token call for each process when Redis and main are restarted and the token has ended', async () => {
		// The webhook processor and three workers have run until here.
		expect(imburse.sandbox.tokenCalls).toBeLessThanOrEqual(4);
		await settleAll();
		const tokenCalls = imburse.sandbox.tokenCalls;
		imburse.sandbox.expireTokens();
		const before = (await executionsOf(cluster.postgres, payments)).length;
		await handInAndWaitForEach(BEFORE_RESTARTS);
		await disturb(async () => {
			await cluster.redis.restart();
			await cluster.restartMain();
		});
		const runs = await waitUntilAllEnded(
			cluster.postgres,
			payments,
			before + BEFORE_RESTARTS.length,
		);

		const during = runs.slice(-BEFORE_RESTARTS.length);
		expect(statusesOf(during)).toEqual(during.map(() => 'success'));
		expectEachPaidOnce([...BEFORE_A_WORKER_DIES, ...BEFORE_RESTARTS]);
		const renewals = imburse.sandbox.tokenCalls - tokenCalls;
		console.log(`Token calls: ${tokenCalls} before it ended, ${renewals} afterwards`);
		// The webhook processor and two workers.
		expect(renewals).toBeGreaterThanOrEqual(1);
		expect(renewals).toBeLessThanOrEqual(3);
	}, 500_000);

	it('pays each claim once when a machine is lost and the executions are retried in n8n', async () => {
		await settleAll();
		imburse.sandbox.webhooks.hold();
		const before = (await executionsOf(cluster.postgres, payments)).length;
		const repeatedBefore = repeated();
		await handInAndWaitForEach(BEFORE_A_MACHINE_DIES);
		await cluster.killAllButMain();
		await Promise.all([cluster.startWebhook(), cluster.startWorker('worker-4')]);
		await waitUntil(
			'n8n knows that the workers are gone',
			async () => (await cluster.redis.activeJobs()) === 0 || undefined,
			60_000,
		);
		await cluster.restartMain();
		const count = before + BEFORE_A_MACHINE_DIES.length;
		const runs = await waitUntilAllEnded(cluster.postgres, payments, count);
		const crashed = runs.filter(({ status }) => status === 'crashed');
		await retry(crashed);

		// n8n 1.x hands what a lost worker had to another one by itself.
		expect(crashed).toHaveLength(isN8n1() ? 0 : BEFORE_A_MACHINE_DIES.length);
		expect(repeated()).toBeGreaterThan(repeatedBefore);
		expectEachPaidOnce(ALL);
	}, 500_000);

	it('books each event, and twice only what was on its way when something broke', async () => {
		imburse.sandbox.webhooks.release();
		await settleAll();

		const { deliveries, events: sent } = imburse.sandbox.webhooks;
		const calls = deliveries.flatMap(({ attempts }) => attempts).length;
		console.log(`${sent.length} events in ${calls} calls: ${ledger.bookings.length} bookings`);
		expect(ledger.bookings.filter(({ confirmed }) => !confirmed)).toEqual([]);
		const all = refsOf(ALL).sort();
		for (const status of ['READY', 'SETTLED']) {
			expect([...new Set(bookedAs(status))].sort()).toEqual(all);
		}
		const keys = ledger.bookings.map(keyOf);
		const twice = keys.filter((key, position) => keys.indexOf(key) < position);
		const broken = brokenOnTheWay();
		expect(twice.filter((key) => !broken.has(key))).toEqual([]);
		// At most so many are on their way at once.
		const most = DELIVERIES_AT_ONCE * EVENTS_IN_A_DELIVERY;
		expect(twice.length).toBeLessThanOrEqual(breaks.length * most);
		// Nothing was killed while payments settled.
		if (!isN8n1()) expect(bookedAs('SETTLED').sort()).toEqual(all);
	}, 500_000);

	it('keeps no secret but encrypted', async () => {
		await writeFile(join(folder, 'postgres.sql'), await cluster.postgres.dump());
		await cp(cluster.redis.folder, join(folder, 'redis'), { recursive: true });
		const texts = await textsBelow(folder);
		const filesWith = (text: string): string[] =>
			texts.filter(({ content }) => content.includes(text)).map(({ path }) => path);
		const sent = imburse.sandbox.requests.flatMap(
			({ headers }) => headers.authorization?.split(/[ :]/).at(-1) ?? [],
		);
		const secrets = [imburse.sandbox.options.privateKey, verificationKey, ...sent];

		// That the search would find something: what is no secret.
		expect(filesWith('CLAIM-1-0')).toContain('postgres.sql');
		for (const secret of new Set(secrets)) expect(filesWith(secret)).toEqual([]);
	}, 120_000);
});

/** All that the processes have written, but not the package and what n8n brings itself. */
async function textsBelow(root: string): Promise<{ path: string; content: string }[]> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => join(entry.parentPath, entry.name));
	return Promise.all(
		files.map(async (file) => ({
			path: file.slice(root.length + 1),
			content: await readFile(file, 'latin1'),
		})),
	);
}
