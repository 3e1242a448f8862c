import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { plainText } from '../../../nodes/Imburse/n8n/plainText.ts';
import { openEditor, startBrowser } from '../../../tools/editor/browser.mts';
import { Editor, type NodeDialog } from '../../../tools/editor/editor.mts';
import { importWorkflow, type Workflow } from '../../../tools/n8n/workflow.mts';
import { Cleanup } from '../../../tools/support/cleanup.mts';
import { localFolder } from '../../../tools/support/folders.mts';
import {
	chain,
	imburseNode,
	installedN8n,
	payout,
	runOnce,
	sharedN8n,
	startImburse,
	testEnvironment,
	type TestImburse,
	type TestN8n,
} from '../harness/index.mts';

/** For one thing that a person waits for: a busy machine may take a minute to show the editor. */
const PATIENCE_MS = 120_000;
const STEP_LIMIT_MS = 3 * PATIENCE_MS;

const cleanup = new Cleanup();
let n8n: TestN8n;
let version: string;
let imburse: TestImburse;
let page: Page;
let editor: Editor;

/** A host of the attacker's on this machine, which the browser can reach. */
let foreign: string;
/** What it was asked for. */
const asked: string[] = [];
/** The addresses at that host that the page asked for. */
const strange: string[] = [];

beforeAll(async () => {
	n8n = await sharedN8n();
	({ version } = await testEnvironment());
	imburse = await startImburse(n8n.api);
	cleanup.add(() => imburse.stop());
	foreign = await startForeignHost();
	page = await openEditor(await startBrowser(cleanup), { ...n8n, theme: 'light' });
	page.setDefaultTimeout(PATIENCE_MS);
	page.on('request', (request) => {
		if (request.url().includes(foreign)) strange.push(request.url());
	});
	editor = new Editor(page, { ...n8n, version });
}, STEP_LIMIT_MS);

afterAll(() => cleanup.finish(), 60_000);

