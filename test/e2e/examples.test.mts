import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runManually } from '../../tools/n8n/execution.mts';
import { importWorkflow, readWorkflow, withCredential } from '../../tools/n8n/workflow.mts';
import { sharedN8n, startImburse, type TestImburse, type TestN8n } from './harness/index.mts';

const folder = join(__dirname, '..', '..', 'examples');
const examples = readdirSync(folder).filter((name) => name.endsWith('.json'));

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

beforeEach(() => imburse.sandbox.reset());

describe('the example', () => {
	it.each(examples)('%s runs as it is, and again without making anything twice', async (name) => {
		const workflow = withCredential(await readWorkflow(join(folder, name)), imburse.credential);
		const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		const id = await importWorkflow(n8n.api, workflow);

		const first = await runManually(n8n.api, id, trigger?.name ?? '');
		expect(first.error ?? first.status).toBe('success');
		const { orders } = imburse.sandbox.store;
		expect(orders.length).toBeGreaterThan(0);
		const made = JSON.stringify(orders);

		const second = await runManually(n8n.api, id, trigger?.name ?? '');
		expect(second.error ?? second.status).toBe('success');
		expect(JSON.stringify(imburse.sandbox.store.orders)).toBe(made);
	});
});
