import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Workflow, WorkflowNode } from '../../../tools/n8n/workflow.mts';
import { exampleFiles, isSafeToActivate } from '../../../tools/start/examples.mts';
import { isNote, overlaps } from './layout.mts';
import { nodeProblems } from './nodeProblems.mts';

/** All that an example may hold: no pinned data, no ID of an n8n, nothing of a person's. */
const WORKFLOW_KEYS = ['name', 'nodes', 'connections', 'settings'];
const SETTINGS_KEYS = ['executionOrder', 'timezone'];
const NODE_KEYS = [
	...['parameters', 'type', 'typeVersion', 'position', 'id', 'name', 'webhookId', 'credentials'],
	...['onError', 'executeOnce', 'alwaysOutputData', 'retryOnFail', 'maxTries', 'waitBetweenTries'],
];
const NODE_TYPES = /^(?:n8n-nodes-base|@n8n\/n8n-nodes-langchain|n8n-nodes-imburse)\.\w+$/;

/** Forms of keys and tokens; a scheme's ID is 32 hex digits. */
const SECRETS: Readonly<Record<string, RegExp>> = {
	'32 bytes in Base64': /[A-Za-z0-9+/]{43}=/,
	'a JWT': /\beyJ[\w-]+\.[\w-]+/,
	'a long hex text': /\b[0-9a-f]{33,}\b/i,
	'an Authorization header': /\b(?:Bearer|Basic|Hmac) [\w+/=:.-]{8,}/i,
	'a key of a model': /\bsk-[\w-]{8,}/,
	'a PEM block': /-----BEGIN/,
	'an address of a real host': /https?:\/\/(?!(?:docs\.n8n\.io|127\.0\.0\.1|[\w.]*example)\b)/,
};

const examples = exampleFiles.map((file) => ({
	file: basename(file),
	workflow: JSON.parse(readFileSync(file, 'utf8')) as Workflow,
}));

const repeated = (values: string[]): string[] =>
	values.filter((value, index) => values.indexOf(value) !== index);

describe.each(examples)('the example $file', ({ file, workflow }) => {
	const { nodes, connections } = workflow;
	const names = nodes.map(({ name }) => name);

	it('holds what a workflow needs and nothing else', () => {
		expect(Object.keys(workflow).filter((key) => !WORKFLOW_KEYS.includes(key))).toEqual([]);
		const settings = Object.keys(workflow.settings ?? {});
		expect(settings.filter((key) => !SETTINGS_KEYS.includes(key))).toEqual([]);
		const keys = nodes.flatMap((node) => Object.keys(node));
		expect(keys.filter((key) => !NODE_KEYS.includes(key))).toEqual([]);
	});

	it('is made of n8n’s own nodes and of ours', () => {
		expect(nodes.map(({ type }) => type).filter((type) => !NODE_TYPES.test(type))).toEqual([]);
	});

	it('names each node once', () => {
		expect(repeated(names)).toEqual([]);
		expect(nodes.map(({ id }) => typeof id)).toEqual(nodes.map(() => 'string'));
	});

	it('explains itself on notes', () => {
		const notes = nodes.filter(isNote).map(({ parameters }) => String(parameters.content));
		expect(notes.length).toBeGreaterThan(0);
		expect(notes.filter((text) => text.trim().length < 40)).toEqual([]);
	});

	it('leaves the choice of a credential to whoever imports it', () => {
		const chosen = nodes.flatMap(({ credentials = {} }) => Object.entries(credentials));
		expect(chosen).toEqual(chosen.map(() => ['imburseApi', { id: '', name: 'Imburse' }]));
		const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-imburse.'));
		expect(chosen).toHaveLength(ours.length);
	});

	it.each(Object.entries(SECRETS))('holds no %s', (_, form) => {
		expect(textsIn(workflow).filter((text) => form.test(text))).toEqual([]);
	});

	it('connects all nodes that are there, and no other', () => {
		const targets = Object.values(connections).flatMap((outputs) => targetsOf(outputs));
		const connected = new Set([...Object.keys(connections), ...targets]);
		const steps = nodes.filter((node) => !isNote(node)).map(({ name }) => name);
		expect([...connected].sort()).toEqual(steps.sort());
	});

	it('gives our nodes parameters that they have', () => {
		const problems = nodes.map((node) => [node.name, nodeProblems(node)]);
		expect(problems).toEqual(names.map((name) => [name, []]));
	});

	it('covers no node with another, nor with a note', () => {
		expect(overlaps(nodes)).toEqual([]);
	});

	it('is described in the docs', () => {
		expect(readFileSync('docs/examples.md', 'utf8')).toContain(`(../examples/${file})`);
	});

	it('has an end-to-end test of its own', () => {
		expect(existsSync(`test/e2e/examples/${file.replace('.json', '.test.mts')}`)).toBe(true);
	});
});

