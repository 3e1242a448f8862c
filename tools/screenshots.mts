import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../sandbox/index.mts';
import type { Browser, Page } from 'playwright-core';
import { openEditor, SCREEN, startBrowser, type Theme } from './editor/browser.mts';
import { Editor } from './editor/editor.mts';
import { installPackage } from './n8n/communityPackage.mts';
import { sandboxCredential, storeCredential } from './n8n/credential.mts';
import { startInstance } from './n8n/instance.mts';
import { createOwner } from './n8n/owner.mts';
import { signIn, type N8nApi } from './n8n/rest.mts';
import { importWorkflow, withCredential } from './n8n/workflow.mts';
import { projectFolder } from './support/folders.mts';
import {
	checkedClaims,
	exampleRuns,
	type ExampleRun,
	type Stage,
} from './screenshots/exampleRuns.mts';
import type { Picture } from './screenshots/picture.mts';
import { fileName, shots, type Shot, type ShownWorkflows } from './screenshots/shots.mts';
import { badClaims, events, goodClaims } from './screenshots/workflows.mts';
import { SHARED_SECRET } from './start/events.mts';
import { readOrderExample } from './start/examples.mts';
import { prepare } from './start/prepare.mts';
import { Cleanup } from './support/cleanup.mts';

const THEMES: Theme[] = ['light', 'dark'];
const PATIENCE_MS = 120_000;

/** Writes pictures of the docs, in light and dark, from an n8n and a sandbox of their own. */
async function takeAll(wanted: Shot[], cleanup: Cleanup): Promise<void> {
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
	const browser = await startBrowser(cleanup);
	const shown = {
		...(await provide(api, sandbox)),
		...(await runExamples(await openStage(browser, api, url, sandbox), wanted)),
	};
	const folder = join(projectFolder, 'docs', 'images');
	await mkdir(folder, { recursive: true });
	for (const theme of THEMES) {
		const page = await openEditor(browser, { url, cookie: api.cookie, theme });
		page.setDefaultTimeout(PATIENCE_MS);
		const editor = new Editor(page, { url, version });
		for (const shot of wanted.filter(({ themes }) => themes.includes(theme))) {
			sandbox.reset();
			await page.setViewportSize(SCREEN);
			const file = join(folder, fileName(shot, theme));
			await keep(page, await shot.take(editor, page, shown), file);
			console.log(file);
		}
		await page.context().close();
	}
}

async function keep(page: Page, part: Picture, path: string): Promise<void> {
	// Nothing is to look as if the pointer were over it.
	await page.mouse.move(0, 0);
	await part.screenshot({ path, animations: 'disabled', caret: 'hide' });
}

type StoredWorkflows = Omit<ShownWorkflows, 'runs' | 'checkedClaims'>;

async function provide(api: N8nApi, { url, options }: RunningSandbox): Promise<StoredWorkflows> {
	const credential = await storeCredential(api, sandboxCredential(url, options));
	const { payout } = options.schemeIds;
	return {
		example: await importWorkflow(api, withCredential(await readOrderExample(), credential)),
		goodClaims: await importWorkflow(api, goodClaims(credential, payout)),
		badClaims: await importWorkflow(api, badClaims(credential, payout)),
		events: await importWorkflow(api, events(credential)),
	};
}

async function openStage(
	browser: Browser,
	api: N8nApi,
	n8nUrl: string,
	sandbox: RunningSandbox,
): Promise<Stage> {
	const credential = await storeCredential(api, {
		...sandboxCredential(sandbox.url, sandbox.options, SHARED_SECRET),
		name: 'Imburse',
	});
	const page = await browser.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return { api, n8nUrl, sandbox, credential, page };
}

/** Runs the examples of which there are to be pictures. */
async function runExamples(
	stage: Stage,
	wanted: Shot[],
): Promise<Pick<ShownWorkflows, 'runs' | 'checkedClaims'>> {
	const runs: Record<string, ExampleRun> = {};
	for (const { name } of wanted) {
		const run = exampleRuns[name];
		if (run === undefined) continue;
		stage.sandbox.reset();
		console.log(`Running ${name} ...`);
		runs[name] = await run(stage);
	}
	stage.sandbox.reset();
	return { runs, checkedClaims: await checkedClaims(stage) };
}

/** The shots with these names, or all. */
function named(names: string[]): Shot[] {
	const unknown = names.filter((name) => !shots.some((shot) => shot.name === name));
	if (unknown.length > 0) {
		const known = shots.map(({ name }) => name).join(', ');
		throw new Error(`There is no picture ${unknown.join(', ')}. There are ${known}.`);
	}
	return names.length === 0 ? shots : shots.filter(({ name }) => names.includes(name));
}

const cleanup = new Cleanup();
cleanup.onSignals(() => console.log('\nStopping ...'));
try {
	await takeAll(named(process.argv.slice(2)), cleanup);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	await cleanup.finish();
}
