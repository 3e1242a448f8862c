import { describe, expect, it } from '@jest/globals';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	evaluateListed,
	listedFields,
	listedParameter,
} from '../../../../nodes/Imburse/execution/prepare/listedParameters.ts';

/** A form, and what n8n gives for the list of its expressions. */
function form(written: IDataObject, gives: unknown = undefined, items: IDataObject[] = [{}]) {
	const evaluated: string[] = [];
	const context = {
		getNodeParameter: (name: string) => written[name],
		evaluateExpression: (template: string, item: number) => {
			evaluated.push(`${template} ${item}`);
			if (gives instanceof Error) throw gives;
			return typeof gives === 'function' ? (gives as (item: number) => unknown)(item) : gives;
		},
		getInputData: () => items.map((json) => ({ json })),
	} as unknown as IExecuteFunctions;
	const fields = Object.keys(written).map((name) => ({
		name,
		type: name === 'locator' ? 'resourceLocator' : 'string',
	})) as INodeProperties[];
	return { context, evaluated, listed: listedFields(context, fields, {}) };
}

const PAYMENT = {
	amount: '={{ $json.amount }}',
	rows: { row: [{ key: 'claim', value: '=No. {{ $json.claim }}/{{ $json.amount }}', on: true }] },
};

describe('fields that are read at once', () => {
	it('are filled with what the list of their expressions gives, each once', () => {
		const { context, evaluated, listed } = form(PAYMENT, ['5.00', 17]);
		const values = evaluateListed(context, listed, 3);
		expect(evaluated).toEqual(['{{ [($json.amount), ($json.claim)] }} 3']);
		expect(listedParameter(listed, values, 'amount')).toEqual({ value: '5.00' });
		expect(listedParameter(listed, values, 'rows')).toEqual({
			value: { row: [{ key: 'claim', value: 'No. 17/5.00', on: true }] },
		});
	});

	it.each([
		[null, ''],
		[undefined, ''],
		[NaN, ''],
		['', ''],
		[0, '0'],
		[-0, '0'],
		[false, 'false'],
		[1e21, '1e+21'],
	])('hold %p in a text as n8n writes it', (value, text) => {
		const { context, listed } = form(PAYMENT, ['5.00', value]);
		const values = evaluateListed(context, listed, 0);
		expect(listedParameter(listed, values, 'rows')).toMatchObject({
			value: { row: [{ value: `No. ${text}/5.00` }] },
		});
	});

	it.each([
		['an error', new Error('no')],
		['no list', undefined],
		['a text', 'ab'],
		['too few values', ['5.00']],
		['too many values', ['5.00', 17, 1]],
	])('are read by themselves for %s', (_, gives) => {
		const { context, listed } = form(PAYMENT, gives);
		const values = evaluateListed(context, listed, 0);
		expect(listedParameter(listed, values, 'amount')).toBeUndefined();
	});

	it.each([
		['a date', new Date(0)],
		['a list', [1]],
		['an object', {}],
		['a function', () => 1],
		['a large whole number', 1n],
	])('leave out one that gives %s', (_, value) => {
		const { context, listed } = form(PAYMENT, ['5.00', value]);
		const values = evaluateListed(context, listed, 0);
		expect(listedParameter(listed, values, 'amount')).toEqual({ value: '5.00' });
		expect(listedParameter(listed, values, 'rows')).toBeUndefined();
	});
});

describe('expressions that read fields of the item', () => {
	const items = [1, 2, 3, 4, 5].map((number) => ({ amount: `${number}.00`, claim: number }));
	const asWritten = (item: number) => [items[item]?.amount, items[item]?.claim];

	it('are evaluated for the first and the last item, and read for the others', () => {
		const { context, evaluated, listed } = form(PAYMENT, asWritten, items);
		const values = items.map((_, item) => evaluateListed(context, listed, item));
		expect(values[2]).toEqual(
			new Map<string, unknown>([
				['$json.amount', '3.00'],
				['$json.claim', 3],
			]),
		);
		expect(evaluated).toHaveLength(2);
	});

	it.each([
		['the first', 0],
		['the last', 4],
	])('are all evaluated where n8n gives something else for %s', (_, odd) => {
		const gives = (item: number) => (item === odd ? ['0.00', 1] : asWritten(item));
		const { context, evaluated, listed } = form(PAYMENT, gives, items);
		evaluated.splice(0);
		for (const item of items.keys()) evaluateListed(context, listed, item);
		expect(evaluated).toHaveLength(5);
	});

	it.each([
		['is not there', undefined],
		['has parts', { value: 1 }],
	])('are evaluated for an item in which one %s', (_, claim) => {
		const holed = items.map((json, item) => (item === 2 ? { ...json, claim } : json));
		const { context, evaluated, listed } = form(PAYMENT, asWritten, holed);
		evaluated.splice(0);
		for (const item of items.keys()) evaluateListed(context, listed, item);
		expect(evaluated).toEqual(['{{ [($json.amount), ($json.claim)] }} 2']);
	});

	it.each(['={{ $json.a.trim() }}', "={{ $('A').item.json.b }}", '={{ 1 }}'])(
		'are all evaluated beside another: %j',
		(claim) => {
			const { context, evaluated, listed } = form({ ...PAYMENT, claim }, asWritten, items);
			for (const item of items.keys()) evaluateListed(context, listed, item);
			expect(evaluated).toHaveLength(5);
		},
	);
});

describe('fields that are not', () => {
	it.each([
		'={{ $now }}',
		'={{ $json.claim',
		'=C:\\D {{ $json.claim }}',
		'={{ $json.claim }}-{{ $now.year }}',
		'={{ 1), (2 }}',
	])('hold %j', (claim) => {
		const { listed } = form({ ...PAYMENT, claim });
		expect([...listed.fields.keys()]).toEqual(['amount', 'rows']);
	});

	it('are resource locators', () => {
		const { listed } = form({ ...PAYMENT, locator: { mode: 'id', value: '={{ $json.id }}' } });
		expect([...listed.fields.keys()]).toEqual(['amount', 'rows']);
	});

	it.each(['={{ $json.amount = 1 }}', '=\\\\{{ $json.list.pop() }}', '=\\{{ $json.claim }}'])(
		'are all, where one may change what the others read: %j',
		(claim) => {
			expect(form({ ...PAYMENT, claim }).listed.codes).toEqual([]);
		},
	);

	it('are all, where there is one expression', () => {
		const { context, evaluated, listed } = form({ amount: '={{ $json.amount }}' }, ['5.00']);
		expect(evaluateListed(context, listed, 0).size).toBe(0);
		expect(evaluated).toEqual([]);
	});
});
