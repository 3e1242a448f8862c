import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openEditor, startBrowser } from '../../../tools/editor/browser.mts';
import { activateWorkflow, deactivateWorkflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import { localFolder } from '../../../tools/support/folders.mts';
import { csv, HEADERS, PAID, ROWS } from '../examples/support/claimsFile.mts';
import { importExample, type ImportedExample } from '../harness/examples.mts';
import { openForm } from '../harness/forms.mts';
import { sharedN8n, startImburse, testEnvironment, type TestImburse } from '../harness/index.mts';
import { spreadsheets, type Spreadsheets } from '../harness/spreadsheets.mts';

/** For one thing that a person waits for, on a busy machine. */
const PATIENCE_MS = 120_000;
const STEP_LIMIT_MS = 3 * PATIENCE_MS;
const FORM = { width: 1000, height: 900 };

/** With those of the file that all tests bring, 20 rows of claims. */
const MORE = Array.from({ length: 13 }, (_, row) => [
	...[`CLM-${200 + row}`, `CUST-${20 + row}`, 'Plain', '100,10'],
	...['EUR', 'IE', '', 'West'],
]);
const CSV = `\uFEFF${csv([HEADERS, ...MORE, ...ROWS], ';')}`;
const PAYMENTS = MORE.length + PAID.length;

const cleanup = new Cleanup();
let imburse: TestImburse;
let example: ImportedExample;
let sheets: Spreadsheets;
let version: string;
let formUrl: string;
/** Who brings the file, and who approves it. */
let ann: Page;
let bert: Page;
let editor: Page;
let editorUrl: string;

beforeAll(async () => {
	const n8n = await sharedN8n();
	({ version } = await testEnvironment());
	imburse = await startImburse(n8n.api);
	cleanup.add(() => imburse.stop());
	sheets = await spreadsheets();
	example = await importExample(n8n.api, 'claims-from-spreadsheet', imburse);
	await activateWorkflow(n8n.api, example.id);
	cleanup.add(() => deactivateWorkflow(n8n.api, example.id));
	({ url: formUrl } = await openForm(n8n.url, example.workflow));
	const browser = await startBrowser(cleanup);
	editor = await openEditor(browser, { ...n8n, theme: 'light' });
	editorUrl = `${n8n.url}/workflow/${example.id}`;
	ann = await browser.newPage({ viewport: FORM });
	bert = await browser.newPage({ viewport: FORM });
	for (const page of [ann, bert, editor]) page.setDefaultTimeout(PATIENCE_MS);
}, STEP_LIMIT_MS);

afterAll(() => cleanup.finish(), 60_000);

let screens = 0;

/** A screen, for a person to judge. */
async function keepScreen(page: Page, name: string): Promise<void> {
	await mkdir(localFolder, { recursive: true });
	screens += 1;
	const path = join(localFolder, `claims-${version}-${screens}-${name}.png`);
	await page.screenshot({ path, fullPage: true });
}

async function bringFile(): Promise<void> {
	await ann.goto(formUrl);
	const file = { name: 'claims.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
	await ann.locator('input[type=file]').setInputFiles(file);
	await ann.getByLabel('Your name').fill('Ann');
	await keepScreen(ann, 'form');
	await ann.getByRole('button', { name: 'Check the file' }).click();
	await ann.getByText('Not to be paid: 5').waitFor();
}

async function approve(): Promise<void> {
	const address = (await ann.getByRole('link').getAttribute('href')) ?? '';
	await ann.getByRole('button', { name: 'Ask for approval' }).click();
	await ann.getByLabel('Decision').waitFor();
	await bert.goto(address);
	await bert.getByLabel('Decision').selectOption('Pay all of these');
	await bert.getByLabel('Approved by').fill('Bert');
	await keepScreen(bert, 'approval');
	await bert.getByRole('button', { name: 'Send decision' }).click();
}

async function downloaded(name: string): Promise<Record<string, unknown>[]> {
	const started = bert.waitForEvent('download');
	await bert.getByRole('link', { name }).click();
	return sheets.read(await readFile(await (await started).path()));
}

describe('In a browser', () => {
	it(
		'a person brings a file, and reads what is wrong with it',
		async () => {
			await bringFile();
			await keepScreen(ann, 'check');
			expect(await ann.locator('body').innerText()).toContain('2,991.80 EUR, 0.01 GBP');
			expect(imburse.sandbox.counts.orders).toBe(0);
		},
		STEP_LIMIT_MS,
	);

	it(
		'another one approves, and gets the results and the failures',
		async () => {
			await approve();
			await bert.getByText(`${PAYMENTS} payments made, 5 not made`).waitFor();
			await keepScreen(bert, 'end');
			expect(imburse.sandbox.counts.orders).toBe(PAYMENTS);
			expect(await downloaded('results.xlsx')).toHaveLength(PAYMENTS);
			expect(await downloaded('failed.xlsx')).toHaveLength(5);
		},
		STEP_LIMIT_MS,
	);

	it(
		'the same file a second time pays nothing',
		async () => {
			await bringFile();
			await approve();
			await bert.getByText(`0 payments made, ${PAYMENTS} made before, 5 not made`).waitFor();
			expect(imburse.sandbox.counts.orders).toBe(PAYMENTS);
		},
		STEP_LIMIT_MS,
	);

	it(
		'the editor shows the workflow and its two payment nodes',
		async () => {
			await editor.goto(editorUrl);
			await editor.getByText('Claims File', { exact: true }).first().waitFor();
			await keepScreen(editor, 'workflow');
			const pay = example.workflow.nodes.find(({ name }) => name === 'Pay');
			await editor.setViewportSize({ width: 1600, height: 2200 });
			await editor.goto(`${editorUrl}/${pay?.id}`);
			await editor.getByTestId('parameter-input-approvedFingerprint').waitFor();
			await keepScreen(editor, 'pay');
		},
		STEP_LIMIT_MS,
	);
});
