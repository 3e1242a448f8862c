import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Expression } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeProperties, INodeType } from 'n8n-workflow';
import { itemLookup } from '../../../nodes/Imburse/execution/expressions/expressionHoles.ts';
import {
	evaluateListed,
	listedFields,
} from '../../../nodes/Imburse/execution/prepare/listedParameters.ts';
import { readParameters } from '../../../nodes/Imburse/execution/prepare/parameters.ts';
import { isListable } from '../../../nodes/Imburse/n8n/expression/listable.ts';
import { codesIn } from '../../../nodes/Imburse/n8n/expression/template.ts';
import { createEngine } from '../harness/index.mts';
import {
	anyFieldTemplate,
	anyTemplate,
	ODD_EXPRESSIONS,
	ODD_ITEMS,
	ODD_TEMPLATES,
} from '../support/oddExpressions.mts';

const TEXT_FIELDS = ['first', 'second', 'third', 'fourth'].map((name) => textField(name));
const ROWS: INodeProperties = {
	...textField('rows'),
	type: 'fixedCollection',
	default: {},
	typeOptions: { multipleValues: true },
	options: [{ displayName: 'Row', name: 'row', values: [textField('key'), textField('value')] }],
};
const FIELDS = [...TEXT_FIELDS, ROWS];

function textField(name: string): INodeProperties {
	return { displayName: name, name, type: 'string', default: '' };
}

/** How a node reads its form: as the node does, or each expression by itself. */
type Way = 'list' | 'oneByOne';

/** What each item gives, and how many values came from lists. */
interface Reading {
	items: unknown[];
	listed: number;
}

/** A node that reads its form for each item. */
function readingNode(way: Way, onReading: (reading: Reading) => void): INodeType {
	return {
		description: {
			displayName: 'Form',
			name: 'form',
			group: ['transform'],
			version: 1,
			description: 'Reads its form',
			defaults: { name: 'Form' },
			inputs: ['main'],
			outputs: ['main'],
			properties: FIELDS,
		},
		async execute(this: IExecuteFunctions) {
			onReading(readAll(this, way));
			return [[]];
		},
	};
}

function readAll(context: IExecuteFunctions, way: Way): Reading {
	const listed = listedFields(context, FIELDS, {});
	const readings = [...context.getInputData().keys()].map((index) => {
		const values = way === 'list' ? evaluateListed(context, listed, index) : new Map();
		const lookup = itemLookup(context, index, values);
		return {
			form: resultOf(() => readParameters(context, FIELDS, index, { fixed: {}, listed, values })),
			codes: listed.codes.map((code) => [code, resultOf(() => lookup.evaluate(code))]),
			listed: values.size,
		};
	});
	return {
		items: readings.map(({ form, codes }) => ({ form, codes })),
		listed: readings.reduce((sum, one) => sum + one.listed, 0),
	};
}

function resultOf(read: () => unknown): unknown {
	try {
		return { gives: read() };
	} catch (error) {
		return { fails: error instanceof Error ? `${error.name}: ${error.message}` : error };
	}
}

async function readForm(way: Way, texts: string[], items: IDataObject[]): Promise<Reading> {
	const readings: Reading[] = [];
	const engine = createEngine({
		nodeTypes: { 'test.form': readingNode(way, (reading) => readings.push(reading)) },
	});
	const [first = '', second = '', third = '', fourth = '', ...others] = texts;
	const row = others.map((value) => ({ key: '={{ $json.ref }}', value }));
	const run = await engine.run({
		items,
		node: { type: 'test.form', parameters: { first, second, third, fourth, rows: { row } } },
	});
	expect(run.error).toBeUndefined();
	expect(readings).toHaveLength(1);
	return readings[0]!;
}

/** @returns what differs between the two ways */
async function differences(texts: string[], items = ODD_ITEMS): Promise<string[]> {
	const list = await readForm('list', texts, items);
	const single = await readForm('oneByOne', texts, items);
	return list.items.flatMap((given, index) =>
		isDeepStrictEqual(given, single.items[index])
			? []
			: [`${show(texts)}, item ${index}: ${show(given)} for ${show(single.items[index])}`],
	);
}

function show(value: unknown): string {
	return JSON.stringify(value, (_key, part: unknown) => (part === undefined ? 'undefined' : part));
}

const COMPANIONS = ['={{ $json.ref }}', '=No. {{ $json.count }}, {{ $json.amount }}'];
/** The other engine takes ten times as long: it tries only what is listed. */
const FORMS = { legacy: 60, quickjs: 5 };
const ITEMS = {
	legacy: ODD_ITEMS.filter((_, index) => index % 2 === 0),
	quickjs: [ODD_ITEMS[0]!, ODD_ITEMS[3]!, ODD_ITEMS[10]!],
};
const isTried = {
	legacy: () => true,
	quickjs: (text: string) => codesIn(text).every(isListable),
};

describe.each(['legacy', 'quickjs'] as const)('a list of expressions, engine %s', (engine) => {
	beforeAll(async () => {
		Expression.setExpressionEngine(engine);
		await Expression.initExpressionEngine({
			engine,
			bridgeTimeout: 5_000,
			bridgeMemoryLimit: 128,
			maxCodeCacheSize: 10_000,
		} as never);
	});
	afterAll(async () => {
		await Expression.disposeExpressionEngine();
		Expression.setExpressionEngine('legacy');
	});

	it('gives what each gives alone, of all that is odd', async () => {
		const found: string[] = [];
		for (const odd of [...ODD_EXPRESSIONS, ...ODD_TEMPLATES].filter(isTried[engine])) {
			found.push(...(await differences([odd, ...COMPANIONS, odd], ITEMS[engine])));
		}
		expect(found).toEqual([]);
	});

	it('serves ordinary forms', async () => {
		const items = [{ ref: 'CLAIM-1', amount: '210.10', count: 3, nested: { a: { b: 'deep' } } }];
		const texts = ['={{ $json.nested.a.b.trim() }}', "={{ $('Start').item.json.ref }}"];
		const { listed } = await readForm('list', [...texts, ...COMPANIONS], items);
		expect(listed).toBe(5);
	});

	it('gives what each gives alone, whatever is written', async () => {
		const forms = fc.array(anyTemplate, { minLength: 1, maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(forms, async (texts) => {
				expect(await differences([...COMPANIONS, ...texts])).toEqual([]);
			}),
			{ numRuns: FORMS[engine], seed: 20261128 },
		);
	});

	it('gives what n8n gives for fields that it reads itself, whatever is in them', async () => {
		const forms = fc.array(anyFieldTemplate, { minLength: 2, maxLength: 5 });
		const items = fc.shuffledSubarray(ODD_ITEMS, { minLength: 5, maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(forms, items, async (texts, some) => {
				expect(await differences(texts, some)).toEqual([]);
			}),
			{ numRuns: FORMS[engine], seed: 20261128 },
		);
	});
});
