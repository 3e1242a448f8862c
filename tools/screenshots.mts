import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../sandbox/index.mts';
import { openEditor, startBrowser, type Theme } from './editor/browser.mts';
import { Editor } from './editor/editor.mts';
import { installPackage } from './n8n/communityPackage.mts';
import { sandboxCredential, storeCredential } from './n8n/credential.mts';
import { startInstance } from './n8n/instance.mts';
import { createOwner } from './n8n/owner.mts';
import { signIn, type N8nApi } from './n8n/rest.mts';
import { importWorkflow, withCredential } from './n8n/workflow.mts';
import { projectFolder } from './support/folders.mts';
import { fileName, shots, type ShownWorkflows } from './screenshots/shots.mts';
import { badClaims, events, goodClaims } from './screenshots/workflows.mts';
import { readOrderExample } from './start/examples.mts';
import { prepare } from './start/prepare.mts';
import { Cleanup } from './support/cleanup.mts';

const THEMES: Theme[] = ['light', 'dark'];
const PATIENCE_MS = 120_000;

/** Writes the pictures of the docs, in light and dark, from an n8n and a sandbox of their own. */
async function takeAll(cleanup: Cleanup): Promise<void> {
	const { installed, tarball } = await prepare();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-imburse-screenshots-'));
	cleanup.add(() => rm(userFolder, { recursive: true, force: true, maxRetries: 3 }));
	await installPackage(tarball, userFolder);
	const sandbox = await startSandbox();
	cleanup.add(() => sandbox.stop());
	const { version } = installed.release;
	console.log(`Starting n8n ${version} ...`);
	const { url } = await startInstance(installed, { userFolder }, cleanup);
	const api = await signIn(url, createOwner());
	const shown = await provide(api, sandbox);

	const browser = await startBrowser(cleanup);
	const folder = join(projectFolder, 'docs', 'images');
	await mkdir(folder, { recursive: true });
	for (const theme of THEMES) {
		const page = await openEditor(browser, { url, cookie: api.cookie, theme });
		page.setDefaultTimeout(PATIENCE_MS);
		const editor = new Editor(page, { url, version });
		for (const shot of shots) {
			sandbox.reset();
			const part = await shot.take(editor, page, shown);
			const file = join(folder, fileName(shot, theme));
			// Nothing is to look as if the pointer were over it.
			await page.mouse.move(0, 0);
			await part.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
			console.log(file);
		}
		await page.context().close();
	}
}

async function provide(api: N8nApi, { url, options }: RunningSandbox): Promise<ShownWorkflows> {
	const credential = await storeCredential(api, sandboxCredential(url, options));
	const { payout } = options.schemeIds;
	return {
		example: await importWorkflow(api, withCredential(await readOrderExample(), credential)),
		goodClaims: await importWorkflow(api, goodClaims(credential, payout)),
		badClaims: await importWorkflow(api, badClaims(credential, payout)),
		events: await importWorkflow(api, events(credential)),
	};
}

const cleanup = new Cleanup();
cleanup.onSignals(() => console.log('\nStopping ...'));
try {
	await takeAll(cleanup);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	await cleanup.finish();
}
