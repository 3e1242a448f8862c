import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startSandbox, type RunningSandbox } from '../../../sandbox/index.mts';
import { openEditor, startBrowser } from '../../../tools/editor/browser.mts';
import { Editor, type NodeDialog } from '../../../tools/editor/editor.mts';
import { sandboxCredential, storeCredential } from '../../../tools/n8n/credential.mts';
import { importWorkflow } from '../../../tools/n8n/workflow.mts';
import { localFolder } from '../../../tools/support/folders.mts';
import { goodClaims } from '../../../tools/screenshots/workflows.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import {
	newKeys,
	recordSecrets,
	testEnvironment,
	sharedN8n,
	waitUntil,
	collectSecrets,
	type TestN8n,
} from '../harness/index.mts';

/** For one thing that a person waits for: a busy machine may take a minute to show the editor. */
const PATIENCE_MS = 120_000;
/** Beyond the patience, so that it is playwright that says what it was waiting for. */
const STEP_LIMIT_MS = 3 * PATIENCE_MS;

const wrongKey = newKeys().privateKey;
const cleanup = new Cleanup();
let n8n: TestN8n;
let version: string;
let sandbox: RunningSandbox;
let page: Page;
let editor: Editor;
let node: NodeDialog;
/** Name of the step that failed. */
let failed: string | undefined;

beforeAll(async () => {
	n8n = await sharedN8n();
	({ version } = await testEnvironment());
	sandbox = await startSandbox(newKeys());
	cleanup.add(() => sandbox.stop());
	cleanup.add(collectSecrets(sandbox));
	await recordSecrets([
		{ what: 'privateKey', value: sandbox.options.privateKey },
		{ what: 'wrong privateKey', value: wrongKey },
	]);
	page = await openEditor(await startBrowser(cleanup), { ...n8n, theme: 'light' });
	page.setDefaultTimeout(PATIENCE_MS);
	editor = new Editor(page, { ...n8n, version });
}, STEP_LIMIT_MS);

afterAll(() => cleanup.finish(), 60_000);

/** Goes on where the step before has ended, so that nothing can be said of it when that one failed. */
function step(name: string, walk: () => Promise<void>): void {
	const tried = async () => {
		if (failed !== undefined) throw new Error(`The way ended at "${failed}".`);
		failed = name;
		await walk().finally(keepScreen);
		failed = undefined;
	};
	it(name, tried, STEP_LIMIT_MS);
}

/** Where a step went wrong shows best on the screen as it was then. */
async function keepScreen(): Promise<void> {
	await mkdir(localFolder, { recursive: true });
	const path = join(localFolder, `browser-${version}.png`);
	await page.screenshot({ path }).catch(() => console.log('There is no screen to keep.'));
}

/** One person's way through the editor. */
describe('In the editor, a person', () => {
	step('finds the node by what it is for', async () => {
		await editor.newWorkflow();
		await editor.addManualTrigger();
		node = await editor.add('payout', 'Imburse', 'Create payment order');

		expect(await node.form.innerText()).toContain('Needs an API key with the role');
	});

	step('is told in words why the keys do not work', async () => {
		const { publicKey, accountId, tenantId } = sandbox.options;
		const credential = await node.newCredential();
		await credential.select('environment', 'Custom');
		await credential.fill({ baseUrl: sandbox.url, publicKey, privateKey: wrongKey });
		await credential.fill({ accountId, tenantId });
		await credential.save();
		await credential.failure.waitFor();
		await credential.showReason();

		expect(await credential.text()).toMatch(
			/Imburse refused the keys \(status 401\).*Check the Environment of the credential, then the Public Key and the Private Key/,
		);
	});

	step('mends the key and sees green', async () => {
		const wrongOne = await node.credentialDialog();
		await wrongOne.fill({ privateKey: sandbox.options.privateKey });
		await wrongOne.saveValid();
		const credential = await node.editCredential();
		await credential.success.waitFor();
		await credential.close();

		const tokenCalls = sandbox.requests.filter(({ name }) => name === 'issueToken');
		expect(tokenCalls[0]?.status).toBe(401);
		expect(tokenCalls.at(-1)?.status).toBe(201);
	});

	step('reads which value is wrong and how to write it, and nothing is sent', async () => {
		await node.fill({ orderRef: 'CLAIM-2026-0017' });
		await node.press('Add Instruction');
		await node.fill({ instructionRef: 'CLAIM-2026-0017-1', customerRef: 'CUST-4711' });
		await node.select('direction', 'Pay Out (CREDIT)');
		await node.fill({ amount: '1.234,50', currency: 'EUR', country: 'DE' });
		await node.selectFromList('schemeId', 'Claims (payout)');
		await node.execute();
		await node.error.waitFor();

		const words = await node.error.innerText();
		expect(words).toContain('Amount: "1.234,50" has separators between thousands');
		expect(words).toContain('Nothing was sent.');
		expect(words).toContain('Write 1234.50.');
		expect(sandbox.counts.orders).toBe(0);
	});

	step('mends it and has made the order', async () => {
		await node.fill({ amount: '1234.50' });
		await node.execute();
		await node.output.getByText('created', { exact: true }).waitFor();

		expect(sandbox.store.orders).toMatchObject([
			{
				orderRef: 'CLAIM-2026-0017',
				instructions: [{ instructionRef: 'CLAIM-2026-0017-1', amount: '1234.50', currency: 'EUR' }],
			},
		]);
		await node.close();
		expect((await editor.nodeTexts()).join()).toContain('create: payment order');
	});

	step('reads in the trigger how to set it up at Imburse', async () => {
		await editor.newWorkflow();
		const trigger = await editor.add('payout', 'Imburse', 'On new Imburse event');
		const words = await trigger.dialog.innerText();

		expect(words).toContain('Developers > Webhooks > Add webhook');
		expect(words).toContain('Copy the Production URL above.');
		expect(words).toContain('Webhook URLs');
		expect(words).toContain('Publish this workflow (n8n 1.x: activate it)');
		await trigger.close();
	});

	step('stops a run in its middle, runs it again, and has made each order once', async () => {
		const { url, options } = sandbox;
		const credential = await storeCredential(n8n.api, sandboxCredential(url, options));
		const workflow = goodClaims(credential, options.schemeIds.payout);
		await editor.openWorkflow(await importWorkflow(n8n.api, workflow));
		sandbox.setFaults([
			{ kind: 'silence', at: 'beforeWrite', route: 'createOrder', reference: 'CLAIM-2026-0418' },
		]);
		await editor.execute();
		await waitUntil(
			'the second order is under way',
			() => sandbox.counts.faulted === 1,
			PATIENCE_MS,
		);
		await editor.stop();
		expect(orderRefs()).toContain('CLAIM-2026-0417');

		sandbox.clearFaults();
		await editor.execute();
		await editor.waitForMessage('Workflow executed successfully');
		const claims = ['CLAIM-2026-0417', 'CLAIM-2026-0418', 'CLAIM-2026-0419'];
		expect(orderRefs().sort()).toEqual(['CLAIM-2026-0017', ...claims]);
	});
});

const orderRefs = (): string[] => sandbox.store.orders.map(({ orderRef }) => orderRef);