describe('claims from a spreadsheet', () => {
	it('names the columns of the file in Check and Pay only, so that other headings show on every page', () => {
		const { nodes } = examples.find(
			({ file }) => file === 'claims-from-spreadsheet.json',
		)!.workflow;
		const isOurs = ({ type }: WorkflowNode) => type === 'n8n-nodes-imburse.imburse';
		const columns = nodes
			.filter(isOurs)
			.flatMap(({ parameters }) => Object.values(parameters.columns as Record<string, string>));
		const others = nodes.filter((node) => !isOurs(node) && !isNote(node));
		const readers = others.filter(({ parameters }) =>
			columns.some((column) => JSON.stringify(parameters).includes(`json['${column}']`)),
		);
		expect(columns).toContain('Claim No.');
		expect(readers.map(({ name }) => name)).toEqual([]);
	});
});

describe('an example that takes rows of a person’s own', () => {
	const YOURS = 'Your Columns';
	const withColumns = examples.filter(({ workflow }) =>
		workflow.nodes.some(({ name }) => name === YOURS),
	);

	it('is that of an agent, and that of several payees', () => {
		const files = withColumns.map(({ file }) => file);
		expect(files.sort()).toEqual(['agent-prepares.json', 'several-payees.json']);
	});

	it.each(withColumns)('reads their columns in one node alone: $file', ({ workflow }) => {
		const { nodes, connections } = workflow;
		const before = (name: string): string[] =>
			Object.keys(connections)
				.filter((source) => targetsOf(connections[source]).includes(name))
				.flatMap((source) => [source, ...before(source)]);
		const sources = before(YOURS).filter((name) => before(name).length > 0);
		const texts = nodes
			.filter((each) => !isNote(each))
			.flatMap(({ parameters }) => textsIn(parameters));
		const readers = sources.filter((name) => texts.some((text) => text.includes(`$('${name}')`)));
		expect(sources).toHaveLength(2);
		expect(readers).toEqual([]);
	});
});

describe('the examples together', () => {
	it('have names and addresses of their own', () => {
		expect(repeated(examples.map(({ workflow }) => workflow.name))).toEqual([]);
		const nodes = examples.flatMap(({ workflow }) => workflow.nodes);
		expect(repeated(nodes.map(({ id }) => id ?? ''))).toEqual([]);
		expect(repeated(nodes.flatMap(({ webhookId }) => webhookId ?? []))).toEqual([]);
	});

	it('start by themselves only on Imburse’s events', () => {
		const safe = examples.filter(({ workflow }) => isSafeToActivate(workflow));
		expect(safe.map(({ file }) => file)).toContain('payment-event.json');
		expect(safe.map(({ file }) => file)).not.toContain('payment-order.json');
	});
});

describe('an example that may start by itself', () => {
	const imburse = (operation: string) => node('n8n-nodes-imburse.imburse', { operation });
	const event = node('n8n-nodes-imburse.imburseTrigger');

	it.each([
		['Imburse’s events', [event], true],
		['Imburse’s events that are read back', [event, imburse('get')], true],
		['Imburse’s events beside a button', [event, node('n8n-nodes-base.manualTrigger')], true],
		['Imburse’s events that make a payment', [event, imburse('create')], false],
		['Imburse’s events that do something unknown', [event, imburse('={{ $json.what }}')], false],
		['Imburse’s events beside a schedule', [event, node('n8n-nodes-base.scheduleTrigger')], false],
		['a schedule', [node('n8n-nodes-base.scheduleTrigger'), imburse('get')], false],
		['a form', [node('n8n-nodes-base.formTrigger')], false],
		['a webhook', [event, node('n8n-nodes-base.webhook')], false],
		['a button', [node('n8n-nodes-base.manualTrigger')], false],
	])('is started by %s: %#', (_, nodes, safe) => {
		expect(isSafeToActivate({ name: '', nodes, connections: {} })).toBe(safe);
	});
});

describe('the parameters of our nodes', () => {
	const create = {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: 'A',
		metadataInputMode: 'fields',
		options: {},
	};
	const problems = (parameters: Record<string, unknown>) =>
		nodeProblems({
			...node('n8n-nodes-imburse.imburse', { ...create, ...parameters }),
			typeVersion: 1,
		});

	it.each([
		['a field that is not there', { orderReference: 'A' }, 'orderReference is not known'],
		['an option that is not there', { options: { nope: 1 } }, 'options.nope is not known'],
		['an operation that is not there', { operation: 'pay' }, 'operation has no choice "pay"'],
		[
			'a choice that is not there',
			{ metadataInputMode: 'x' },
			'metadataInputMode has no choice "x"',
		],
		['a field without its value', { orderRef: '' }, 'Parameter "Order Reference" is required.'],
		[
			'a direction that is not there',
			{ instructions: { instruction: [{ direction: 'PAY' }] } },
			'instructions.instruction.direction has no choice "PAY"',
		],
	])('%s is found', (_, parameters, problem) => {
		expect(problems(parameters)).toContain(problem);
	});
});

function node(type: string, parameters: Record<string, unknown> = {}): WorkflowNode {
	return { name: type, type, parameters };
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

function targetsOf(outputs: unknown): string[] {
	const { node: target } = outputs as { node?: unknown };
	if (typeof target === 'string') return [target];
	return Object.values(outputs as object).flatMap((inside) => targetsOf(inside ?? []));
}
