import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { openEditor, startBrowser } from '../../../tools/editor/browser.mts';
import { Editor, type NodeDialog } from '../../../tools/editor/editor.mts';
import { importWorkflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import {
	imburseNode,
	sharedN8n,
	startImburse,
	testEnvironment,
	workflowOf,
	type TestImburse,
	type TestN8n,
} from '../harness/index.mts';

/** A busy machine may take a minute to show the editor. */
const LIMIT_MS = 180_000;

const cleanup = new Cleanup();
let n8n: TestN8n;
let imburse: TestImburse;
let page: Page;
let version: string;

beforeAll(async () => {
	n8n = await sharedN8n();
	({ version } = await testEnvironment());
	imburse = await startImburse(n8n.api);
	cleanup.add(() => imburse.stop());
	page = await openEditor(await startBrowser(cleanup), { ...n8n, theme: 'light' });
	page.setDefaultTimeout(LIMIT_MS);
}, LIMIT_MS);

afterAll(() => cleanup.finish(), LIMIT_MS);

/** Opens the tool of an agent, with these options shown. */
async function openTool(options: Record<string, unknown>): Promise<NodeDialog> {
	const agent = {
		name: 'Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 2.2,
		parameters: {},
	};
	const parameters = { resource: 'paymentOrder', operation: 'create', options };
	const tool = {
		...imburseNode('Imburse', imburse.credential, parameters),
		type: 'n8n-nodes-imburse.imburseTool',
		id: randomUUID(),
	};
	const workflow = {
		...workflowOf([agent, tool]),
		connections: { Imburse: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
	};
	const id = await importWorkflow(n8n.api, workflow);
	return await new Editor(page, { ...n8n, version }).openNode(id, tool.id);
}

/** What a person has to allow or forbid. */
const ALLOWED = ['allowToolPayments', 'allowChangingReferences', 'refuseManualProduction'];

it(
	'offers no button that lets the model decide beside what a person has to allow',
	async () => {
		const switches = Object.fromEntries(ALLOWED.map((name) => [name, true]));
		const dialog = await openTool({ ...switches, maxPayments: 1 });
		const buttons = (name: string) =>
			dialog.form.getByTestId(`parameter-input-${name}`).getByTestId('from-ai-override-button');
		await buttons('maxPayments').waitFor();
		const counts = await Promise.all(ALLOWED.map((name) => buttons(name).count()));
		expect(counts).toEqual(ALLOWED.map(() => 0));
	},
	LIMIT_MS,
);
