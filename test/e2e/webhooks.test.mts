import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Destination } from '../../sandbox/webhooks/destination.mts';
import type { DestinationSettings } from '../../sandbox/webhooks/destinationSchema.mts';
import { listenForTestEvent, waitForEnd, type Execution } from '../../tools/n8n/execution.mts';
import { activateWorkflow, deactivateWorkflow, importWorkflow } from '../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	imburseTrigger,
	recordSecrets,
	payout,
	receiver,
	runOnce,
	sharedN8n,
	startImburse,
	waitUntil,
	workflowOf,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

const KEY = randomUUID();

/** For an event to come. */
const LIMIT_MS = 60_000;

let n8n: TestN8n;
let imburse: TestImburse;
let workflowId: string;
let webhookId: string;
let url: string;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api, {}, { webhookVerificationKey: KEY });
	await recordSecrets([{ what: 'verification key', value: KEY }]);
});

afterAll(() => imburse.stop());

/** An active workflow of its own, so that no event has been seen before. */
beforeEach(async () => {
	webhookId = randomUUID();
	const trigger = imburseTrigger(imburse.credential, webhookId);
	workflowId = await importWorkflow(n8n.api, workflowOf([trigger, receiver('Paid')]));
	await activateWorkflow(n8n.api, workflowId);
	url = `${n8n.url}/webhook/${webhookId}/webhook`;
});

/** What the workflow has put out so far, over all of its runs. */
async function received(): Promise<{ runs: Execution[]; items: Record<string, unknown>[] }> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const list = await n8n.api.get<{ results: { id: string }[] }>(`/executions?filter=${filter}`);
	const runs = await Promise.all(list.results.map(({ id }) => waitForEnd(n8n.api, id)));
	return { runs, items: runs.flatMap((run) => run.output('Paid')) };
}

/** Pays claims through n8n. */
async function pay(claims: string[]): Promise<void> {
	const parameters = {
		...payout(imburse),
		metadata: { entry: [{ key: 'claim', value: '={{ $json.claim }}' }] },
	};
	const items = claims.map((claim) => ({ claim }));
	const run = await runOnce(
		n8n.api,
		chain(items, imburseNode('Pay', imburse.credential, parameters)),
	);
	expect(run.error ?? run.status).toBe('success');
}

const letSettle = (claim: string): void =>
	imburse.sandbox.setInstructionStatus(claim, `${claim}-1`, 'SETTLED');

/** Paid as well, and left to settle when all others have come. */
let later: string[];

/** Pays claims, lets the sandbox settle them, and has it tell the trigger. */
async function settle(
	claims: string[],
	settings: Partial<DestinationSettings>,
): Promise<Destination> {
	later = [1, 2, 3, 4].map((number) => `${claims[0]}-LATER-${number}`);
	await pay([...claims, ...later]);
	const destination = imburse.sandbox.webhooks.addDestination({
		url,
		verificationKey: KEY,
		redelivery: Array.from({ length: 20 }, () => 500),
		...settings,
	});
	for (const claim of claims) letSettle(claim);
	return destination;
}

async function haveCome(claims: string[]): Promise<boolean> {
	const seen = (await received()).items.map(({ orderRef }) => orderRef);
	return claims.every((claim) => seen.includes(claim));
}

/** Each claim once, with its metadata, and found at Imburse as the event says. */
async function expectReceived(claims: string[]): Promise<void> {
	const { runs, items } = await received();
	expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'success'));
	const seen = items.map(({ orderRef, status, metadata, confirmed }) => ({
		orderRef,
		status,
		metadata,
		confirmed,
	}));
	expect(seen.sort((a, b) => String(a.orderRef).localeCompare(String(b.orderRef)))).toEqual(
		[...claims].sort().map((claim) => ({
			orderRef: claim,
			status: 'SETTLED',
			metadata: { claim },
			confirmed: true,
		})),
	);
}

/**
 * Waits for the claims, and for one more that settles when all is delivered: n8n 1.x answers a
 * delivery before it starts the workflow, and what was to start before it has started then.
 *
 * @returns the claims, with that one
 */
