import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Destination } from '../../sandbox/webhooks/destination.mts';
import type { DestinationSettings } from '../../sandbox/webhooks/vocabulary.mts';
import { listenForTestEvent, waitForEnd, type Execution } from '../../tools/n8n/execution.mts';
import { activateWorkflow, deactivateWorkflow, importWorkflow } from '../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	noteSecrets,
	receiver,
	runOnce,
	sharedN8n,
	startImburse,
	until,
	workflowOf,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

const KEY = randomUUID();
const TRIGGER = 'Imburse Trigger';

let n8n: TestN8n;
let imburse: TestImburse;
let workflowId: string;
let webhookId: string;
let url: string;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api, {}, { webhookVerificationKey: KEY });
	await noteSecrets([{ what: 'verification key', value: KEY }]);
});

afterAll(() => imburse.stop());

/** An active workflow of its own, so that no event has been seen before. */
beforeEach(async () => {
	const { id, name } = imburse.credential;
	webhookId = randomUUID();
	const trigger = {
		name: TRIGGER,
		type: 'n8n-nodes-imburse.imburseTrigger',
		typeVersion: 1,
		parameters: { verification: 'signature' },
		credentials: { imburseApi: { id, name } },
		webhookId,
	};
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

/** Pays claims through n8n, lets the sandbox settle them, and waits until all is delivered. */
async function settle(
	claims: string[],
	settings: Partial<DestinationSettings>,
): Promise<Destination> {
	const { sandbox } = imburse;
	const instruction = {
		instructionRef: '={{ $json.claim }}-1',
		customerRef: 'CUST-1',
		direction: 'CREDIT',
		amount: '210.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: sandbox.options.schemeIds.payout },
	};
	const parameters = {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: '={{ $json.claim }}',
		metadata: { entry: [{ key: 'claim', value: '={{ $json.claim }}' }] },
		instructions: { instruction: [instruction] },
	};
	const items = claims.map((claim) => ({ claim }));
	const run = await runOnce(
		n8n.api,
		chain(items, imburseNode('Pay', imburse.credential, parameters)),
	);
	expect(run.error ?? run.status).toBe('success');
	const destination = sandbox.webhooks.addDestination({
		url,
		verificationKey: KEY,
		redelivery: Array.from({ length: 20 }, () => 500),
		...settings,
	});
	for (const claim of claims) sandbox.setInstructionStatus(claim, `${claim}-1`, 'SETTLED');
	return destination;
}

/** Each claim once, with its metadata, and found at Imburse as the event says. */
async function expectEachOnce(claims: string[]): Promise<void> {
	const count = async () => (await received()).items.length >= claims.length;
	await until('every claim has come', count, 60_000);
	await imburse.sandbox.webhooks.whenQuiet();
	const { runs, items } = await received();
	expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'success'));
	const seen = items.map(({ orderRef, status, metadata, confirmed }) => ({
		orderRef,
		status,
		metadata,
		confirmed,
	}));
	expect(seen.sort((a, b) => String(a.orderRef).localeCompare(String(b.orderRef)))).toEqual(
		claims.map((claim) => ({
			orderRef: claim,
			status: 'SETTLED',
			metadata: { claim },
			confirmed: true,
		})),
	);
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
		sandbox.misbehave([
			{ kind: 'reset', at: 'beforeWrite', route: 'getInstruction', calls: { from: 2, to: 4 } },
		]);
		const { destinationId } = await settle(['CLAIM-L'], {});
		await expectEachOnce(['CLAIM-L']);
		const attempts = webhooks.deliveries.filter((one) => one.destinationId === destinationId);
		const statuses = attempts.flatMap((one) => one.attempts.map(({ status }) => status));
		expect(statuses).toContain(503);
		expect(statuses.at(-1)).toBe(200);
		sandbox.behave();
		webhooks.removeDestination(destinationId);
		await deactivateWorkflow(n8n.api, workflowId);
	});

	it('counts once when n8n is restarted before the event comes again', async () => {
		const { webhooks } = imburse.sandbox;
		const { destinationId } = await settle(['CLAIM-R'], {});
		await expectEachOnce(['CLAIM-R']);

		await n8n.restart();
		await until('the trigger refuses what is not signed', async () => {
			const answer = await fetch(url, { method: 'POST', body: '{}' }).catch(() => undefined);
			return answer?.status === 401;
		});
		const sent = webhooks.deliveries.find((one) => one.destinationId === destinationId);
		const again = webhooks.replay(sent?.deliveryId ?? 0);
		await webhooks.whenQuiet();
		expect(again.state).toBe('acknowledged');
		expect((await received()).items).toHaveLength(1);
		webhooks.removeDestination(destinationId);
		await deactivateWorkflow(n8n.api, workflowId);
	});
});

it('is let in as a test event, after a click in the editor', async () => {
	await deactivateWorkflow(n8n.api, workflowId);
	url = `${n8n.url}/webhook-test/${webhookId}/webhook`;
	await listenForTestEvent(n8n.api, workflowId, TRIGGER);
	const { destinationId } = await settle(['CLAIM-T'], {});
	await expectEachOnce(['CLAIM-T']);
	imburse.sandbox.webhooks.removeDestination(destinationId);
});
