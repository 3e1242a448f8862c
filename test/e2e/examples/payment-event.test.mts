import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { executionsOf } from '../../../tools/n8n/execution.mts';
import { activateWorkflow, deactivateWorkflow } from '../../../tools/n8n/workflow.mts';
import { sendEventsTo, SHARED_SECRET } from '../../../tools/start/events.mts';
import { eventNodes, expectedOrder } from '../../../tools/start/examples.mts';
import {
	importExample,
	sharedN8n,
	startImburse,
	type TestImburse,
	type TestN8n,
} from '../harness/index.mts';

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api, {}, { webhookSharedSecret: SHARED_SECRET });
});

afterAll(() => imburse.stop());

it('tells what became of the order that the other example sent', async () => {
	const { sandbox } = imburse;
	const events = await importExample(n8n.api, 'payment-event', imburse);
	await activateWorkflow(n8n.api, events.id);
	try {
		await sendEventsTo(events.workflow, n8n.url, sandbox);
		const order = await importExample(n8n.api, 'payment-order', imburse);
		await order.press();
		// An event that arrives after the payment has settled counts as one with that of its settling.
		await sandbox.webhooks.whenIdle();
		sandbox.advance('SETTLED');
		await sandbox.webhooks.whenIdle();
		expect(sandbox.webhooks.unacknowledged).toEqual([]);

		const runs = await executionsOf(n8n.api, events.id, sandbox.webhooks.events.length);
		const { claimNumber } = expectedOrder(order.workflow).metadata;
		expect(runs.flatMap((run) => run.output(eventNodes.paid))).toEqual([
			{ claimNumber, paid: '210.00 EUR', confirmed: true },
		]);
	} finally {
		await deactivateWorkflow(n8n.api, events.id);
	}
});
