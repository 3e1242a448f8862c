import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openEditor, startBrowser } from '../../../tools/editor/browser.mts';
import { Editor, type NodeDialog } from '../../../tools/editor/editor.mts';
import { importWorkflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import { localFolder } from '../../../tools/support/folders.mts';
import {
	imburseNode,
	sharedN8n,
	startImburse,
	START,
	testEnvironment,
	workflowOf,
	type TestImburse,
	type TestNode,
} from '../harness/index.mts';

const PATIENCE_MS = 120_000;
const STEP_LIMIT_MS = 3 * PATIENCE_MS;
const ROWS = 20;

/** A sheet as people send it: a byte order mark, dots, brackets, a comma and a space at an end. */
const HEADERS = '\uFEFFClaim No.;"Payout, No";Policy-Holder ID;Payout (EUR);Branch ;Remarks';
const lines = Array.from(
	{ length: ROWS },
	(_, row) =>
		`CLM-${100 + row};CLM-${100 + row}-1;CUST-${row};${10 + row}.50;${row % 3 === 0 ? '' : 'North'};"""quoted"", {{ 1 }}"`,
);
const SHEET = [HEADERS, ...lines].join('\r\n');

const cleanup = new Cleanup();
let imburse: TestImburse;
let version: string;
let page: Page;
let node: NodeDialog;
let failed: string | undefined;

const tools: TestNode[] = [
	{ name: START, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
	{
		name: 'Sheet',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: { assignments: [{ id: '1', name: 'text', value: SHEET, type: 'string' }] },
		},
	},
	{
		name: 'File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: {
			operation: 'toText',
			sourceProperty: 'text',
			options: { fileName: 'claims.csv' },
		},
	},
	{
		name: 'Extract From File',
		type: 'n8n-nodes-base.extractFromFile',
		typeVersion: 1,
		parameters: { operation: 'csv', options: { delimiter: ';', encoding: 'utf8' } },
	},
];

beforeAll(async () => {
	const n8n = await sharedN8n();
	({ version } = await testEnvironment());
	imburse = await startImburse(n8n.api);
	cleanup.add(() => imburse.stop());
	page = await openEditor(await startBrowser(cleanup), { ...n8n, theme: 'light' });
	page.setDefaultTimeout(PATIENCE_MS);
	await page.setViewportSize({ width: 1600, height: 1400 });
	const pay = imburseNode('Pay', imburse.credential, {
		resource: 'paymentOrder',
		operation: 'create',
	});
	const id = randomUUID();
	const workflow = workflowOf([...tools, { ...pay, id } as TestNode]);
	const workflowId = await importWorkflow(n8n.api, workflow);
	const editor = new Editor(page, { ...n8n, version });
	await editor.openWorkflow(workflowId);
	node = await editor.openNode(workflowId, id);
}, STEP_LIMIT_MS);

afterAll(() => cleanup.finish(), 60_000);

function step(name: string, walk: () => Promise<void>): void {
	const tried = async () => {
		if (failed !== undefined) throw new Error(`The way ended at "${failed}".`);
		failed = name;
		await walk().finally(() => keepScreen(name));
		failed = undefined;
	};
	it(name, tried, STEP_LIMIT_MS);
}

/** A screen of each step, for a person to judge. */
async function keepScreen(name: string): Promise<void> {
	await mkdir(localFolder, { recursive: true });
	const path = join(localFolder, `columns-${version}-${name.replaceAll(' ', '-')}.png`);
	await page.screenshot({ path }).catch(() => console.log('There is no screen to keep.'));
}

describe('A person who has a sheet', () => {
	step('chooses columns', async () => {
		await node.select('inputMode', 'Using Columns of the Incoming Items');
		await node.form.getByText('Same for All Rows').waitFor();
		expect(await node.form.innerText()).toContain('Mapping Column Mode');
	});

	step('names them and what is the same for all rows', async () => {
		await node.fill({
			orderRef: 'Claim No.',
			instructionRef: 'Payout, No',
			customerRef: 'policy holder id',
			amount: 'Payout',
			currency: 'EUR',
			country: 'DE',
			metadataColumns: 'branch, "Payout, No"',
		});
		await node.select('direction', 'Pay Out (CREDIT)');
		await node.form.getByPlaceholder('Add Field', { exact: true }).click();
		const fields = page.getByTestId('collection-parameter-option').filter({ visible: true });
		await fields.filter({ hasText: 'Scheme' }).click();
		await node.selectFromList('schemeId', 'Claims (payout)');
		await node.execute();
		await node.error.waitFor();
		const words = await node.error.innerText();
		expect(words).toContain('Columns > Amount: no row has a column "Payout"');
		expect(words).toContain('"Payout (EUR)"');
		expect(imburse.sandbox.counts.orders).toBe(0);
	});

	step('corrects the one that the message names, and has paid all rows', async () => {
		await node.fill({ amount: 'Payout (EUR)' });
		await node.execute();
		await node.output.getByText('created', { exact: true }).first().waitFor();
		const { orders } = imburse.sandbox.store;
		expect(orders).toHaveLength(ROWS);
		expect(orders[1]).toMatchObject({
			orderRef: 'CLM-101',
			instructions: [{ instructionRef: 'CLM-101-1', customerRef: 'CUST-1', amount: '11.50' }],
		});
		expect({ ...orders[1]?.metadata }).toEqual({ branch: 'North', 'Payout, No': 'CLM-101-1' });
		expect({ ...orders[0]?.metadata }).toEqual({ 'Payout, No': 'CLM-100-1' });
	});
});
