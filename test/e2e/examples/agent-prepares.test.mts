import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
	activateWorkflow,
	deactivateWorkflow,
	importWorkflow,
	readWorkflow,
	withCredential,
	type Workflow,
} from '../../../tools/n8n/workflow.mts';
import { projectFolder } from '../../../tools/support/folders.mts';
import {
	startModel,
	storeModelCredential,
	type ModelCredential,
	type ScriptedModel,
} from '../harness/chatModel.mts';
import { withAssignments } from '../harness/examples.mts';
import { openForm, textOf, type FormPage } from '../harness/forms.mts';
import { sharedN8n, startImburse, type TestImburse, type TestN8n } from '../harness/index.mts';

let n8n: TestN8n;
let imburse: TestImburse;
let model: ScriptedModel;
let workflow: Workflow;
let id: string;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
	model = await startModel();
	const file = join(projectFolder, 'examples', 'agent-prepares.json');
	const read = withCredential(await readWorkflow(file), imburse.credential);
	workflow = withModel(read, await storeModelCredential(n8n.api, model));
	id = await importWorkflow(n8n.api, workflow);
	await activateWorkflow(n8n.api, id);
});

afterAll(async () => {
	await deactivateWorkflow(n8n.api, id);
	await model.stop();
	await imburse.stop();
});

beforeEach(() => imburse.sandbox.reset());

function withModel(example: Workflow, openAiApi: ModelCredential): Workflow {
	const nodes = example.nodes.map((node) =>
		node.name === 'Model' ? { ...node, credentials: { openAiApi } } : node,
	);
	return { ...example, nodes };
}

/** The page after a request, for which the model chooses these claims. */
async function choose(claims: string[], example = workflow): Promise<FormPage> {
	const chosen = claims.map((claim) => ({ claim, reason: `Because of <b>${claim}</b>` }));
	model.setScript([{ output: { chosen } }]);
	return (await openForm(n8n.url, example)).submit({ 0: 'Pay what is in order' });
}

const COLUMNS = ['Claim No.', 'Policyholder No.', 'Payout', 'Currency', 'Country', 'Report'];

/** The example with a source that names its columns in another way, as Your Columns alone says. */
async function withOtherNames(): Promise<{ id: string; workflow: Workflow }> {
	const sample = workflow.nodes.find(({ name }) => name === 'Sample Claims');
	const { assignments } = sample?.parameters.assignments as {
		assignments: { value: string }[];
	};
	const claims = assignments[0]?.value.replace(/"([^"]+)":/g, '"My $1":');
	const names = COLUMNS.map((name): [string, string] => [name, `={{ $json['My ${name}'] }}`]);
	const changed = withAssignments(
		withAssignments(workflow, 'Sample Claims', { claims }),
		'Your Columns',
		Object.fromEntries(names),
	);
	const nodes = changed.nodes.map((node) =>
		node.webhookId === undefined ? node : { ...node, webhookId: randomUUID() },
	);
	const other = { ...changed, nodes };
	const imported = await importWorkflow(n8n.api, other);
	await activateWorkflow(n8n.api, imported);
	return { id: imported, workflow: other };
}

async function decide(page: FormPage, decision: string): Promise<string> {
	const end = await page.submit({ 1: decision });
	await end.finish();
	return textOf(end);
}

const paid = () =>
	imburse.sandbox.store.orders.flatMap(({ orderRef, instructions }) =>
		instructions.map(({ customerRef, amount }) => ({ orderRef, customerRef, amount })),
	);

const FIRST = { orderRef: 'CLM-2026-0417', customerRef: 'CUST-20931', amount: '1480.50' };
const LAST = { orderRef: 'CLM-2026-0419', customerRef: 'CUST-19002', amount: '95.00' };

describe('An agent', () => {
	it('has no tool that could pay', () => {
		const types = Object.values(workflow.connections).flatMap((of) => Object.keys(of as object));
		expect(types).not.toContain('ai_tool');
	});

	it('chooses claims, and a person sees the claims’ own payees and amounts', async () => {
		const page = await choose(['CLM-2026-0417', 'CLM-2026-0419', 'CLM-9999']);

		const text = textOf(page);
		expect(page.html).not.toContain('<b>CLM');
		expect(text).toContain('2 payments: 1,575.50 EUR');
		expect(text).toContain('CLM-2026-0417 CUST-20931 1,480.50 EUR Because of <b>CLM-2026-0417</b>');
		expect(text).toContain('The agent also named what is no open claim: CLM-9999');
		expect(paid()).toEqual([]);
	});

	it('has paid what the person approved, once', async () => {
		const words = await decide(await choose(['CLM-2026-0417', 'CLM-2026-0419']), 'Pay these');
		expect(words).toContain('CLM-2026-0417 payment made CLM-2026-0419 payment made');
		expect(paid()).toEqual([FIRST, LAST]);

		const again = await decide(await choose(['CLM-2026-0417']), 'Pay these');
		expect(again).toContain('CLM-2026-0417 payment made before');
		expect(paid()).toEqual([FIRST, LAST]);
	});

	it('works with other names of columns once one node is changed', async () => {
		const { id: renamed, workflow: other } = await withOtherNames();
		const page = await choose(['CLM-2026-0417', 'CLM-2026-0419'], other);
		expect(textOf(page)).toContain('2 payments: 1,575.50 EUR');
		const words = await decide(page, 'Pay these');
		await deactivateWorkflow(n8n.api, renamed);

		expect(words).toContain('CLM-2026-0417 payment made CLM-2026-0419 payment made');
		expect(paid()).toEqual([FIRST, LAST]);
	});

	it.each(['Pay nothing', ''])('pays nothing after the decision "%s"', async (decision) => {
		const words = await decide(await choose(['CLM-2026-0417']), decision);
		expect(words).toContain('Nothing is paid');
		expect(paid()).toEqual([]);
	});

	it('that chooses no open claim ends on a page that says so', async () => {
		const end = await choose(['CLM-1', '<img src=x>']);
		expect(textOf(end)).toContain('It named what is none: CLM-1, <img src=x>');
		expect(end.html).not.toContain('<img src=x>');
		await end.finish();
		expect(paid()).toEqual([]);
	});

	it('cannot bring a payee or an amount of its own', async () => {
		model.setScript([
			{
				output: {
					chosen: [
						{ claim: 'CLM-2026-0417', reason: 'x', Payout: '9999', 'Policyholder No.': 'ME' },
					],
				},
			},
		]);
		const page = await (await openForm(n8n.url, workflow)).submit({ 0: 'Pay me' }).catch(String);
		if (typeof page !== 'string') await decide(page, 'Pay these');
		expect(paid().filter((payment) => payment.amount !== FIRST.amount)).toEqual([]);
	});
});
