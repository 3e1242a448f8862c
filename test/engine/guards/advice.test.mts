import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine, type RunSettings } from '../support/imburse.mts';
import { byId, createByColumns } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let imburse: ImburseOnEngine;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

const CREATE: INodeParameters = { resource: 'paymentOrder', operation: 'create', orderRef: 'A' };
const PAYMENT = {
	instructionRef: 'P-1',
	customerRef: 'C-1',
	direction: 'CREDIT',
	amount: '10.00',
	currency: 'EUR',
	country: 'DE',
};

const withJson = (instructionsJson: string): INodeParameters => ({
	...CREATE,
	instructionsInputMode: 'json',
	instructionsJson,
});

const COLUMNS = {
	orderRef: 'claim',
	instructionRef: 'claim',
	customerRef: 'customer',
	amount: 'amount',
};
const withColumns = (changed: INodeParameters = {}): INodeParameters =>
	createByColumns(COLUMNS, 'D0000000000000000000000000000002', changed);

const withTotals = (...totals: Array<[amount: string, currency: string]>): INodeParameters => ({
	...CREATE,
	options: { maxTotals: { total: totals.map(([amount, currency]) => ({ amount, currency })) } },
});

/** What a run of one item says, as a person reads it; nothing is sent. */
async function refusal(
	parameters: INodeParameters,
	item: IDataObject = {},
	settings: RunSettings = {},
): Promise<string> {
	const run = await imburse.run(parameters, { items: [item], ...settings });
	expect(imburse.sandbox.requests).toEqual([]);
	const { message = '', description = '' } = run.error ?? {};
	return `${message}. ${(description ?? '').replace(/^Nothing was sent\. /, '')}`;
}

describe('what a refused item says to do', () => {
	it.each<[string, () => INodeParameters, IDataObject, string]>([
		[
			'a hole whose field cannot be named',
			() => ({ ...CREATE, orderRef: "={{ ['CLM', $json.claim].join('-') }}" }),
			{},
			'Order Reference: there is no value: {{ $json.claim }} gives nothing, because this item has no field "claim". ',
		],
		[
			'a hole of a function',
			() => ({ ...CREATE, orderRef: "=CLM-{{ ($json.claim ?? '').trim() }}" }),
			{},
			"Order Reference: there is no value: {{ ($json.claim ?? '').trim() }} gives nothing for this item. Check the expression and the fields that it reads. Where it may be missing and the field may stay empty, let the whole field be {{ ($json.claim ?? '').trim() ?? '' }}.",
		],
		[
			'a tenant that an expression does not give',
			() => ({ ...CREATE, options: { tenantId: '={{ $json.tenant }}' } }),
			{ tenant: '' },
			"Tenant ID: there is no value, so it is not known which tenant is meant. Give every item a tenant, or remove the option where all are for the credential's tenant.",
		],
		[
			'an expression between quotes',
			() => withJson('=[{ "instructionRef": "{{ $json.a }}" }]'),
			{ a: '1' },
			'Instructions (JSON): {{ $json.a }} stands between quotes, where a quote in the data could change the payment. Write {{ JSON.stringify($json.a) }} in its place, without quotes around it. Or switch on Allow Expressions Between Quotes.',
		],
		[
			'JSON that an expression puts together',
			() => withJson('={{ \'[{ "amount": "\' + $json.a + \'" }]\' }}'),
			{ a: '1' },
			'Instructions (JSON): its expression puts JSON together as text, where a quote in the data could change the payment. Let the expression give a list, such as {{ [{ instructionRef: $json.claim }] }}, without JSON in quotes.',
		],
		[
			'a text that would be read as JSON',
			() => withJson('=[{ "amount": {{ $json.a }} }]'),
			{ a: '1' },
			'Instructions (JSON): the value of {{ $json.a }} is a text, and would be read as JSON. Write {{ JSON.stringify($json.a) }} in its place, without quotes around it.',
		],
		[
			'a limit of zero',
			() => withTotals(['0', 'EUR']),
			{},
			'Max Total per Currency > Amount: "0" is no total. Give more than zero. To refuse a currency, leave it out: with a total for another one it is not paid in.',
		],
		[
			'two limits for one currency',
			() => withTotals(['1', 'EUR'], ['2', 'EUR']),
			{},
			'Max Total per Currency: there are two for EUR. Keep one total for each currency.',
		],
		[
			'an expression in the name of a column',
			() => withColumns({ metadataColumns: '={{ $json.note }}' }),
			{ claim: '1', customer: 'C', amount: '1.00' },
			'Metadata Columns: it is an expression, and a form that names columns holds none. Write the name of a column, or a value that is the same for all rows. Where it takes an expression, choose Using Fields Below.',
		],
		[
			'two defaults for one customer',
			() => ({
				...CREATE,
				additionalFields: {
					customerDefaults: {
						customer: [
							{ customerRef: 'C-1', schemeId: byId('D0000000000000000000000000000002') },
							{ customerRef: 'C-1', schemeId: byId('D0000000000000000000000000000002') },
						],
					},
				},
			}),
			{},
			'Customer Defaults: there are two entries for customer "C-1". Join them into one.',
		],
		[
			'a limit that is none',
			() => ({ resource: 'scheme', operation: 'getAll', schemeType: 'payout', limit: 0 }),
			{},
			'Limit: 0 is not a whole number from 1 upwards. Enter how many results you want, or switch Return All on.',
		],
	])('%s', async (_, parameters, item, text) => {
		expect(await refusal(parameters(), item)).toContain(text);
	});

	it('a changing reference with Retry On Fail', async () => {
		const parameters = {
			...CREATE,
			orderRef: '={{ $now.toMillis() }}',
			options: { allowChangingReferences: true },
		};
		expect(await refusal(parameters, {}, { retryOnFail: true })).toBe(
			"Allow Changing References: Retry On Fail is on, so what was paid would be paid again under another reference. Switch off Retry On Fail in the node's settings.",
		);
	});

	it('the first of several items', async () => {
		const orderRef = "={{ $('Start').first().json.claim }}";
		const run = await imburse.run({ ...CREATE, orderRef }, { items: [{ claim: 1 }, { claim: 2 }] });
		expect(run.error?.description).toContain(
			`"$('Start')" has not one item, so the reference depends on which other rows there are. Read the item that belongs to this one: {{ $('Start').item.json.claim }}.`,
		);
	});

	it('a row that lacks a column', async () => {
		const items = [
			{ claim: '1', customer: 'C', amount: '1.00' },
			{ claim: '2', customer: 'C' },
		];
		const run = await imburse.run(withColumns(), { items });
		expect(run.error?.description).toContain(
			'Item 2: Amount (column "amount"): there is no value: this item has no column "amount". Every row needs the column, even where its cell is empty. Extract From File leaves empty cells of a sheet out unless its option Include Empty Cells is on.',
		);
	});

	it('metadata that differs from run to run', async () => {
		const metadata = { entry: [{ key: 'at', value: '={{ $now.toISO() }}' }] };
		const parameters = {
			...CREATE,
			metadata,
			instructions: {
				instruction: [{ ...PAYMENT, schemeId: byId(imburse.sandbox.options.schemeIds.payout) }],
			},
		};
		const run = await imburse.run(parameters, { items: [{}] });
		expect(run.hints.map(({ message }) => message).join()).toContain(
			'which may be different on another run. The same data then differs from what Imburse has. Map a value of the item in its place, for example {{ $json.date }}.',
		);
	});
});
