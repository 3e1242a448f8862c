import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openEditor, startBrowser } from '../../../tools/editor/browser.mts';
import { Editor, type NodeDialog } from '../../../tools/editor/editor.mts';
import { importWorkflow, type Workflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import { localFolder } from '../../../tools/support/folders.mts';
import { createOrder, ImburseClient } from '../../sandbox/client.mts';
import {
	imburseNode,
	sharedN8n,
	startImburse,
	testEnvironment,
	type TestImburse,
} from '../harness/index.mts';

/** For one thing that a person waits for: a busy machine may take a minute to show the editor. */
const PATIENCE_MS = 120_000;
const STEP_LIMIT_MS = 3 * PATIENCE_MS;
const NODE_ID = '8f0c2f5e-52c8-4f0e-9a53-2e6d0a7c9b41';
const TRIGGER = 'When clicked';

const cleanup = new Cleanup();
let imburse: TestImburse;
let version: string;
let page: Page;
let node: NodeDialog;

beforeAll(async () => {
	const n8n = await sharedN8n();
	({ version } = await testEnvironment());
	imburse = await startImburse(n8n.api);
	cleanup.add(() => imburse.stop());
	const client = await ImburseClient.signIn(imburse.sandbox);
	await createOrder(client, 'CLAIM-17');
	await createOrder(client, 'CLAIM-18');
	imburse.sandbox.setInstructionStatus('CLAIM-18', 'INSTRUCTION-1', 'PROCESSING');
	page = await openEditor(await startBrowser(cleanup), { ...n8n, theme: 'light' });
	page.setDefaultTimeout(PATIENCE_MS);
	const editor = new Editor(page, { ...n8n, version });
	node = await editor.openNode(await importWorkflow(n8n.api, workflow()), NODE_ID);
}, STEP_LIMIT_MS);

afterAll(() => cleanup.finish(), 60_000);

/** A node for instructions, whose operation nobody has chosen yet. */
function workflow(): Workflow {
	const cancel = imburseNode('Cancel', imburse.credential, { resource: 'instruction' });
	const trigger = { name: TRIGGER, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 };
	return {
		name: 'Cancel a payment',
		nodes: [
			{ ...trigger, id: NODE_ID.replace('41', '40'), position: [0, 0], parameters: {} },
			{ ...cancel, id: NODE_ID, position: [220, 0] },
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Cancel', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** @param screen under which the screen at its end is kept */
function step(name: string, screen: string, walk: () => Promise<void>): void {
	const keepScreen = async () => {
		await mkdir(localFolder, { recursive: true });
		const path = join(localFolder, `cancel-${screen}-${version}.png`);
		await page.screenshot({ path }).catch(() => console.log('There is no screen to keep.'));
	};
	it(name, async () => await walk().finally(keepScreen), STEP_LIMIT_MS);
}

const cancellations = () =>
	imburse.sandbox.requests.filter(({ name }) => name === 'cancelInstruction');

describe('In the editor, a person', () => {
	step('finds a payment being made, not cancelled, where nothing was chosen', 'form', async () => {
		const operation = node.form.getByTestId('parameter-input-operation').locator('input');
		expect(await operation.inputValue()).toBe('Create');

		await node.select('operation', 'Cancel');
		await node.field('reason').waitFor();
		expect(await node.form.innerText()).toMatch(/Order Reference.*Instruction Reference.*Reason/s);
	});

	step('must say why', 'reason', async () => {
		await node.fill({ orderRef: 'CLAIM-17', instructionRef: 'INSTRUCTION-1', reason: '-' });
		await node.execute();
		await node.error.waitFor();

		expect(await node.error.innerText()).toContain('Reason: "-" holds no letter and no digit');
		expect(cancellations()).toHaveLength(0);
	});

	step('stops a payment that has not begun', 'cancelled', async () => {
		await node.fill({ reason: 'Claim withdrawn by the customer' });
		await node.execute();
		await node.output.getByText('cancelled', { exact: true }).waitFor();

		expect(imburse.sandbox.store.instruction('CLAIM-17', 'INSTRUCTION-1')).toMatchObject({
			status: 'VOID',
			cancellation: { reason: 'Claim withdrawn by the customer' },
		});
	});

	step('is told that it is cancelled already, and nothing is sent', 'again', async () => {
		await node.execute();
		await node.output.getByText('alreadyCancelled', { exact: true }).waitFor();

		expect(cancellations()).toHaveLength(1);
	});

	step('reads why a payment that is under way cannot be stopped', 'refused', async () => {
		await node.fill({ orderRef: 'CLAIM-18' });
		await node.execute();
		await node.error.waitFor();

		const words = await node.error.innerText();
		expect(words).toContain('cannot be cancelled: its status is PROCESSING');
		expect(words).toContain('Look it up in the Tenant Portal');
		expect(cancellations()).toHaveLength(1);
	});
});
