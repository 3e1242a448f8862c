import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { startManually, waitForEnd } from '../../tools/n8n/execution.mts';
import { activateWorkflow, importWorkflow } from '../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	payout,
	receiver,
	sharedN8n,
	START,
	startImburse,
	waitUntil,
	workflowOf,
	type TestImburse,
	type TestN8n,
	type TestNode,
} from './harness/index.mts';

const ROWS = 3_000;
const LOOK_EVERY_MS = 20;
/** Of so many looks one is a call of a webhook. */
const CALL_EVERY = 25;
/** Of the whole run: a check in one go lets n8n answer only when it is over, on a machine of any speed. */
const LONGEST_PART = 0.5;

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

async function start(options: Record<string, unknown>): Promise<string> {
	const claims = Array.from({ length: ROWS }, (_, index) => ({ claim: `CLAIM-${index}` }));
	const parameters = { ...payout(imburse), options };
	const workflow = chain(claims, imburseNode('Pay', imburse.credential, parameters));
	return await startManually(n8n.api, await importWorkflow(n8n.api, workflow), START);
}

/** Activates a workflow that answers calls. Resolves to where. */
async function listen(): Promise<string> {
	const path = randomUUID();
	const webhook: TestNode = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, options: {} },
		webhookId: path,
	};
	const id = await importWorkflow(n8n.api, workflowOf([webhook, receiver('Done')]));
	await activateWorkflow(n8n.api, id);
	const url = `${n8n.url}/webhook/${path}`;
	const statusOf = async () =>
		(await axios.post(url, {}, { proxy: false, validateStatus: () => true })).status;
	await waitUntil('the webhook listens', async () => (await statusOf()) === 200);
	return url;
}

/**
 * Asks n8n whether it is well, and now and then calls the webhook, one time after the other, until
 * the returned function is called.
 */
function watch(webhook: string): () => Promise<number[]> {
	let isWatching = true;
	const latencies: number[] = [];
	const look = async () => {
		for (let looks = 0; isWatching; looks++) {
			const asked = performance.now();
			if (looks % CALL_EVERY === 0) await axios.post(webhook, {}, { proxy: false });
			else await axios.get(`${n8n.url}/healthz`, { proxy: false });
			latencies.push(performance.now() - asked);
			await delay(LOOK_EVERY_MS);
		}
		return latencies;
	};
	const watching = look();
	return async () => {
		isWatching = false;
		return await watching;
	};
}

describe('a check of many payments', () => {
	it('leaves n8n time to answer probes and webhooks', async () => {
		const maxTotals = { total: [{ amount: '100000000.00', currency: 'EUR' }] };
		const webhook = await listen();
		const id = await start({ validateOnly: true, maxTotals });
		const began = performance.now();
		const stopWatching = watch(webhook);
		const run = await waitForEnd(n8n.api, id, 300_000);
		const took = performance.now() - began;
		const latencies = await stopWatching();
		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Pay')).toHaveLength(ROWS);
		expect(latencies.length).toBeGreaterThan(CALL_EVERY);
		expect(Math.max(...latencies)).toBeLessThan(LONGEST_PART * took);
	});

	it('is ended by Stop, and nothing is sent', async () => {
		const before = imburse.sandbox.requests.length;
		const id = await start({});
		await delay(LOOK_EVERY_MS);
		await n8n.api.post(`/executions/${id}/stop`, {});
		expect((await waitForEnd(n8n.api, id)).status).toBe('canceled');
		const told = await waitUntil('n8n’s log tells of the stop', async () => {
			const lines = (await readFile(n8n.logFile, 'utf8')).split('\n');
			return lines.find((line) => line.includes(`execution ${id} was stopped`));
		});
		expect(told).toContain('was stopped while its items were checked. Nothing was sent.');
		expect(imburse.sandbox.requests).toHaveLength(before);
	});
});
