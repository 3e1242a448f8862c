import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startSandbox, type RunningSandbox } from '../../../sandbox/index.mts';
import { openEditor, startBrowser } from '../../../tools/editor/browser.mts';
import { Editor, type NodeDialog } from '../../../tools/editor/editor.mts';
import { localFolder } from '../../../tools/project.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import { newKeys, noteSecrets, sharedN8n, watchSecrets } from '../harness/index.mts';

const PATIENCE_MS = 60_000;

const cleanup = new Cleanup();
let sandbox: RunningSandbox;
let page: Page;
let editor: Editor;
let node: NodeDialog;

beforeAll(async () => {
	const n8n = await sharedN8n();
	sandbox = await startSandbox(newKeys());
	cleanup.add(() => sandbox.stop());
	cleanup.add(watchSecrets(sandbox));
	await noteSecrets([{ what: 'privateKey', value: sandbox.options.privateKey }]);
	page = await openEditor(await startBrowser(cleanup), { ...n8n, theme: 'light' });
	page.setDefaultTimeout(PATIENCE_MS);
	editor = new Editor(page, n8n.url);
}, 240_000);

/** Where a step went wrong shows best on the screen as it was then. */
afterAll(async () => {
	await mkdir(localFolder, { recursive: true });
	await page?.screenshot({ path: join(localFolder, 'browser-at-the-end.png') });
	await cleanup.finish();
}, 60_000);

/** One person's way through the editor, step by step: each goes on where the one before has ended. */
describe('In the editor, a person', () => {
	it('finds the node by what it is for', async () => {
		await editor.newWorkflow();
		await editor.addManualTrigger();
		node = await editor.add('payout', 'Imburse', 'Create a payment order');

		expect(await node.form.innerText()).toContain('Needs an API key with the role');
	}, 180_000);

	it('is told in words why the keys do not work', async () => {
		const { publicKey, accountId, tenantId } = sandbox.options;
		const credential = await node.newCredential();
		await credential.choose('environment', 'Custom');
		const wrong = newKeys().privateKey;
		await noteSecrets([{ what: 'wrong privateKey', value: wrong }]);
		await credential.fill({ baseUrl: sandbox.url, publicKey, privateKey: wrong });
		await credential.fill({ accountId, tenantId });
		await credential.save();
		await credential.red.waitFor();
		await credential.showReason();

		expect(await credential.text()).toMatch(
			/Imburse refused the keys \(status 401\).*Check the Environment, then the Public Key and the Private Key/,
		);
	}, 180_000);

	it('mends the key and sees green', async () => {
		const wrongOne = await node.credentialDialog();
		await wrongOne.fill({ privateKey: sandbox.options.privateKey });
		await wrongOne.save();
		await wrongOne.form.waitFor({ state: 'hidden' });
		const credential = await node.editCredential();
		await credential.green.waitFor();
		await credential.close();

		expect(sandbox.tokenCalls).toBeGreaterThan(0);
	}, 180_000);

	it('reads which value is wrong and how to write it, and nothing is sent', async () => {
		await node.fill({ orderRef: 'CLAIM-2026-0017' });
		await node.press('Add Instruction');
		await node.fill({ instructionRef: 'CLAIM-2026-0017-1', customerRef: 'CUST-4711' });
		await node.choose('direction', 'Pay Out (CREDIT)');
		await node.fill({ amount: '1.234,50', currency: 'EUR', country: 'DE' });
		await node.chooseFromList('schemeId', 'Claims (payout)');
		await node.execute();
		await node.error.waitFor();

		const words = await node.error.innerText();
		expect(words).toContain('Amount: "1.234,50" has separators between thousands');
		expect(words).toContain('Nothing was sent.');
		expect(words).toContain('Write 1234.50.');
		expect(sandbox.counts.orders).toBe(0);
	}, 180_000);

	it('mends it and has made the order', async () => {
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
	}, 180_000);

	it('reads in the trigger how to set it up at Imburse', async () => {
		await editor.newWorkflow();
		const trigger = await editor.add('payout', 'Imburse', 'On new Imburse event');
		const words = await trigger.whole.innerText();

		expect(words).toContain('Developers > Webhooks > Add webhook');
		expect(words).toContain('Copy the Production URL above.');
		expect(words).toContain('Webhook URLs');
		await trigger.close();
	}, 180_000);
});