async function expectEachOnce(claims: string[]): Promise<string[]> {
	const { webhooks } = imburse.sandbox;
	await waitUntil('every claim has come', () => haveCome(claims), LIMIT_MS);
	await webhooks.whenIdle();
	const last = later.shift() ?? '';
	letSettle(last);
	const hasLastCome = (): Promise<boolean> => {
		// It has no other one to wait for.
		webhooks.release();
		return haveCome([last]);
	};
	await waitUntil('the last one has come', hasLastCome, LIMIT_MS);
	await webhooks.whenIdle();
	await expectReceived([...claims, last]);
	return [...claims, last];
}

describe('a payment that Imburse settles', () => {
	it('starts the workflow once, with the order’s metadata, confirmed', async () => {
		const { destinationId } = await settle(['CLAIM-1'], {});
		await expectEachOnce(['CLAIM-1']);
		imburse.sandbox.webhooks.removeDestination(destinationId);
		await deactivateWorkflow(n8n.api, workflowId);
	});

	it('counts once though deliveries come twice, in batches and last first', async () => {
		const claims = ['CLAIM-A', 'CLAIM-B', 'CLAIM-C', 'CLAIM-D'];
		const { destinationId } = await settle(claims, {
			copies: 2,
			maximumBatchSize: 2,
			maximumBatchDelayMs: 300,
			reverseEvery: 2,
			envelope: { wrappedIn: 'events' },
		});
		await expectEachOnce(claims);
		imburse.sandbox.webhooks.removeDestination(destinationId);
		await deactivateWorkflow(n8n.api, workflowId);
	});

	it('comes through when Imburse can be asked again, and not before', async () => {
		const { sandbox } = imburse;
		const { webhooks } = sandbox;
		sandbox.setFaults([
			{
				kind: 'reset',
				at: 'beforeWrite',
				route: 'getInstruction',
				reference: 'CLAIM-L',
				// The first one reads what was made.
				calls: { from: 2, to: 4 },
			},
		]);
		const { destinationId } = await settle(['CLAIM-L'], {});
		await expectEachOnce(['CLAIM-L']);
		const sent = webhooks.deliveries.find((one) => one.destinationId === destinationId);
		const statuses = sent?.attempts.map(({ status }) => status) ?? [];
		expect(statuses).toContain(503);
		expect(statuses.at(-1)).toBe(200);
		sandbox.clearFaults();
		webhooks.removeDestination(destinationId);
		await deactivateWorkflow(n8n.api, workflowId);
	});

	it('counts once when n8n is stopped or killed before each of several events comes again', async () => {
		const several = ['CLAIM-R', 'CLAIM-S', 'CLAIM-U'];
		const { destinationId } = await settle(several, { maximumBatchSize: 1 });
		let claims = await expectEachOnce(several);
		for (const startAnew of ['restart', 'crash', 'restart'] as const) {
			await n8n[startAnew]();
			await replayAll(destinationId);
			await expectReceived(claims);
			// One that comes between two starts is known after the second.
			claims = await expectEachOnce(claims);
		}
		imburse.sandbox.webhooks.removeDestination(destinationId);
		await deactivateWorkflow(n8n.api, workflowId);
	});
});

/** Delivers each event again, as soon as the trigger is there. */
async function replayAll(destinationId: string): Promise<void> {
	const { webhooks } = imburse.sandbox;
	await waitUntil('the trigger refuses what is not signed', async () => {
		const answer = await fetch(url, { method: 'POST', body: '{}' }).catch(() => undefined);
		return answer?.status === 401;
	});
	const first = webhooks.deliveries.filter(
		(one) => one.destinationId === destinationId && one.cause === 'events',
	);
	expect(first.length).toBeGreaterThanOrEqual(4);
	const again = first.map(({ deliveryId }) => webhooks.replay(deliveryId));
	await webhooks.whenIdle();
	expect(again.map(({ state }) => state)).toEqual(again.map(() => 'acknowledged'));
}

it('is let in as a test event, after a click in the editor', async () => {
	await deactivateWorkflow(n8n.api, workflowId);
	url = `${n8n.url}/webhook-test/${webhookId}/webhook`;
	await listenForTestEvent(n8n.api, workflowId, 'Imburse Trigger');
	const { destinationId } = await settle(['CLAIM-T'], {});
	await waitUntil('the claim has come', () => haveCome(['CLAIM-T']), LIMIT_MS);
	await expectReceived(['CLAIM-T']);
	imburse.sandbox.webhooks.removeDestination(destinationId);
});
