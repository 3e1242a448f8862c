import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Fault, ReceivedRequest } from '../../sandbox/index.mts';
import { runManually, startManually, waitForEnd } from '../../tools/n8n/execution.mts';
import { importWorkflow, type Workflow } from '../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	payout,
	runOnce,
	sharedN8n,
	START,
	startImburse,
	waitUntil,
	type TestImburse,
	type TestN8n,
	type TestNode,
} from './harness/index.mts';

const CLAIMS = ['CLAIM-1', 'CLAIM-2', 'CLAIM-3', 'CLAIM-4', 'CLAIM-5'];
const STRUCK = 'CLAIM-3';
const EARLIER = 'CLAIM-0';

/** How long an order takes that is to be stopped: a further one would begin when it ends. */
const SLOW_MS = 1_500;

/** A call that was begun before a stop may arrive this much after it. */
const UNDER_WAY_MS = 300;

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

beforeEach(() => imburse.sandbox.reset());

/** Pays each claim with one order that holds one instruction. */
function payments(claims: string[], settings: Partial<TestNode> = {}): Workflow {
	const parameters = { ...payout(imburse), options: { timeout: 2 } };
	return chain(
		claims.map((claim) => ({ claim })),
		imburseNode('Pay', imburse.credential, parameters, settings),
	);
}

/** Each claim has one order at Imburse with one instruction, whatever happened. */
function expectOneEach(claims: string[]): void {
	const { orders } = imburse.sandbox.store;
	expect(orders.map(({ orderRef }) => orderRef).sort()).toEqual([...claims].sort());
	expect(
		orders.flatMap(({ instructions }) => instructions.map((one) => one.instructionRef)),
	).toEqual(orders.map(({ orderRef }) => `${orderRef}-1`));
}

/** The order is created, but neither its response nor a read of it comes through. */
function lost(reads: number): Fault[] {
	return [
		{ kind: 'reset', at: 'afterWrite', route: 'createOrder', reference: STRUCK },
		{
			kind: 'answer',
			at: 'beforeWrite',
			status: 503,
			route: ['getOrder', 'getInstruction'],
			reference: STRUCK,
			calls: { next: reads },
		},
	];
}

describe('a second run after a fault', () => {
	it('with Retry On Fail creates each order once, although the node runs all items again', async () => {
		imburse.sandbox.setFaults(lost(4));
		const workflow = payments(CLAIMS, { retryOnFail: true, maxTries: 5, waitBetweenTries: 100 });
		const run = await runOnce(n8n.api, workflow);

		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Pay')).toHaveLength(CLAIMS.length);
		expect(imburse.sandbox.counts.byRoute.createOrder).toBeGreaterThan(CLAIMS.length);
		expectOneEach(CLAIMS);
	});

	it('with "Retry execution" creates each order once', async () => {
		// With an ended token the struck call would be refused, and nothing would be made by it.
		await runOnce(n8n.api, payments([EARLIER]));
		imburse.sandbox.setFaults(lost(1000));
		const failed = await runOnce(n8n.api, payments(CLAIMS));
		expect(failed.status).toBe('error');
		expect(failed.error).toContain(`It is not known whether Payment Order "${STRUCK}"`);

		imburse.sandbox.clearFaults();
		const { id } = await n8n.api.post<{ id: string }>(`/executions/${failed.id}/retry`, {
			loadWorkflow: true,
		});
		const retried = await waitForEnd(n8n.api, id);
		expect(retried.error ?? retried.status).toBe('success');
		const results = new Map(
			retried.output('Pay').map(({ orderRef, result }) => [orderRef, result]),
		);
		expect([...results.keys()].sort()).toEqual(CLAIMS);
		expectOneEach([EARLIER, ...CLAIMS]);
		expect(results.get(STRUCK)).toBe('alreadyExisted');
	});

	it('after Stop in the middle of a run creates what was not sent, and nothing twice', async () => {
		const claims = Array.from({ length: 40 }, (_, index) => `CLAIM-${index + 1}`);
		imburse.sandbox.setFaults([
			{ kind: 'delay', at: 'beforeWrite', ms: SLOW_MS, route: 'createOrder' },
		]);
		const workflowId = await importWorkflow(n8n.api, payments(claims));
		const executionId = await startManually(n8n.api, workflowId, START);
		await waitUntil('some orders are made', () => imburse.sandbox.store.orders.length >= 3);
		await n8n.api.post(`/executions/${executionId}/stop`, {});
		const stoppedAt = Date.now();
		expect((await waitForEnd(n8n.api, executionId)).status).toBe('canceled');
		await waitUntilQuiet();
		const { requests, store } = imburse.sandbox;
		expect(store.orders.length).toBeLessThan(claims.length);
		const isLate = ({ method, receivedAt }: ReceivedRequest) =>
			method === 'POST' && receivedAt > stoppedAt + UNDER_WAY_MS;
		expect(requests.filter(isLate)).toEqual([]);
		const told = await waitUntil('n8n’s log tells of the stop', () => tellsOfStop(executionId));
		const [sent, notSent] = told.split(' Not sent: ');
		for (const { orderRef } of store.orders) expect(sent).toContain(`"${orderRef}"`);
		expect(notSent).toContain('"CLAIM-40"');

		imburse.sandbox.clearFaults();
		const run = await runManually(n8n.api, workflowId, START);
		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Pay')).toHaveLength(claims.length);
		expectOneEach(claims);
	});
});

/** The line in which n8n's log names what was done, in flight and not sent. */
async function tellsOfStop(executionId: string): Promise<string | undefined> {
	const lines = (await readFile(n8n.logFile, 'utf8')).split('\n');
	return lines.find((line) => line.includes(`execution ${executionId} was stopped`));
}

/** Waits until there was no request for longer than the slowest one takes. */
function waitUntilQuiet(): Promise<boolean> {
	return waitUntil('nothing more is sent', () => {
		const last = imburse.sandbox.requests.at(-1)?.receivedAt ?? 0;
		return Date.now() - last > 2 * SLOW_MS;
	});
}
