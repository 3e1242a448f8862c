import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { executionsOf, runManually, type Execution } from '../../tools/n8n/execution.mts';
import {
	activateWorkflow,
	deactivateWorkflow,
	importWorkflow,
	readWorkflow,
	withCredential,
	type Workflow,
} from '../../tools/n8n/workflow.mts';
import { sendEventsTo, SHARED_SECRET } from '../../tools/start/events.mts';
import { eventFile, orderFile } from '../../tools/start/examples.mts';
import { eventNodes, expectedOrder } from '../../tools/start/examples.mts';
import { sharedN8n, startImburse, type TestImburse, type TestN8n } from './harness/index.mts';

const folder = join(__dirname, '..', '..', 'examples');
const examples = readdirSync(folder)
	.filter((name) => name.endsWith('.json'))
	.map((name) => join(folder, name));

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api, {}, { webhookSharedSecret: SHARED_SECRET });
});

afterAll(() => imburse.stop());

beforeEach(() => imburse.sandbox.reset());

const read = async (file: string) => withCredential(await readWorkflow(file), imburse.credential);

/** Runs an example as the editor's button does. */
async function press(workflow: Workflow, id: string): Promise<Execution> {
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const run = await runManually(n8n.api, id, trigger?.name ?? '');
	expect(run.error ?? run.status).toBe('success');
	return run;
}

describe('the example', () => {
	it('is one of those that are tested here', () => {
		expect(examples.sort()).toEqual([orderFile, eventFile].sort());
	});

	it('that sends an order runs as it is, and again without making anything twice', async () => {
		const workflow = await read(orderFile);
		const id = await importWorkflow(n8n.api, workflow);

		await press(workflow, id);
		const { orders } = imburse.sandbox.store;
		expect(orders.length).toBeGreaterThan(0);
		const made = JSON.stringify(orders);

		await press(workflow, id);
		expect(JSON.stringify(imburse.sandbox.store.orders)).toBe(made);
	});

	it('that takes events runs with what became of that order', async () => {
		const { sandbox } = imburse;
		const events = await read(eventFile);
		const eventsId = await importWorkflow(n8n.api, events);
		await activateWorkflow(n8n.api, eventsId);
		try {
			await sendEventsTo(events, n8n.url, sandbox);
			const order = await read(orderFile);
			await press(order, await importWorkflow(n8n.api, order));
			// An event that arrives after the payment has settled counts as one with that of its settling.
			await sandbox.webhooks.whenIdle();
			sandbox.advance('SETTLED');
			await sandbox.webhooks.whenIdle();
			expect(sandbox.webhooks.unacknowledged).toEqual([]);

			const runs = await executionsOf(n8n.api, eventsId, sandbox.webhooks.events.length);
			const { claimNumber } = expectedOrder(order).metadata;
			expect(runs.flatMap((run) => run.output(eventNodes.paid))).toEqual([
				{ claimNumber, paid: '210.00 EUR', confirmed: true },
			]);
		} finally {
			await deactivateWorkflow(n8n.api, eventsId);
		}
	});
});