async function startForeignHost(): Promise<string> {
	const server = createServer((request, response) => {
		asked.push(request.url ?? '');
		response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	cleanup.add(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const image = () => `<img src=//${foreign}/x>`;
const link = () => `<a href=//${foreign}>Sign in again</a>`;
const shownImage = () => `‹img src=//${foreign}/x>`;
const shownLink = () => `‹a href=//${foreign}`;

/** Whatever would not be there if all of the data were text. */
const ELEMENTS = 'a, img, b, i, script, iframe, style, input, code, svg image';

/** Nothing on the whole page leads to the foreign host, and nothing has asked it. */
async function expectOnlyText(shown: Locator): Promise<void> {
	expect(await shown.locator(ELEMENTS).count()).toBe(0);
	const foreignElements = [`[src*="${foreign}"]`, `[href*="${foreign}"]`, `[srcset*="${foreign}"]`];
	expect(await page.locator(foreignElements.join()).count()).toBe(0);
	expect({ asked, strange }).toEqual({ asked: [], strange: [] });
}

async function keepScreen(name: string): Promise<void> {
	await mkdir(localFolder, { recursive: true });
	await page.screenshot({ path: join(localFolder, `markup-${name}-${version}.png`) });
}

const NODE = () => `Pay ${image()}`;

/** Opens the Imburse node of a workflow. */
async function open(workflow: Workflow): Promise<NodeDialog> {
	const id = await importWorkflow(n8n.api, workflow);
	const { nodes } = await n8n.api.get<Workflow>(`/workflows/${id}`);
	return editor.openNode(id, nodes.at(-1)!.id!);
}

/** A payout by a node with a hostile name, for these items. */
function paying(
	items: Record<string, unknown>[],
	parameters: Record<string, unknown> = {},
	settings: Record<string, unknown> = {},
): Workflow {
	const node = imburseNode(
		NODE(),
		imburse.credential,
		{ ...payout(imburse), ...parameters },
		settings,
	);
	return chain(items, node);
}

/** Imburse's answer to a request, in words of an attacker. */
function hostileAnswer(route: string, status: number): void {
	const errors = [{ errorCode: `X${image()}`, message: `${link()} &lt;b&gt; \`code\`` }];
	const body = { errors, title: image(), detail: link(), correlationId: `c${image()}` };
	imburse.sandbox.setFaults([
		{
			kind: 'answer',
			at: 'beforeWrite',
			route,
			status,
			body: { text: JSON.stringify(body), contentType: 'application/json' },
		},
	]);
}

const run = (name: string, test: () => Promise<void>) => it(name, test, STEP_LIMIT_MS);

describe('the editor shows as text', () => {
	run('references of many rows, in the error panel', async () => {
		const node = await open(
			paying([{ claim: image() }, { claim: link() }, { claim: '&lt;b&gt;' }]),
		);
		await node.execute();
		await node.error.waitFor();
		await keepScreen('references');

		const words = await node.error.innerText();
		expect(words).toContain('3 of 3 items cannot be sent');
		expect(words).toContain(shownImage());
		expect(words).toContain('"& lt;b& gt;"');
		expect(words).toContain('Nothing was sent.');
		await expectOnlyText(node.error);
	});

	run('the reference of a single row, and the advice behind it', async () => {
		const node = await open(paying([{ claim: link() }]));
		await node.execute();
		await node.error.waitFor();
		await keepScreen('reference');

		const words = await node.error.innerText();
		expect(words).toContain('a less-than sign (U+003C)');
		expect(words).toContain('Nothing was sent.');
		await expectOnlyText(node.error);
	});

	run("Imburse's codes and words, in the panel and in the corner of the screen", async () => {
		hostileAnswer('createOrder', 400);
		const node = await open(paying([{ claim: 'CLAIM-1' }]));
		await node.execute();
		await node.error.waitFor();
		await keepScreen('answer');

		const words = await node.error.innerText();
		expect(words).toContain(shownLink());
		expect(words).toContain('Sign in again‹/a>');
		expect(words).toContain('& lt;b& gt; ˋcodeˋ');
		await expectOnlyText(node.error);
		await page.getByText('From Imburse').click();
		await keepScreen('details');
		await expectOnlyText(node.error);

		await node.close();
		await editor.execute();
		const toast = page.getByRole('alert').filter({ hasText: 'CLAIM-1' }).first();
		await toast.waitFor();
		await keepScreen('toast');
		expect(await toast.innerText()).toContain('Problem in node');
		expect(await toast.locator('img, a, script, iframe, code').count()).toBe(0);
		await expectOnlyText(node.error);
		imburse.sandbox.clearFaults();
	});

	run('names of columns, in hints', async () => {
		const names = `claimNo${image()}, ${link().replace(/[ ,]/g, '_')}`;
		const options = { metadataInputMode: 'item', metadataItemFields: names };
		const node = await open(paying([{ claim: 'CLAIM-2', [`claimno${image()}`]: '007' }], options));
		await node.execute();
		const hint = page.getByTestId('node-hint').or(page.locator('.n8n-callout')).filter({
			hasText: 'no item has a field',
		});
		await hint.first().waitFor();
		await keepScreen('hints');

		expect(await hint.first().innerText()).toContain('‹img');
		for (const each of await hint.all()) await expectOnlyText(each.locator('span').first());
	});

	run("Imburse's names, in a list of the form", async () => {
		const draft = { draftId: 'd', name: `Claims ${image()}` };
		const schemes = [{ schemeId: 's-1', publishedDraftId: 'd', drafts: [draft] }];
		const body = { text: JSON.stringify({ schemes }), contentType: 'application/json' };
		imburse.sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', route: 'getPayoutSchemes', status: 200, body },
		]);
		const { instructions, ...order } = payout(imburse);
		const [instruction] = (instructions as { instruction: Record<string, unknown>[] }).instruction;
		const unset = { ...instruction, schemeId: { __rl: true, mode: 'list', value: '' } };
		const form = { ...order, instructions: { instruction: [unset] } };
		const node = await open(paying([{ claim: 'CLAIM-3' }], form));
		await node.form.getByTestId('resource-locator-schemeId').getByTestId('rlc-input').click();
		const entry = page.getByTestId('rlc-item').filter({ hasText: 'Claims' }).first();
		await entry.waitFor();
		await keepScreen('list');
		expect(await entry.innerText()).toContain('Claims ‹img');
		await expectOnlyText(entry);

		hostileAnswer('getPayoutSchemes', 400);
		await entry.click();
		await page.reload();
		await node.form.getByTestId('resource-locator-schemeId').getByTestId('rlc-input').click();
		const failed = page.getByText('could not be loaded').first();
		await failed.waitFor();
		await keepScreen('list-error');
		await expectOnlyText(failed);
		imburse.sandbox.clearFaults();
	});

	run('why a credential fails', async () => {
		hostileAnswer('issueToken', 400);
		const other = await startImburse(n8n.api, {}, { baseUrl: imburse.sandbox.url });
		cleanup.add(() => other.stop());
		const node = await open(chain([], imburseNode(NODE(), other.credential, payout(imburse))));
		const credential = await node.editCredential();
		await credential.fill({ publicKey: '11111111-2222-4333-8444-555555555555' });
		await credential.save();
		await credential.failure.waitFor();
		await credential.showReason();
		await keepScreen('credential');
		expect(await credential.text()).toContain('Imburse refused the keys');
		await expectOnlyText(credential.failure);
		imburse.sandbox.clearFaults();
	});
});

describe('the same text', () => {
	run('stands in the output, where the data stay as they are', async () => {
		const claim = image();
		const settings = { onError: 'continueRegularOutput' as const };
		const ran = await runOnce(n8n.api, paying([{ claim }], {}, settings));
		const [item] = ran.output(NODE()) as { error: { message: string } }[];
		expect(item?.error.message).toContain(shownImage());

		hostileAnswer('createOrder', 400);
		const refused = await runOnce(n8n.api, paying([{ claim: 'CLAIM-4' }], {}, settings));
		const [one] = refused.output(NODE()) as { error: { message: string; errorCodes: string[] } }[];
		expect(one?.error.message).toContain(shownLink());
		expect(one?.error.errorCodes).toEqual([`X${image()}`]);
		imburse.sandbox.clearFaults();
	});
});

/** What begins markup, and what stands around it. */
const hostile = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				...['<', '</', '<!', '<!--', '-->', '<?', '<![CDATA[', ']]>', '>', '/>', '<img src=x>'],
				...['<a href=//h>', '<svg/onload=x>', '<textarea>', '<xmp>', '<script>', '<style>'],
				...['&', '&lt', '&lt;', '&#60', '&#x3c;', '&amp;', '&copy', '&NotEqualTilde;', '&notit;'],
				...['`', '"', "'", '![', '](', '[a]', ')', 'https://h/x', '\u0000', '\n', '\r', '\u202e'],
			),
			fc.string({ unit: 'binary', maxLength: 3 }),
		),
		{ maxLength: 25 },
	)
	.map((parts) => parts.join(''));

