import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { startManually, waitForEnd } from '../../tools/n8n/execution.mts';
import { importWorkflow } from '../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	payout,
	sharedN8n,
	START,
	startImburse,
	waitUntil,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

const ROWS = 3_000;
const LOOK_EVERY_MS = 20;
/** A check of so many rows took 20 s and more in one go; n8n's own work on them takes its time, too. */
const LONGEST_MS = 2_000;

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

/** Asks n8n whether it is well, one time after the other, until the returned function is called. */
function watchHealth(): () => Promise<number[]> {
	let isWatching = true;
	const latencies: number[] = [];
	const watch = async () => {
		while (isWatching) {
			const asked = performance.now();
			await axios.get(`${n8n.url}/healthz`, { proxy: false });
			latencies.push(performance.now() - asked);
			await delay(LOOK_EVERY_MS);
		}
		return latencies;
	};
	const watching = watch();
	return async () => {
		isWatching = false;
		return await watching;
	};
}

describe('a check of many payments', () => {
	it('leaves n8n time to answer others', async () => {
		const maxTotals = { total: [{ amount: '100000000.00', currency: 'EUR' }] };
		const id = await start({ validateOnly: true, maxTotals });
		const stopWatching = watchHealth();
		const run = await waitForEnd(n8n.api, id, 300_000);
		const latencies = await stopWatching();
		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Pay')).toHaveLength(ROWS);
		expect(Math.max(...latencies)).toBeLessThan(LONGEST_MS);
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