/**
 * What n8n's own sanitizers make of texts, by the place where it shows them: those of the n8n that is
 * installed here, as its editor calls them (read in 1.123.81 and 2.41.1).
 */
async function sanitized(texts: string[]): Promise<Record<string, string[]>> {
	const { node, folder } = await installedN8n();
	const input = JSON.stringify(texts);
	const { stdout, stderr } = spawnSync(node, ['-e', SANITIZE], {
		cwd: folder,
		input,
		encoding: 'utf8',
		maxBuffer: 100_000_000,
	});
	if (stderr !== '') throw new Error(stderr);
	return JSON.parse(stdout) as Record<string, string[]>;
}

const SANITIZE = `
	const sanitizeHtml = require('sanitize-html');
	const xss = require('xss');
	const allowedTags = [...sanitizeHtml.defaults.allowedTags, 'img', 'input'];
	const places = {
		'no sanitizer at all': (text) => text,
		'a hint': (text) => sanitizeHtml(text, { allowedTags }),
		'a toast': (text) => xss('<i>' + text + '</i>'),
		'a description': (text) =>
			sanitizeHtml(xss(text.replace(/\`(.*?)\`/g, '<code>$1</code>')), { allowedTags }),
	};
	const texts = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
	const made = Object.entries(places).map(([place, make]) => [place, texts.map(make)]);
	process.stdout.write(JSON.stringify(Object.fromEntries(made)));
`;

/** In the page: the elements that a browser makes of HTML, and its text. */
const READ_BACK = `(pages) => {
	const element = document.createElement('div');
	return pages.map((html) => {
		element.innerHTML = html;
		const names = [...element.querySelectorAll('*')].map(({ localName }) => localName);
		return { names: names.join(), text: element.textContent };
	});
}`;

run('is all that a browser makes of any text', async () => {
	const texts = fc.sample(hostile, 3000).map(plainText);
	for (const [place, pages] of Object.entries(await sanitized(texts))) {
		const read = await page.evaluate(`(${READ_BACK})(${JSON.stringify(pages)})`);
		const elements = place === 'a toast' ? 'i' : '';
		expect(read).toEqual(texts.map((text) => ({ names: elements, text })));
	}
	expect({ asked, strange }).toEqual({ asked: [], strange: [] });
});
